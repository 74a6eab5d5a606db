package shawk.expr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import shawk.field.CountFields;
import shawk.field.Field;
import shawk.field.Fields;
import shawk.field.QualityFields;

/** Sort keys, grouping chains, lists of columns, durations. */
final class OptionParsersTest {
    private static final List<Field> DEFAULTS = List.of(Fields.PROCESS, CountFields.CONNS, QualityFields.RTT);

    @FunctionalInterface
    private interface Parser {
        Object parse(String text) throws ExprException;
    }

    @Test
    void sortKeys() throws ExprException {
        checkSort("conns:desc", "conns desc");
        checkSort("conns", "conns desc");
        checkSort("conns:asc", "conns asc");
        checkSort("process", "process asc");
        checkSort("Process:DESC", "process desc");
        checkSort(" rtt_p95 : asc ", "rtt_p95 asc");
        checkSort("comm", "process asc");
        checkError(SortParser::parse, "conn", "unknown field 'conn' at column 1; did you mean 'conns'?");
        checkError(SortParser::parse, "", "unknown field '' at column 1; shawk-fields(7) lists them all");
        checkError(
                SortParser::parse,
                "conns:down",
                "unknown direction 'down' at column 7; expected conns:asc or conns:desc");
        checkError(SortParser::parse, "conns:", "unknown direction '' at column 7; expected conns:asc or conns:desc");
        checkError(SortParser::parse, "holders", "'holders' is a list and has no order; sort by 'pid' or 'process'");
    }

    @Test
    void grouping() throws ExprException {
        checkFields(GroupByParser.parse("process,peer,port"), "process peer port");
        checkFields(GroupByParser.parse(" NETNS , dport"), "netns rport");
        checkFields(GroupByParser.parse("none"), "");
        checkError(
                GroupByParser::parse,
                "",
                "expected the name of a field at column 1;" + " as in process,peer,port, or none");
        checkError(
                GroupByParser::parse,
                "process,,port",
                "expected the name of a field at column 9;" + " as in process,peer,port, or none");
        checkError(GroupByParser::parse, "process,por", "unknown field 'por' at column 9; did you mean 'port'?");
        checkError(GroupByParser::parse, "port,process,port", "'port' stands twice at column 14; once is enough");
        checkError(
                GroupByParser::parse,
                "rtt",
                "rows cannot be grouped by 'rtt' at column 1;" + " these can: " + groupable());
        checkError(
                GroupByParser::parse,
                "cmdline",
                "rows cannot be grouped by 'cmdline' at column 1;" + " these can: " + groupable());
        checkError(
                GroupByParser::parse,
                "process,none",
                "unknown field 'none' at column 9;" + " shawk-fields(7) lists them all");
    }

    @Test
    void columns() throws ExprException {
        checkFields(FieldListParser.parse("pid,process", DEFAULTS), "pid process");
        checkFields(FieldListParser.parse("+pid,-rtt", DEFAULTS), "process conns pid");
        checkFields(FieldListParser.parse("-comm", DEFAULTS), "conns rtt");
        checkFields(FieldListParser.parse("+rtt,-state", DEFAULTS), "process conns rtt");
        assertThat(FieldListParser.parse("all", DEFAULTS)).isEqualTo(Fields.ALL);
        checkError(
                text -> FieldListParser.parse(text, DEFAULTS),
                "pid,+rtt",
                "names with and without a sign at column 5; type either pid,process or +rtt,-state");
        checkError(
                text -> FieldListParser.parse(text, DEFAULTS),
                "+pdi",
                "unknown field 'pdi' at column 1; did you mean 'pid'?");
        checkError(
                text -> FieldListParser.parse(text, DEFAULTS),
                "pid,pid",
                "'pid' stands twice at column 5; once is enough");
        checkError(
                text -> FieldListParser.parse(text, DEFAULTS),
                "-process,-conns,-rtt",
                "no field is left by '-process,-conns,-rtt'; leave one");
        checkError(
                text -> FieldListParser.parse(text, DEFAULTS),
                ",",
                "expected the name of a field at column 1; as in pid,process or +rtt,-state");
    }

    @Test
    void durations() throws ExprException {
        checkDuration("500ms", 500_000);
        checkDuration("1s", 1_000_000);
        checkDuration("1.5s", 1_500_000);
        checkDuration("2m", 120_000_000L);
        checkDuration("1h", 3_600_000_000L);
        checkDuration("1000d", 86_400_000_000_000L);
        checkDuration("0s", 0);
        for (String text : new String[] {"", "1", "s", "-1s", "1 s", "1x", "1.s", ".5s", "1e3s", "1.2.3s", "\u0661s"}) {
            checkError(
                    Durations::parse,
                    text,
                    ExprException.quoted(text) + " is no duration; expected one such as 500ms, 1s, 2m or 1h");
        }
        checkError(Durations::parse, "1001d", "'1001d' is too long; expected at most 1000d");
        checkError(
                Durations::parse,
                "9".repeat(50) + "h",
                "'" + "9".repeat(40) + "...' is too long; expected at most 1000d");
    }

    @Test
    void nearestNames() {
        assertThat(Nearest.find("prcoess", List.of("pid", "process", "proto"))).isEqualTo("process");
        assertThat(Nearest.find("x", List.of("pid", "process"))).isNull();
        assertThat(Nearest.find("--intervall", List.of("--interval", "--netns")))
                .isEqualTo("--interval");
        assertThat(Nearest.find("a".repeat(5000), List.of("a"))).isNull();
        assertThat(Nearest.find("", List.of("a"))).isNull();
        assertThat(Nearest.find("ser", List.of("process", "service"))).isEqualTo("service");
    }

    private static void checkSort(String text, String expected) throws ExprException {
        SortKey key = SortParser.parse(text);
        assertThat(key.field().id() + (key.descending() ? " desc" : " asc")).isEqualTo(expected);
    }

    private static void checkFields(List<? extends Field> fields, String expected) {
        assertThat(fields.stream().map(Field::id).collect(Collectors.joining(" ")))
                .isEqualTo(expected);
    }

    private static void checkDuration(String text, long micros) throws ExprException {
        assertThat(Durations.parse(text).toNanos()).as(text).isEqualTo(micros * 1000);
    }

    private static String groupable() {
        return Fields.ALL.stream().filter(Field::groupable).map(Field::id).collect(Collectors.joining(", "));
    }

    private static void checkError(Parser parser, String text, String message) {
        assertThatThrownBy(() -> parser.parse(text))
                .as(text)
                .isInstanceOf(ExprException.class)
                .hasMessage(message);
    }
}
