package shawk.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import shawk.expr.Durations;
import shawk.expr.ExprException;
import shawk.expr.FieldListParser;
import shawk.expr.Filter;
import shawk.expr.FilterParser;
import shawk.expr.GroupByParser;
import shawk.expr.Sizes;
import shawk.expr.SortKey;
import shawk.expr.SortParser;
import shawk.field.CountFields;
import shawk.field.DefaultColumns;
import shawk.field.EndpointFields;
import shawk.field.EventFields;
import shawk.field.Field;
import shawk.field.Fields;
import shawk.field.KeyField;
import shawk.field.MeasureField;
import shawk.model.Protocol;
import shawk.record.RecordingWriter;
import shawk.view.dump.Format;
import shawk.view.events.EventsFormat;

/** Values of options to settings; what makes no sense is wrong usage. Pure. */
final class SettingsParser {
    private static final String EVERY = "all";
    /** Counts of what is no connection any more. */
    private static final Set<MeasureField> ENDED =
            Set.of(CountFields.CLOSED, CountFields.FAILED, CountFields.CLOSE_RATE, CountFields.FAIL_RATE);

    private static final Pattern BUDGET = Pattern.compile("[0-9]{1,6}(\\.[0-9]{1,3})?%?");
    private static final double BUDGET_LEAST = 0.1;
    private static final double BUDGET_MOST = 10_000;
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final int MOST_GEOIP = 8;
    private static final long MOST_COUNT = 1_000_000_000L;

    private final Arguments arguments;

    SettingsParser(Arguments arguments) {
        this.arguments = arguments;
    }

    /** What both views have in common; {@code defaults} says which fields {@code +rtt} adds to. */
    private ViewSettings parseView(Defaults defaults, boolean resolve) throws Failure {
        Set<Protocol> protocols = parseProtocols();
        List<KeyField> groupBy = parseGroupBy(protocols);
        String fields = arguments.value(Opt.FIELDS);
        return new ViewSettings(
                parseSource(),
                parseInterval(),
                groupBy,
                parseSort(),
                parseFilter(),
                arguments.has(Opt.ALL),
                fields == null ? null : parseFields(fields, defaults.of(groupBy, protocols)),
                parseNetns(),
                arguments.has(Opt.REDACT) ? parseRedaction() : null,
                parseResolve(resolve),
                protocols,
                parseGeoip(),
                parseBudget(),
                false);
    }

    /** Percent of one core; 0 where the command has no budget. */
    private double parseBudget() throws Failure {
        if (!Opt.BUDGET.taken(arguments.command())) {
            return 0;
        }
        String typed = arguments.valueOrFallback(Opt.BUDGET);
        double percent = BUDGET.matcher(typed).matches() ? Double.parseDouble(typed.replace("%", "")) : 0;
        if (percent < BUDGET_LEAST || percent > BUDGET_MOST) {
            throw Failure.usage(Opt.BUDGET.longName() + " " + Failure.quote(typed)
                    + ": expected percent of one core, from 0.1 to 10000; type --budget 5");
        }
        return percent;
    }

    private List<Path> parseGeoip() throws Failure {
        List<Path> files = new ArrayList<>();
        for (String typed : arguments.all(Opt.GEOIP)) {
            for (String file : typed.split(",", -1)) {
                if (file.isEmpty() || file.indexOf('\0') >= 0) {
                    throw Failure.usage(Opt.GEOIP.longName() + " " + Failure.quote(typed)
                            + ": expected a file; type --geoip GeoLite2-Country.mmdb");
                }
                files.add(Path.of(file));
            }
        }
        if (files.size() > MOST_GEOIP) {
            throw Failure.usage(Opt.GEOIP.longName() + ": " + files.size() + " files are too many; give " + MOST_GEOIP
                    + " at most");
        }
        return files;
    }

    /** Whether names of hosts are looked up; {@code fallback} where nobody says so. */
    private boolean parseResolve(boolean fallback) throws Failure {
        if (arguments.has(Opt.RESOLVE) && arguments.has(Opt.NUMERIC)) {
            throw Failure.usage("--numeric and --resolve exclude each other; leave one of them away");
        }
        if (arguments.has(Opt.RESOLVE) && arguments.has(Opt.REDACT)) {
            throw Failure.usage("--redact hides what --resolve would show; leave one of them away");
        }
        return arguments.has(Opt.RESOLVE) || fallback && !arguments.has(Opt.NUMERIC) && !arguments.has(Opt.REDACT);
    }

    private interface Defaults {
        List<Field> of(List<KeyField> groupBy, Set<Protocol> protocols);
    }

    /** Settings of the monitor. */
    ViewSettings parseTop() throws Failure {
        checkFlush();
        return parseView(
                (groupBy, protocols) -> groupBy.isEmpty() ? DefaultColumns.CONNECTIONS : DefaultColumns.FLOWS, true);
    }

    /**
     * Settings of the dump.
     *
     * @param terminal whether standard output is a terminal
     * @param noColor value of {@code NO_COLOR}
     */
    DumpSettings parseDump(boolean terminal, @Nullable String noColor) throws Failure {
        checkFlush();
        ViewSettings view = parseView(SettingsParser::dumpFields, false);
        Format format = Format.find(parseChoice(Opt.FORMAT));
        if (arguments.has(Opt.LEVELS) && view.groupBy().isEmpty()) {
            throw Failure.usage("--levels needs a grouping, and --group-by is none; leave one of them away");
        }
        boolean everySample = view.recording() != null && !arguments.has(Opt.COUNT);
        long count = everySample ? 0 : parseNumber(Opt.COUNT, 0);
        return new DumpSettings(
                count == 1 && !arguments.has(Opt.RATES) ? view.forOneSample() : view,
                count,
                format == null ? Format.TABLE : format,
                arguments.has(Opt.LEVELS),
                arguments.has(Opt.RATES),
                arguments.has(Opt.LIMIT) ? parseNumber(Opt.LIMIT, 1) : Long.MAX_VALUE,
                !arguments.has(Opt.NO_HEADER),
                parseColor(terminal && noColor == null));
    }

    /** Settings of a run that prints events. */
    EventsSettings parseEvents() throws Failure {
        EventsFormat format = EventsFormat.find(parseChoice(Opt.EVENTS_FORMAT));
        if (arguments.has(Opt.UNPAIRED) && (format != EventsFormat.TEXT || arguments.has(Opt.FIELDS))) {
            throw Failure.usage("--unpaired is for text that pairs events; without it " + format(format)
                    + " already has each event by itself");
        }
        Filter filter = parseFilter();
        String typed = arguments.value(Opt.FIELDS);
        List<Field> fields = typed == null
                ? null
                : typed.equals(EVERY) ? EventFields.all() : parseFields(typed, EventFields.EVERY_KIND);
        checkEvents(Opt.FILTER, filter == null ? List.of() : filter.fields());
        checkEvents(Opt.FIELDS, fields == null ? List.of() : fields);
        ViewSettings view = new ViewSettings(
                parseSource(),
                INTERVAL.toNanos(),
                List.of(),
                List.of(),
                filter,
                true,
                fields,
                parseNetns(),
                arguments.has(Opt.REDACT) ? parseRedaction() : null,
                parseResolve(false),
                Set.of(Protocol.TCP, Protocol.MPTCP),
                parseGeoip(),
                parseBudget(),
                false);
        return new EventsSettings(
                view,
                parseNumber(Opt.EVENTS_COUNT, 0),
                format == null ? EventsFormat.TEXT : format,
                arguments.has(Opt.UNPAIRED));
    }

    private static String format(@Nullable EventsFormat format) {
        return format == null || format == EventsFormat.TEXT ? "--fields" : "--format " + format.id();
    }

    private static void checkEvents(Opt option, Collection<Field> fields) throws Failure {
        for (Field field : fields) {
            if (!EventFields.has(field)) {
                throw Failure.usage(option.longName() + ": no event has " + field.id()
                        + "; shawk-events(1) lists the fields that events have");
            }
        }
    }

    /** Settings of the doctor; {@code terminal} and {@code noColor} as for {@link #parseDump}. */
    DoctorSettings parseDoctor(boolean terminal, @Nullable String noColor) throws Failure {
        ViewSettings view = new ViewSettings(
                Opt.SOURCE.fallback(),
                INTERVAL.toNanos(),
                List.of(),
                List.of(),
                null,
                true,
                null,
                "",
                null,
                false,
                ViewSettings.USUAL_PROTOCOLS,
                List.of(),
                0,
                false);
        boolean json = parseChoice(Opt.REPORT_FORMAT).equals("json");
        return new DoctorSettings(view, json, parseColor(terminal && noColor == null));
    }

    /** Settings of an assertion. */
    AssertSettings parseAssert() throws Failure {
        Filter filter = parseExpression();
        if (!arguments.has(Opt.MAX) && !arguments.has(Opt.MIN)) {
            throw Failure.usage("an assertion needs a bound; type --max 10, or --min 1");
        }
        long least = arguments.has(Opt.MIN) ? parseNumber(Opt.MIN, 0) : 0;
        long most = arguments.has(Opt.MAX) ? parseNumber(Opt.MAX, 0) : Bound.NONE;
        if (least > most) {
            throw Failure.usage("--min " + least + " is more than --max " + most + ": no count is both");
        }
        long forNanos = arguments.has(Opt.FOR)
                ? parse(Opt.FOR, String.valueOf(arguments.value(Opt.FOR)), Durations::parse)
                        .toNanos()
                : 0;
        ViewSettings view = parseSamples(filter);
        boolean once = forNanos == 0 && filter.fields().stream().noneMatch(Fields::isRate);
        return new AssertSettings(once ? view.forOneSample() : view, filter, new Bound(least, most), forNanos);
    }

    /** What of this host is looked at, and when. */
    private ViewSettings parseSamples(@Nullable Filter filter) throws Failure {
        return new ViewSettings(
                parseSource(),
                parseInterval(),
                List.of(),
                List.of(),
                filter,
                false,
                null,
                parseNetns(),
                null,
                false,
                parseProtocols(),
                parseGeoip(),
                parseBudget(),
                false);
    }

    /** What is stored has names, and is what is there now. */
    private void checkFlush() throws Failure {
        if (!arguments.has(Opt.FLUSH)) {
            return;
        }
        if (arguments.has(Opt.READONLY)) {
            throw Failure.usage("--readonly forbids what --flush does; leave one of them away");
        }
        if (arguments.has(Opt.REDACT)) {
            throw Failure.usage(
                    "--redact shows pseudonyms, and what --flush stores has the names; leave one of them" + " away");
        }
        if (arguments.valueOrFallback(Opt.SOURCE).startsWith(ViewSettings.REPLAY)) {
            throw Failure.usage("--flush stores what is there now, and a recording is the past; leave --flush away");
        }
    }

    /** What an agent looks at. */
    ViewSettings parseProbe() throws Failure {
        return parseSamples(parseFilter());
    }

    /** Settings of a recording to be made. */
    RecordSettings parseRecord() throws Failure {
        String file = arguments.operands().isEmpty() ? "" : arguments.operands().get(0);
        if (file.isEmpty() || file.indexOf('\0') >= 0) {
            throw Failure.usage("a recording needs a file; type shawk record web01.shawk");
        }
        if (file.equals("-")) {
            throw Failure.usage("a recording cannot go to standard output: it is written in more than one place; type"
                    + " shawk record web01.shawk");
        }
        long maxBytes = 0;
        if (arguments.has(Opt.MAX_SIZE)) {
            maxBytes = parse(Opt.MAX_SIZE, String.valueOf(arguments.value(Opt.MAX_SIZE)), Sizes::parse);
            if (maxBytes < RecordingWriter.MAX_BYTES_LEAST) {
                throw Failure.usage(Opt.MAX_SIZE.longName() + " " + Failure.quote(arguments.value(Opt.MAX_SIZE) + "")
                        + " is too small; type --max-size 1MiB or more");
            }
        }
        return new RecordSettings(parseSamples(parseFilter()), file, maxBytes, parseNumber(Opt.RECORD_COUNT, 0));
    }

    private String parseSource() throws Failure {
        Opt option = Opt.SOURCE.taken(arguments.command())
                ? Opt.SOURCE
                : Opt.PROBE_SOURCE.taken(arguments.command()) ? Opt.PROBE_SOURCE : Opt.LIVE_SOURCE;
        String typed = arguments.valueOrFallback(option);
        if (option != Opt.SOURCE || !typed.startsWith(ViewSettings.REPLAY)) {
            return parseChoice(option);
        }
        if (typed.length() == ViewSettings.REPLAY.length() || typed.indexOf('\0') >= 0) {
            throw Failure.usage("--source replay: needs a file; type --source replay:web01.shawk");
        }
        if (arguments.has(Opt.NETNS)) {
            throw Failure.usage(
                    "--netns says what of this host is looked at; of a recording type -f 'netns = 4026531840'");
        }
        if (arguments.has(Opt.PROTO)) {
            throw Failure.usage("--proto says what of this host is looked at; of a recording type -f 'proto = tcp'");
        }
        return typed;
    }

    /** Unix sockets have neither addresses nor ports to group by: alone, they go by their names. */
    private List<KeyField> parseGroupBy(Set<Protocol> protocols) throws Failure {
        if (!arguments.has(Opt.GROUP_BY) && protocols.equals(Set.of(Protocol.UNIX))) {
            return List.of(Fields.PROCESS, EndpointFields.PATH);
        }
        return parse(Opt.GROUP_BY, arguments.valueOrFallback(Opt.GROUP_BY), GroupByParser::parse);
    }

    private Set<Protocol> parseProtocols() throws Failure {
        Set<Protocol> protocols = EnumSet.noneOf(Protocol.class);
        for (String each : arguments.valueOrFallback(Opt.PROTO).split(",", -1)) {
            String typed = each.strip().toLowerCase(Locale.ROOT);
            List<String> ids = Stream.of(Protocol.values()).map(Protocol::id).toList();
            if (typed.equals(EVERY)) {
                protocols.addAll(EnumSet.allOf(Protocol.class));
            } else if (ids.contains(typed)) {
                protocols.add(Protocol.values()[ids.indexOf(typed)]);
            } else {
                throw Failure.usage(Opt.PROTO.longName() + " " + Failure.quote(each) + ": there is no such protocol; "
                        + Choices.hint(
                                typed,
                                Stream.concat(ids.stream(), Stream.of(EVERY)).toList()));
            }
        }
        return protocols;
    }

    /** The filter that is the operand; what no connection has would be an assertion that always holds. */
    private Filter parseExpression() throws Failure {
        String typed =
                arguments.operands().isEmpty() ? "" : arguments.operands().get(0);
        if (typed.isBlank()) {
            throw Failure.usage("an assertion needs an expression; type shawk assert 'state = close-wait' --max 10");
        }
        Filter filter;
        try {
            filter = FilterParser.parse(typed);
        } catch (ExprException e) {
            throw Failure.usage("expression: " + e.getMessage());
        }
        for (Field field : filter.fields()) {
            if (field instanceof MeasureField measure && ENDED.contains(measure)) {
                throw Failure.usage("no single connection has " + field.id()
                        + ", so that the assertion would never see one; shawk-fields(7) has what they have");
            }
        }
        return filter;
    }

    /** The fields of a dump where nobody chose any. */
    static List<Field> dumpFields(List<KeyField> groupBy, Set<Protocol> protocols) {
        if (!groupBy.isEmpty()) {
            return DefaultColumns.DUMP_GROUPS;
        }
        List<Field> fields = new ArrayList<>(DefaultColumns.DUMP_CONNECTIONS);
        if (protocols.contains(Protocol.UNIX)) {
            fields.add(fields.indexOf(EndpointFields.PROTO) + 1, EndpointFields.PATH);
        }
        return fields;
    }

    String parseChoice(Opt option) throws Failure {
        String typed = arguments.valueOrFallback(option);
        List<String> choices = option.choices();
        if (choices.contains(typed)) {
            return typed;
        }
        throw Failure.usage(option.longName() + " " + Failure.quote(typed) + ": there is no such value; "
                + Choices.hint(typed, choices));
    }

    private boolean parseColor(boolean automatic) throws Failure {
        return switch (parseChoice(Opt.COLOR)) {
            case "always" -> true;
            case "never" -> false;
            default -> automatic;
        };
    }

    long parseNumber(Opt option, long least) throws Failure {
        return parseNumber(option, least, MOST_COUNT - 1);
    }

    /** A whole number of {@code option} within these bounds. */
    long parseNumber(Opt option, long least, long most) throws Failure {
        String typed = arguments.valueOrFallback(option);
        boolean digits = !typed.isEmpty() && typed.length() < 10;
        for (int i = 0; i < typed.length(); i++) {
            digits &= typed.charAt(i) >= '0' && typed.charAt(i) <= '9';
        }
        long number = digits ? Long.parseLong(typed) : -1;
        if (number < least || number > most) {
            throw Failure.usage(option.longName() + " " + Failure.quote(typed) + ": expected a whole number from "
                    + least + " to " + most + "; type " + option.longName() + " 10");
        }
        return number;
    }

    private List<SortKey> parseSort() throws Failure {
        List<String> typed = arguments.all(Opt.SORT);
        List<SortKey> keys = new ArrayList<>();
        for (String each : typed.isEmpty() ? List.of(Opt.SORT.fallback()) : typed) {
            keys.add(parse(Opt.SORT, each, SortParser::parse));
        }
        return keys;
    }

    private @Nullable Filter parseFilter() throws Failure {
        String typed = arguments.value(Opt.FILTER);
        return typed == null || typed.isBlank() ? null : parse(Opt.FILTER, typed, FilterParser::parse);
    }

    private static List<Field> parseFields(String typed, List<Field> defaults) throws Failure {
        return typed.equals(EVERY)
                ? Fields.ALL
                : parse(Opt.FIELDS, typed, text -> FieldListParser.parse(text, defaults));
    }

    private long parseInterval() throws Failure {
        String typed = arguments.value(Opt.INTERVAL);
        if (typed == null && arguments.valueOrFallback(Opt.SOURCE).startsWith(ViewSettings.REPLAY)) {
            return 0;
        }
        Duration interval = typed == null ? INTERVAL : parse(Opt.INTERVAL, typed, Durations::parse);
        if (interval.compareTo(Durations.INTERVAL_LEAST) < 0 || interval.compareTo(Durations.INTERVAL_MOST) > 0) {
            throw Failure.usage(Opt.INTERVAL.longName() + " " + Failure.quote(String.valueOf(typed))
                    + " is out of range; type 50ms to 24h");
        }
        return interval.toNanos();
    }

    /** Something of the expression languages. */
    @FunctionalInterface
    private interface Language<T> {
        T parse(String text) throws ExprException;
    }

    private static <T> T parse(Opt option, String typed, Language<T> language) throws Failure {
        try {
            return language.parse(typed);
        } catch (ExprException e) {
            throw Failure.usage(option.longName() + ": " + e.getMessage());
        }
    }

    private String parseNetns() throws Failure {
        String typed = arguments.value(Opt.NETNS);
        if (typed == null) {
            return "";
        }
        if (typed.isEmpty() || typed.indexOf('/') >= 0 || typed.indexOf('\0') >= 0 || typed.startsWith(".")) {
            throw Failure.usage(Opt.NETNS.longName() + " " + Failure.quote(typed)
                    + ": expected all, self, an inode number or a name under /run/netns; type --netns all");
        }
        return typed;
    }

    private ViewSettings.Redaction parseRedaction() throws Failure {
        String key = arguments.value(Opt.REDACT);
        return new ViewSettings.Redaction(key == null || key.isEmpty() ? null : key);
    }
}
