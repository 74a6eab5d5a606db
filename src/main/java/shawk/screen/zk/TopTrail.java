package shawk.screen.zk;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The filters inside each other, and how the screen looked where the next one began. Used by one thread. */
public final class TopTrail {
    /** Levels: with those of all four views there is nothing left to narrow. */
    public static final int MOST = 5;

    private final List<Step> steps = new ArrayList<>();
    private long ids;

    /**
     * One level.
     *
     * @param typed whether somebody typed the filter, and did not open a row
     * @param before how the screen looked when it began; null of the outermost one
     */
    private record Step(
            TopLevel level, boolean typed, @Nullable Look before) {}

    /**
     * How a screen looked.
     *
     * @param cursor name of the row; null = the first one
     */
    record Look(
            TopSnapshot snapshot,
            TopGroup group,
            int depth,
            @Nullable String cursor,
            int cursorRow,
            int scroll) {}

    /** The outermost one alone. */
    TopTrail(String filter) {
        steps.add(new Step(new TopLevel(0, filter), true, null));
    }

    List<TopLevel> levels() {
        return steps.stream().map(Step::level).toList();
    }

    TopLevel last() {
        return lastStep().level();
    }

    private Step lastStep() {
        return steps.get(steps.size() - 1);
    }

    String filter() {
        return last().filter();
    }

    /** Whether there is a filter to go back from. */
    boolean isNarrowed() {
        return steps.size() > 1;
    }

    /** Whether there is room for another one. */
    boolean hasRoom(boolean typed) {
        return steps.size() < MOST || typed && lastStep().typed();
    }

    /** Whether the filter is what somebody typed, and may be anything. */
    boolean isTyped() {
        return lastStep().typed() && !filter().isEmpty();
    }

    /** The innermost filter but not this one that is the same; -1 = none. */
    int find(String filter) {
        for (int i = steps.size() - 2; i >= 0; i--) {
            if (steps.get(i).level().filter().equals(filter)) {
                return i;
            }
        }
        return -1;
    }

    /** How many are outside of the last one. */
    int depth() {
        return steps.size() - 1;
    }

    /** Another one inside; a typed one takes the place of a typed one. */
    void narrow(String filter, boolean typed, Look before) {
        Look look = before;
        if (typed && isNarrowed() && lastStep().typed()) {
            Look outer = lastStep().before();
            look = outer == null ? before : outer;
            steps.remove(steps.size() - 1);
        }
        steps.add(new Step(new TopLevel(++ids, filter), typed, look));
    }

    /** Without the last one: how the screen looked before it; null where it is the only one. */
    @Nullable
    Look widen() {
        return isNarrowed() ? steps.remove(steps.size() - 1).before() : null;
    }

    /** The last one's counts begin anew. */
    void again() {
        Step last = steps.remove(steps.size() - 1);
        steps.add(new Step(new TopLevel(++ids, last.level().filter()), last.typed(), last.before()));
    }
}
