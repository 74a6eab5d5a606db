package shawk.screen;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The way down into a group, outermost step first. Immutable.
 *
 * @param steps empty = nobody drilled down
 */
record Trail(List<Step> steps) {
    /** Deeper than any chain of groups; at the bound nothing opens. */
    static final int MAX_STEPS = 64;

    static final Trail NONE = new Trail(List.of());

    Trail {
        steps = List.copyOf(steps);
    }

    /**
     * One step.
     *
     * @param label name of the row that was opened
     * @param view where it was
     * @param tables what all views looked like there
     */
    record Step(String label, View view, Map<View, TableState> tables) {
        Step {
            tables = Map.copyOf(tables);
        }
    }

    boolean isEmpty() {
        return steps.isEmpty();
    }

    Step last() {
        return steps.get(steps.size() - 1);
    }

    Trail with(Step step) {
        List<Step> longer = new ArrayList<>(steps);
        longer.add(step);
        return new Trail(longer);
    }

    Trail withoutLast() {
        return new Trail(steps.subList(0, steps.size() - 1));
    }

    /** {@code nginx (4656) > 10.0.0.11}. */
    String text(String separator) {
        return String.join(
                " " + separator + " ", steps.stream().map(Step::label).toList());
    }
}
