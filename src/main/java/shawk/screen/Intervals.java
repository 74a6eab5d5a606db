package shawk.screen;

import shawk.expr.Durations;
import shawk.expr.ExprException;

/** Times between samples: the steps that keys go through, and what may be typed. */
final class Intervals {
    static final long SHORTEST_MILLIS = Durations.INTERVAL_LEAST.toMillis();
    static final long LONGEST_MILLIS = Durations.INTERVAL_MOST.toMillis();

    private static final long[] STEPS = {50, 100, 250, 500, 1_000, 2_000, 5_000, 10_000, 30_000, 60_000};

    private Intervals() {}

    static long longer(long millis) {
        for (long step : STEPS) {
            if (step > millis) {
                return step;
            }
        }
        return millis;
    }

    static long shorter(long millis) {
        for (int i = STEPS.length - 1; i >= 0; i--) {
            if (STEPS[i] < millis) {
                return STEPS[i];
            }
        }
        return millis;
    }

    /** Milliseconds of {@code 500ms}, {@code 1.5s}, {@code 2m}, {@code 2} (seconds); -1 where it is no interval. */
    static long parse(String text) {
        String typed = text.strip();
        boolean bare = !typed.isEmpty() && Character.isDigit(typed.charAt(typed.length() - 1));
        try {
            long millis = Durations.parse(bare ? typed + "s" : typed).toMillis();
            return millis < SHORTEST_MILLIS || millis > LONGEST_MILLIS ? -1 : millis;
        } catch (ExprException e) {
            return -1;
        }
    }

    /** As the status line says it: {@code 0.5s}, {@code 1.0s}, {@code 30s}, {@code 2m}. */
    static String text(long millis) {
        if (millis % 60_000 == 0) {
            return millis / 60_000 + "m";
        }
        long tenths = Math.round(millis / 100.0);
        if (millis < 100 || millis < 1_000 && millis % 100 != 0) {
            return millis + "ms";
        }
        return millis < 10_000 ? tenths / 10 + "." + tenths % 10 + "s" : millis / 1_000 + "s";
    }
}
