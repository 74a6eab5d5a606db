package shawk.screen.zk;

import java.util.List;
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

    /** Paths are cut to so many names from now on, 0 = whole; the snapshot that has them comes at once. */
    void depth(int depth);

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

    /**
     * From now on snapshots are those of the last one of these, the snapshot comes at once. What was counted of a level
     * stays as long as the level is among them, and goes on; counts of one that was not there begin.
     *
     * @param levels 1 to {@link TopTrail#MOST}, outermost first
     */
    void levels(List<TopLevel> levels);

    /** Why no counts can begin: one harmless line. Empty where they can. */
    String fixed();

    /** What went wrong, so that nothing new comes: one harmless line. Empty while all is well. */
    String failure();

    /** What this program takes. */
    SelfCost self();
}
