package shawk.screen.zk;

import org.jspecify.annotations.Nullable;
import shawk.screen.LineEdit;

/** How the screen looks, apart from what it shows. Changed by keys alone; used by the thread that draws. */
final class TopState {
    /** What a typed line is. */
    enum Asked {
        FILTER,
        INTERVAL
    }

    static final int MAX_DEPTH = 32;

    int columns = 80;
    int rows = 24;
    TopGroup group;
    /** Components that paths are cut to; 0 = whole. */
    int depth;
    /** Column that the rows are sorted by; null = their names. */
    @Nullable
    TopColumn sort;
    /** Whether smallest first; of names whether from Z to A. */
    boolean reversed;
    /** The filters that are in force. */
    final TopTrail trail;
    /** What is shown instead of what comes; null = what comes is shown. */
    @Nullable
    TopSnapshot paused;
    /** Whether rows keep their places. */
    boolean frozen;
    /** Whether errors and times are those of the last interval. */
    boolean recent;
    /** Whether rates are in bits. */
    boolean bits;

    long intervalMillis;
    /** The row that the cursor is on, by its name; null = whichever is first. */
    @Nullable
    String cursor;
    /** Where that was last seen. */
    int cursorRow;
    /** First row that is seen. */
    int scroll;
    /** The line that is being typed; null = none. */
    @Nullable
    LineEdit typing;

    Asked asked = Asked.FILTER;
    /** What is wrong with that line; null = nothing. */
    TopFeed.@Nullable Refusal wrong;
    /** First line of the help that is seen; -1 = no help. */
    int help = -1;
    /** What is said of the last key; empty = nothing. */
    String message = "";

    TopState(TopGroup group, int depth, @Nullable TopColumn sort, String filter, long intervalMillis) {
        this.group = group;
        this.depth = depth;
        this.sort = sort;
        this.trail = new TopTrail(filter);
        this.intervalMillis = intervalMillis;
    }

    /** Whether errors and times are those of the last interval: where nothing more comes there is none. */
    boolean showsRecent(TopSnapshot shown) {
        return recent && shown.phase() == TopPhase.COUNTING;
    }

    /** The line of the columns' heads: below status, tabs, and the filter where there is one. */
    int heads() {
        return trail.filter().isEmpty() ? 2 : 3;
    }

    /** Lines for rows, at least 1: between the heads and the last line. */
    int page() {
        return Math.max(1, rows - heads() - 2);
    }
}
