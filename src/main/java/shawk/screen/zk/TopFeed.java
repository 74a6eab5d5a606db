package shawk.screen.zk;

import org.jspecify.annotations.Nullable;
import shawk.screen.SelfCost;

/**
 * Where the screen gets its snapshots from. Packets are taken and counted on another thread; every method here returns
 * at once.
 */
public interface TopFeed {
    /** The newest one; {@link TopSnapshot#EMPTY} before the first. */
    TopSnapshot latest();

    /** From now on {@code wake} is run whenever there is something new, on any thread. */
    void onNews(Runnable wake);

    /** Snapshots are made this often from now on. */
    void intervalMillis(long millis);

    /**
     * What snapshots hold from now on; the next one comes at once.
     *
     * @param depth components that paths are cut to; 0 = whole
     * @param all whether all groups are there and not only {@code group}
     */
    void shape(TopGroup group, int depth, boolean all);

    /** What is wrong with a filter; null = nothing. */
    @Nullable
    Refusal refusal(String filter);

    /**
     * Why a text is no filter.
     *
     * @param line what is wrong
     * @param at index into the text
     */
    record Refusal(String line, int at) {}

    /** Counts begin anew, of messages that this filter lets through; empty = of all. */
    void restart(String filter);

    /** Why nothing new comes: one harmless line. Empty while all is well. */
    String failure();

    /** What this program takes. */
    SelfCost self();
}
