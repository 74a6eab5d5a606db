package shawk.cli;

import java.time.Duration;
import java.util.Locale;
import shawk.expr.Durations;
import shawk.expr.ExprException;
import shawk.screen.zk.TopColumn;
import shawk.screen.zk.TopGroup;

/** Options of {@code shawk zk top} to settings; what makes no sense is wrong usage. Pure. */
final class ZkTopParser {
    private static final Duration LEAST = Duration.ofMillis(100);
    private static final Duration MOST = Duration.ofHours(1);
    private static final int MOST_DEPTH = 32;

    private final Arguments arguments;
    private final SettingsParser parser;

    ZkTopParser(Arguments arguments) {
        this.arguments = arguments;
        this.parser = new SettingsParser(arguments);
    }

    ZkTopSettings parse() throws Failure {
        TopGroup group =
                TopGroup.valueOf(parser.parseChoice(Opt.ZK_TOP_GROUP_BY).toUpperCase(Locale.ROOT));
        long depth = parser.parseNumber(Opt.ZK_AGGREGATION_DEPTH, 0);
        if (depth > MOST_DEPTH) {
            throw Failure.usage("--aggregation-depth " + depth + ": paths are cut to " + MOST_DEPTH
                    + " names at most; leave it away for whole ones");
        }
        if ("-".equals(arguments.value(Opt.ZK_OFFLINE))) {
            throw Failure.usage("--offline -: keys come by standard input here; name a file, or a pipe as bash"
                    + " makes one: --offline <(zcat FILE)");
        }
        String text = arguments.value(Opt.ZK_FILTER);
        return new ZkTopSettings(
                new CaptureParser(arguments).parse(Opt.ZK_ZOOKEEPER_PORT),
                ZkOutputParser.parseFilter(arguments),
                text == null ? "" : text.strip(),
                group,
                (int) depth,
                parseColumn(),
                parseInterval(),
                arguments.has(Opt.ZK_TOP_INTERVAL));
    }

    /** Of a file a rate is the mean of all of its time: it says no more than the count. */
    private TopColumn parseColumn() throws Failure {
        return arguments.has(Opt.ZK_OFFLINE) && !arguments.has(Opt.ZK_TOP_SORT_BY)
                ? TopColumn.COUNT
                : TopColumn.valueOf(parser.parseChoice(Opt.ZK_TOP_SORT_BY).toUpperCase(Locale.ROOT));
    }

    private long parseInterval() throws Failure {
        String typed = arguments.valueOrFallback(Opt.ZK_TOP_INTERVAL);
        try {
            Duration interval = Durations.parse(typed);
            if (interval.compareTo(LEAST) >= 0 && interval.compareTo(MOST) <= 0) {
                return interval.toMillis();
            }
        } catch (ExprException e) {
            throw Failure.usage("--interval: " + e.getMessage());
        }
        throw Failure.usage("--interval " + Failure.quote(typed) + ": expected 100ms to 1h; type --interval 1s");
    }
}
