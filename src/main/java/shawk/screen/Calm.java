package shawk.screen;

import org.jspecify.annotations.Nullable;

/**
 * What keeps the rows still, and what they are compared with. Immutable.
 *
 * @param frozen whether rows keep their order while their values go on
 * @param watch the row that the cursor follows; null = none
 * @param comparison the moment that was marked; null = none
 */
record Calm(boolean frozen, @Nullable Watch watch, @Nullable Comparison comparison) {
    static final Calm NONE = new Calm(false, null, null);

    Calm withFrozen(boolean changed) {
        return new Calm(changed, watch, comparison);
    }

    Calm withWatch(@Nullable Watch changed) {
        return new Calm(frozen, changed, comparison);
    }

    Calm withComparison(@Nullable Comparison changed) {
        return new Calm(frozen, watch, changed);
    }

    /** Whether only what changed since the mark is shown. */
    boolean comparing() {
        return comparison != null && comparison.shown();
    }
}
