package shawk.view.http;

import shawk.zk.stats.StatsSnapshot;

/** Where the server takes what it tells. Thread-safe; neither call waits. */
public interface StatsFeed {
    /** The latest counts. */
    StatsSnapshot latest();

    /** Whether they are still being counted. */
    boolean isAlive();
}
