package shawk.expr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import shawk.field.Field;
import shawk.field.Fields;
import shawk.model.SocketState;
import shawk.support.ManPage;

/** The page explains the filter language as it is. */
final class FilterPageTest {
    private static final ManPage PAGE = ManPage.query("shawk-fields.7").section("FILTERS");
    private static final ManPage VALUES = PAGE.section("Values");

    @Test
    void otherNamesOfFields() {
        Map<String, String> written = new TreeMap<>();
        for (ManPage.Entry entry : VALUES.entries()) {
            entry.head()
                    .arguments("Cm")
                    .forEach(name ->
                            written.put(name, entry.body().arguments("Cm").get(0)));
        }
        Map<String, String> known = new TreeMap<>();
        for (String name : FieldNames.names()) {
            Field field = FieldNames.find(name);
            if (field != null && !field.id().equals(name)) {
                known.put(name, field.id());
            }
        }
        assertThat(written).isEqualTo(known);
    }

    @Test
    void wordsForSeveralStates() {
        ManPage.Entry names = VALUES.entries().stream()
                .filter(entry -> entry.head().text().equals("Names"))
                .findFirst()
                .orElseThrow();
        Set<String> known = new TreeSet<>(StateNames.names());
        for (SocketState state : SocketState.values()) {
            known.removeAll(List.of(state.name(), state.ssName()));
        }
        assertThat(new TreeSet<>(names.body().arguments("Cm"))).isEqualTo(known);
    }

    @Test
    void examplesAreFilters() {
        List<ManPage.Entry> examples = PAGE.section("Examples").entries();
        assertThat(examples).hasSizeGreaterThan(5);
        examples.forEach(example -> check(example.head().text()));
        check(displayed());
    }

    private static void check(String filter) {
        assertThatCode(() -> FilterParser.parse(filter)).as(filter).doesNotThrowAnyException();
    }

    /** The example that stands by itself. */
    private static String displayed() {
        StringBuilder text = new StringBuilder();
        boolean inside = false;
        for (ManPage.Line line : PAGE.lines()) {
            inside = (inside || line.macro().equals("Bd")) && !line.macro().equals("Ed");
            text.append(inside && line.macro().isEmpty() ? line.text() + " " : "");
        }
        assertThat(text).isNotEmpty();
        return text.toString();
    }

    @Test
    void operatorsWork() {
        for (ManPage.Entry entry : PAGE.entries().subList(0, 4)) {
            for (String operator : entry.head().text().split(" , ")) {
                check((operator.contains("~") ? "process " : "port ") + operator + " 80");
            }
        }
    }

    @Test
    void saysWhichFieldsEndedConnectionsLack() {
        List<String> named = PAGE.section("What else a filter decides")
                .entries()
                .get(1)
                .body()
                .arguments("Cm");
        assertThat(named).isNotEmpty();
        for (String id : named) {
            Field field = Fields.find(id);
            assertThat(field).as(id).isNotNull();
            assertThat(Fields.countsEnded(field) || !Fields.inBundles(field))
                    .as(id)
                    .isTrue();
        }
    }
}
