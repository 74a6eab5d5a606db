package shawk.cli;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import shawk.expr.Durations;
import shawk.expr.ExprException;

/**
 * What {@code shawk probe} was asked for, by its options and, where they say nothing, by the environment.
 *
 * @param view source, interval, namespaces and filter
 * @param flushNanos between two flushes; not below the interval
 * @param once whether one sample, or one interval of events, is all that is wanted
 */
record ProbeSettings(ViewSettings view, long flushNanos, boolean once) {
    private static final Duration FLUSH = Duration.ofSeconds(10);
    private static final String POLLING = "polling";
    private static final String STREAMING = "streaming";
    private static final String NETLINK = "netlink";
    private static final String EBPF = "ebpf";

    /** {@code notices} are told what has been decided between two that differ. */
    static ProbeSettings parse(Arguments typed, Environment environment, Consumer<String> notices) throws Failure {
        Map<Opt, List<String>> values = new EnumMap<>(Opt.class);
        values.putAll(typed.values());
        if (!typed.has(Opt.INTERVAL)) {
            String interval = environment.value(Environment.PROBE_INTERVAL);
            if (interval != null) {
                parseDuration(Environment.PROBE_INTERVAL, interval);
                values.put(Opt.INTERVAL, List.of(interval));
            }
        }
        String mode = parseMode(environment);
        if (!typed.has(Opt.PROBE_SOURCE)) {
            values.put(Opt.PROBE_SOURCE, List.of(mode.equals(STREAMING) ? EBPF : NETLINK));
        }
        Arguments together = new Arguments(typed.command(), values, typed.operands());
        ViewSettings view = new SettingsParser(together).parseProbe();
        long flush = parseFlush(environment, notices);
        if (view.intervalNanos() > flush) {
            throw Failure.usage("a sample every " + text(view.intervalNanos()) + " and a flush every " + text(flush)
                    + " do not go together; set " + Environment.PROBE_FLUSH_INTERVAL + " to "
                    + text(view.intervalNanos()) + " or more, or take a shorter -i");
        }
        boolean once = typed.has(Opt.ONCE);
        return new ProbeSettings(once && !view.source().equals(EBPF) ? view.forOneSample() : view, flush, once);
    }

    /** What lies between two flushes. */
    static long parseFlush(Environment environment, Consumer<String> notices) throws Failure {
        String first = environment.value(Environment.PROBE_FLUSH_INTERVAL);
        String second = environment.value(Environment.FLUSH_INTERVAL);
        if (first != null && second != null && !first.equals(second)) {
            notices.accept(Environment.PROBE_FLUSH_INTERVAL + "=" + Failure.plain(first) + " wins over "
                    + Environment.FLUSH_INTERVAL + "=" + Failure.plain(second));
        }
        String name = first == null ? Environment.FLUSH_INTERVAL : Environment.PROBE_FLUSH_INTERVAL;
        String typed = first == null ? second : first;
        return typed == null ? FLUSH.toNanos() : parseDuration(name, typed);
    }

    private static long parseDuration(String name, String typed) throws Failure {
        Duration duration = durationOrNull(typed);
        if (duration == null
                || duration.compareTo(Durations.INTERVAL_LEAST) < 0
                || duration.compareTo(Durations.INTERVAL_MOST) > 0) {
            throw Failure.usage(name + "=" + Failure.quote(typed)
                    + ": expected a duration from 50ms to 24h; set it to 10s, or unset it");
        }
        return duration.toNanos();
    }

    private static @Nullable Duration durationOrNull(String typed) {
        try {
            return Durations.parse(typed);
        } catch (ExprException e) {
            return null;
        }
    }

    private static String parseMode(Environment environment) throws Failure {
        String mode = environment.value(Environment.PROBE_MODE);
        if (mode == null) {
            return POLLING;
        }
        if (!mode.equals(POLLING) && !mode.equals(STREAMING)) {
            throw Failure.usage(Environment.PROBE_MODE + "=" + Failure.quote(mode) + "; "
                    + Choices.hint(mode, List.of(POLLING, STREAMING)));
        }
        return mode;
    }

    /** Whether programs in the kernel tell of single connections. */
    boolean streaming() {
        return view.source().equals(EBPF);
    }

    /** E.g. {@code 1s}. */
    static String text(long nanos) {
        long millis = nanos / 1_000_000;
        if (millis % 60_000 == 0) {
            return millis / 60_000 + "m";
        }
        return millis % 1_000 == 0 ? millis / 1_000 + "s" : millis + "ms";
    }
}
