package shawk.cli;

import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import shawk.view.zk.Output;
import shawk.view.zk.TableSpec;
import shawk.zk.tally.Grouping;

/** Options of {@code shawk zk dump} to settings; what makes no sense is wrong usage. Pure. */
final class ZkDumpParser {
    private static final List<Opt> OF_MESSAGES =
            List.of(Opt.ZK_UNPAIRED, Opt.ZK_COLORS, Opt.ZK_BODY_BYTES, Opt.ZK_DUMP_BAD_PACKET, Opt.ZK_COUNT);
    private static final List<Opt> OF_TABLES =
            List.of(Opt.ZK_GROUP_BY, Opt.ZK_SORT_BY, Opt.ZK_AGGREGATION_DEPTH, Opt.ZK_SECONDS);

    private final Arguments arguments;
    private final SettingsParser parser;
    private final ZkOutputParser outputs;

    /** {@code variables} of the environment say whether a terminal shows more than ASCII. */
    ZkDumpParser(Arguments arguments, Map<String, String> variables, ZoneId zone) {
        this.arguments = arguments;
        this.parser = new SettingsParser(arguments);
        this.outputs = new ZkOutputParser(arguments, variables, zone);
    }

    ZkDumpSettings parse() throws Failure {
        CaptureSettings capture = new CaptureParser(arguments).parse(Opt.ZK_ZOOKEEPER_PORT);
        Output.Format format = outputs.parseFormat();
        TableSpec table = parseTable(format);
        if (table == null) {
            checkMessages(format);
        }
        return new ZkDumpSettings(
                capture,
                outputs.parse(capture, arguments.has(Opt.ZK_UNPAIRED)),
                ZkOutputParser.parseFilter(arguments),
                outputs.parseCount(),
                table);
    }

    private void checkMessages(Output.Format format) throws Failure {
        for (Opt option : OF_TABLES) {
            if (arguments.has(option)) {
                throw Failure.usage(option.longName() + " is for tables; add --count-requests 1000 or --measure-latency"
                        + " 1000, or leave it away");
            }
        }
        boolean text = format == Output.Format.TEXT;
        // Records are always in the order in which they were sent: --unpaired asks for what they are.
        if (!text && arguments.has(Opt.ZK_COLORS)) {
            throw Failure.usage("--colors is for text; leave it away, or --format");
        }
        if (text && arguments.has(Opt.ZK_BODY_BYTES)) {
            throw Failure.usage("--body-bytes is for JSON and CSV: text has no bodies; add --format json");
        }
    }

    private @Nullable TableSpec parseTable(Output.Format format) throws Failure {
        boolean counts = arguments.has(Opt.ZK_COUNT_REQUESTS) && parser.parseNumber(Opt.ZK_COUNT_REQUESTS, 0) > 0;
        boolean latencies = arguments.has(Opt.ZK_MEASURE_LATENCY) && parser.parseNumber(Opt.ZK_MEASURE_LATENCY, 0) > 0;
        if (counts && latencies) {
            throw Failure.usage("--count-requests and --measure-latency exclude each other; leave one of them away");
        }
        if (!counts && !latencies) {
            return null;
        }
        for (Opt option : OF_MESSAGES) {
            if (arguments.has(option)) {
                throw Failure.usage(option.longName() + " is for messages; leave it away, or "
                        + (counts ? Opt.ZK_COUNT_REQUESTS : Opt.ZK_MEASURE_LATENCY).longName());
            }
        }
        Opt amount = counts ? Opt.ZK_COUNT_REQUESTS : Opt.ZK_MEASURE_LATENCY;
        int depth = (int) Math.min(1_000, parser.parseNumber(Opt.ZK_AGGREGATION_DEPTH, 0));
        if (counts && arguments.has(Opt.ZK_SECONDS)) {
            throw Failure.usage("--seconds is for --measure-latency; leave it away");
        }
        Grouping.By by = parseGroup(counts);
        if (by != Grouping.By.PATH && arguments.has(Opt.ZK_AGGREGATION_DEPTH)) {
            throw Failure.usage("--aggregation-depth is of paths; leave it away, or --group-by " + by.id());
        }
        return new TableSpec(
                counts ? null : parseOrder(),
                new Grouping(by, depth),
                parser.parseNumber(amount, 1),
                arguments.has(Opt.ZK_SECONDS),
                format);
    }

    /** What is counted together was called the order by older versions of ZKTraffic. */
    private Grouping.By parseGroup(boolean counts) throws Failure {
        String typed = parser.parseChoice(Opt.ZK_GROUP_BY);
        if (counts && arguments.has(Opt.ZK_SORT_BY)) {
            String sorted = parser.parseChoice(Opt.ZK_SORT_BY);
            if (!Opt.ZK_GROUP_BY.choices().contains(sorted)) {
                throw Failure.usage("--sort-by " + sorted + " is for --measure-latency; of counts type --sort-by path,"
                        + " type or client");
            }
            if (arguments.has(Opt.ZK_GROUP_BY) && !sorted.equals(typed)) {
                throw Failure.usage("--sort-by " + sorted + " is the same as --group-by " + sorted
                        + " of counts, and --group-by is " + typed + "; leave one of them away");
            }
            typed = sorted;
        }
        return Grouping.By.valueOf(typed.toUpperCase(Locale.ROOT));
    }

    private TableSpec.Order parseOrder() throws Failure {
        if (!arguments.has(Opt.ZK_SORT_BY)) {
            return TableSpec.Order.AVG;
        }
        String typed = parser.parseChoice(Opt.ZK_SORT_BY);
        if (Opt.ZK_GROUP_BY.choices().contains(typed)) {
            throw Failure.usage("--sort-by " + typed + " is for --count-requests; of latencies type --group-by " + typed
                    + ", and --sort-by avg, p95, p99, count, max or errors");
        }
        return TableSpec.Order.valueOf(typed.toUpperCase(Locale.ROOT));
    }
}
