package shawk.cli;

import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import shawk.expr.ExprException;
import shawk.view.tui.TuiOptions;
import shawk.view.zk.Output;
import shawk.zk.proto.Message;

/** What the ZooKeeper tools that print messages have in common: the form, and which messages. Pure. */
final class ZkOutputParser {
    private static final int MOST_BODY = 1 << 28;

    private final Arguments arguments;
    private final SettingsParser parser;
    private final Map<String, String> variables;
    private final ZoneId zone;

    /** {@code variables} of the environment say whether a terminal shows more than ASCII. */
    ZkOutputParser(Arguments arguments, Map<String, String> variables, ZoneId zone) {
        this.arguments = arguments;
        this.parser = new SettingsParser(arguments);
        this.variables = variables;
        this.zone = zone;
    }

    Output.Format parseFormat() throws Failure {
        return Output.Format.valueOf(parser.parseChoice(Opt.ZK_FORMAT).toUpperCase(Locale.ROOT));
    }

    /** {@code unpaired}: whether in text each message stands for itself. */
    Output parse(CaptureSettings capture, boolean unpaired) throws Failure {
        return new Output(
                parseFormat(),
                unpaired,
                arguments.has(Opt.ZK_COLORS),
                TuiOptions.ascii(variables),
                zone,
                (int) Math.min(MOST_BODY, parser.parseNumber(Opt.ZK_BODY_BYTES, 0)),
                capture.credentials(),
                capture.pings(),
                capture.bad());
    }

    /** How many; 0 = all. */
    long parseCount() throws Failure {
        return parser.parseNumber(Opt.ZK_COUNT, 0);
    }

    /** Which messages; all where nothing is said. */
    static Predicate<Message> parseFilter(Arguments arguments) throws Failure {
        String typed = arguments.value(Opt.ZK_FILTER);
        if (typed == null || typed.isBlank()) {
            return message -> true;
        }
        try {
            return MessageValues.parse(typed);
        } catch (ExprException e) {
            throw Failure.usage(Opt.ZK_FILTER.longName() + ": " + e.getMessage());
        }
    }
}
