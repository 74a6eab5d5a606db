package shawk.cli;

import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import shawk.expr.Durations;
import shawk.expr.ExprException;
import shawk.expr.RecordFilter;
import shawk.look.EdgeValues;
import shawk.look.LookTimes;
import shawk.look.Selector;
import shawk.look.Way;
import shawk.model.Address;

/** Options of {@code shawk look} to settings; what makes no sense is wrong usage. Pure. */
final class LookParser {
    private static final long HOUR_MICROS = 3_600_000_000L;
    /** No chain of processes is longer. */
    private static final int MOST_DEPTH = 1_000_000;

    private static final int MOST_EDGES = 100_000;
    private static final List<Opt> SELECTORS =
            List.of(Opt.IPV4, Opt.IP, Opt.CIDR, Opt.HOST, Opt.PROCESS, Opt.PORT, Opt.UNIT, Opt.CONTAINER);

    private final Arguments arguments;
    private final SettingsParser parser;
    private final long nowMicros;
    private final ZoneId zone;

    /** {@code nowMicros} and {@code zone} are what times are read by. */
    LookParser(Arguments arguments, long nowMicros, ZoneId zone) {
        this.arguments = arguments;
        this.parser = new SettingsParser(arguments);
        this.nowMicros = nowMicros;
        this.zone = zone;
    }

    LookSettings parse() throws Failure {
        List<Opt> given = SELECTORS.stream().filter(arguments::has).toList();
        if (given.size() > 1) {
            throw Failure.usage(given.get(0).longName() + " and " + given.get(1).longName()
                    + " exclude each other; leave one of them away and narrow by --filter");
        }
        Opt option = given.isEmpty() ? null : given.get(0);
        LookSettings.Format format =
                LookSettings.Format.valueOf(parser.parseChoice(Opt.LOOK_FORMAT).toUpperCase(Locale.ROOT));
        LookTimes.Moment until = moment(Opt.UNTIL, arguments.valueOrFallback(Opt.UNTIL));
        LookSettings.Compared diff = arguments.has(Opt.DIFF) ? parseDiff() : null;
        LookTimes.Moment since = diff != null || !arguments.has(Opt.SINCE)
                ? null
                : moment(Opt.SINCE, arguments.valueOrFallback(Opt.SINCE));
        if (since != null && since.at(nowMicros) >= until.at(nowMicros)) {
            throw Failure.usage("--since " + quoted(Opt.SINCE) + " is not before --until " + quoted(Opt.UNTIL)
                    + "; the earlier time comes first: --since 2h --until 1h");
        }
        if (until.at(nowMicros) <= 0) {
            throw Failure.usage("--until " + quoted(Opt.UNTIL) + " is before 1970; type a later time");
        }
        checkForm(format, diff != null);
        return new LookSettings(
                option == null ? new Selector.Fleet() : parseSelector(option),
                option == null ? "the whole fleet" : option.longName().substring(2) + " " + arguments.value(option),
                parseFilter(),
                Way.valueOf(parser.parseChoice(Opt.DIRECTION).toUpperCase(Locale.ROOT)),
                (int) Math.min(MOST_DEPTH, parser.parseNumber(Opt.DEPTH, 1)),
                since,
                until,
                format,
                (int) parser.parseNumber(Opt.LOOK_LIMIT, 1, MOST_EDGES),
                arguments.has(Opt.LONG),
                diff,
                arguments.has(Opt.WATCH) ? parseInterval() : 0);
    }

    private void checkForm(LookSettings.Format format, boolean diff) throws Failure {
        boolean picture = format == LookSettings.Format.DOT
                || format == LookSettings.Format.MERMAID
                || format == LookSettings.Format.SVG;
        if (diff && picture) {
            throw Failure.usage(
                    "--diff has no picture; leave --format " + format.id() + " away, or type --format json");
        }
        if (diff && arguments.has(Opt.UNTIL)) {
            throw Failure.usage("--until means nothing with --diff, which says when; leave it away");
        }
        if (arguments.has(Opt.WATCH) && format != LookSettings.Format.TREE) {
            throw Failure.usage("--watch draws a tree; leave --format " + format.id() + " away");
        }
        if (arguments.has(Opt.LONG) && format != LookSettings.Format.TREE) {
            throw Failure.usage("--long is for a tree; --format " + format.id() + " has all of it: leave --long away");
        }
        if (arguments.has(Opt.LOOK_INTERVAL) && !arguments.has(Opt.WATCH)) {
            throw Failure.usage("--interval is how often --watch draws; leave it away, or add --watch");
        }
    }

    private Selector parseSelector(Opt option) throws Failure {
        String typed = arguments.valueOrFallback(option);
        if (typed.isBlank() || typed.indexOf('\0') >= 0) {
            throw Failure.usage(option.longName() + " " + Failure.quote(typed) + ": expected a value; type "
                    + option.longName() + " " + option.param());
        }
        return switch (option) {
            case IPV4, IP -> {
                Address address = address(option, typed);
                yield new Selector.Addresses(address, address);
            }
            case CIDR -> network(typed);
            case HOST -> new Selector.Host(typed);
            case PROCESS -> new Selector.Program(typed);
            case PORT -> {
                if (!typed.matches("[0-9]{1,5}") || Integer.parseInt(typed) > 65_535) {
                    throw Failure.usage(
                            "--port " + Failure.quote(typed) + ": expected a port from 0 to 65535; type --port 443");
                }
                yield new Selector.Port(Integer.parseInt(typed));
            }
            case UNIT -> new Selector.Unit(typed);
            default -> new Selector.Container(typed);
        };
    }

    private static Address address(Opt option, String typed) throws Failure {
        Address address = Address.parse(typed);
        boolean v4 = option == Opt.IPV4;
        if (address == null || v4 && !address.isV4()) {
            throw Failure.usage(option.longName() + " " + Failure.quote(typed) + ": this is no "
                    + (v4 ? "IPv4 address; type --ipv4 10.0.0.10" : "address; type --ip 10.0.0.10, or --ip fd00::10")
                    + (address != null ? ", or --ip " + address : ""));
        }
        return address;
    }

    private static Selector.Addresses network(String typed) throws Failure {
        int slash = typed.indexOf('/');
        Address address = Address.parse(slash < 0 ? typed : typed.substring(0, slash));
        String digits = slash < 0 ? "" : typed.substring(slash + 1);
        int least = address != null && address.isV4() ? 96 : 0;
        int length = digits.matches("[0-9]{1,3}") ? least + Integer.parseInt(digits) : -1;
        if (slash < 0) {
            length = 128;
        }
        if (address == null || length < least || length > 128) {
            throw Failure.usage("--cidr " + Failure.quote(typed)
                    + ": this is no network; type --cidr 10.0.0.0/8, or --cidr fd00::/8");
        }
        long high = length >= 64 ? -1 : length == 0 ? 0 : -1L << 64 - length;
        long low = length <= 64 ? 0 : -1L << 128 - length;
        return new Selector.Addresses(
                new Address(address.high() & high, address.low() & low),
                new Address(address.high() | ~high, address.low() | ~low));
    }

    private LookSettings.Compared parseDiff() throws Failure {
        String typed = arguments.valueOrFallback(Opt.DIFF);
        int dots = typed.indexOf("..");
        if (dots == 0 || typed.isEmpty()) {
            throw Failure.usage("--diff " + Failure.quote(typed)
                    + ": expected two times; type --diff 1d..now, or --diff 2026-11-17T14:00..2026-11-18T14:00");
        }
        LookTimes.Moment earlier = moment(Opt.DIFF, dots < 0 ? typed : typed.substring(0, dots));
        String end = dots < 0 ? "" : typed.substring(dots + 2);
        LookTimes.Moment later = moment(Opt.DIFF, end.isEmpty() ? "now" : end);
        if (earlier.at(nowMicros) >= later.at(nowMicros)) {
            throw Failure.usage("--diff " + Failure.quote(typed)
                    + ": the first time is not before the second; type --diff 1d..now");
        }
        Long length = HOUR_MICROS;
        if (arguments.has(Opt.SINCE)) {
            length = LookTimes.parseLength(arguments.valueOrFallback(Opt.SINCE));
        }
        if (length == null || length < 60_000_000L) {
            throw Failure.usage("--since " + quoted(Opt.SINCE)
                    + ": with --diff it is how long a time is compared, a minute at least; type --since 1h");
        }
        return new LookSettings.Compared(earlier, later, length);
    }

    private LookTimes.Moment moment(Opt option, String typed) throws Failure {
        LookTimes.Moment moment = LookTimes.parseMoment(typed, zone);
        if (moment == null) {
            throw Failure.usage(option.longName() + " " + Failure.quote(typed)
                    + ": this is no time; type one such as 5m or 2h45m (ago), now, or 2026-11-17T14:00");
        }
        return moment;
    }

    private @Nullable RecordFilter parseFilter() throws Failure {
        String typed = arguments.value(Opt.LOOK_FILTER);
        if (typed == null || typed.isBlank()) {
            return null;
        }
        try {
            return EdgeValues.parseFilter(typed);
        } catch (ExprException e) {
            throw Failure.usage("--filter: " + e.getMessage());
        }
    }

    private long parseInterval() throws Failure {
        String typed = arguments.valueOrFallback(Opt.LOOK_INTERVAL);
        try {
            Duration interval = Durations.parse(typed);
            if (interval.compareTo(Duration.ofMillis(500)) >= 0 && interval.compareTo(Durations.INTERVAL_MOST) <= 0) {
                return interval.toNanos();
            }
        } catch (ExprException e) {
            throw Failure.usage("--interval: " + e.getMessage());
        }
        throw Failure.usage("--interval " + Failure.quote(typed) + " is out of range; type 500ms to 24h");
    }

    private String quoted(Opt option) {
        return Failure.quote(arguments.valueOrFallback(option));
    }

    /** The options of which one says where a look begins. */
    static List<Opt> selectors() {
        return new ArrayList<>(SELECTORS);
    }
}
