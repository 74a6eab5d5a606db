package shawk.view.http;

import shawk.zk.stats.StatsSnapshot;

/** Where the server takes what it tells. Thread-safe; no call waits. */
public interface StatsFeed {
    /** The latest counts. */
    StatsSnapshot latest();

    /** Whether they are still being counted. */
    boolean isAlive();

    /** An answer was not given for a fault of this program; the server goes on. */
    void failed(Throwable fault);
}
