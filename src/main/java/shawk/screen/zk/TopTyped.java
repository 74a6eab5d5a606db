package shawk.screen.zk;

import org.jspecify.annotations.Nullable;
import shawk.expr.Durations;
import shawk.expr.ExprException;

/** What somebody may type: a filter, or an interval. Stateless. */
final class TopTyped {
    private static final long MIN_INTERVAL = 100;
    private static final long MAX_INTERVAL = 3_600_000;

    private TopTyped() {}

    /** What is wrong with a line; null = nothing. */
    static TopFeed.@Nullable Refusal wrong(TopFeed feed, TopState state, String text) {
        if (state.asked == TopState.Asked.FILTER) {
            return text.isBlank() ? null : feed.refusal(text);
        }
        long millis = millis(text);
        return millis == bounded(millis)
                ? null
                : new TopFeed.Refusal("a time from 100ms to 1h, such as 500ms, 2s, 1m", -1);
    }

    /** Of an interval; -1 = it is none. */
    static long millis(String text) {
        try {
            return Durations.parse(text.strip()).toMillis();
        } catch (ExprException e) {
            return -1;
        }
    }

    static long bounded(long millis) {
        return Math.max(MIN_INTERVAL, Math.min(MAX_INTERVAL, millis));
    }
}
