package shawk.screen;

import shawk.model.AddressNames;
import shawk.model.Snapshot;

/**
 * Where a view gets its snapshots from. Implementations take and publish samples on a thread of their own; every method
 * here returns at once, and may be called from any thread.
 */
public interface SampleFeed {
    /** The newest snapshot; {@link Snapshot#EMPTY} before the first. */
    Snapshot latest();

    /** From now on {@code wake} is run whenever there is something new. It is short, and never throws. */
    void onNews(Runnable wake);

    /** Samples are taken this often from now on. */
    void intervalMillis(long millis);

    /** Why there is no newer snapshot: one harmless line. Empty while all is well. */
    String failure();

    /** One harmless line that is news since this was last asked, such as what was stored; empty = none. */
    default String said() {
        return "";
    }

    /** The past, as far as it can be gone to. */
    default Timeline timeline() {
        return Timeline.NONE;
    }

    /** Names of remote hosts; what is not known yet comes as news. */
    default AddressNames names() {
        return AddressNames.NONE;
    }

    /**
     * Whether what runs in the kernel for this program is measured, which has a cost; most feeds have nothing there.
     */
    default void statistics(boolean on) {}

    /** What this program takes. */
    SelfCost self();
}
