package shawk.man;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import shawk.field.DefaultColumns;
import shawk.field.EventFields;
import shawk.field.Field;
import shawk.field.Fields;
import shawk.field.HoldersField;
import shawk.field.KeyField;
import shawk.field.MeasureField;
import shawk.model.EventKind;
import shawk.model.Verdict;
import shawk.support.ManPage;

/** The pages name the fields that there are, with what they are, and no others. */
final class FieldsPageTest {
    private static final ManPage PAGE = ManPage.query("shawk-fields.7");

    private static Map<String, ManPage.Entry> entries() {
        Map<String, ManPage.Entry> entries = new LinkedHashMap<>();
        for (String section : List.of(
                "Which socket it is",
                "Whose it is",
                "How many",
                "How much",
                "How well",
                "Queues and time",
                "How it began and ended")) {
            for (ManPage.Entry entry : PAGE.section(section).entries()) {
                assertThat(entries.put(entry.head().arguments("Cm").get(0), entry))
                        .isNull();
            }
        }
        return entries;
    }

    @Test
    void hasEveryFieldInTheOrderOfTheTableAndNoOther() {
        assertThat(entries().keySet())
                .containsExactlyElementsOf(Fields.ALL.stream().map(Field::id).toList());
    }

    @Test
    void saysUnitGroupingAndRollup() {
        List<String> written = new ArrayList<>();
        entries()
                .forEach((id, entry) ->
                        written.add(id + ": " + String.join(" ", entry.head().words())));
        List<String> meant = new ArrayList<>();
        Fields.ALL.forEach(field -> meant.add(field.id() + ": Cm " + field.id() + " Pq " + facts(field)));
        assertThat(written).containsExactlyElementsOf(meant);
    }

    @Test
    void explainsEveryWordItUsesForRollups() {
        List<String> explained = PAGE.section("FIELDS").entries().stream()
                .flatMap(entry -> Stream.of(entry.head().text().split(" , ")))
                .toList();
        assertThat(explained)
                .containsAll(Fields.ALL.stream().map(FieldsPageTest::rollup).toList());
    }

    @Test
    void namesEveryValueOfNamedOnes() {
        entries().forEach((id, entry) -> {
            if (Fields.find(id) instanceof KeyField field && !field.names().isEmpty()) {
                assertThat(Set.copyOf(entry.body().arguments("Cm"))).as(id).isEqualTo(Set.copyOf(field.names()));
            }
        });
    }

    @Test
    void saysWhatOnlyGroupsHave() {
        entries()
                .forEach((id, entry) -> assertThat(entry.body().text().contains("Groups only."))
                        .as(id)
                        .isEqualTo(Fields.find(id) instanceof MeasureField field && !field.perConnection()));
    }

    @Test
    void hasTheRuleOfEveryVerdict() {
        List<String> ruled = PAGE.section("Verdict").entries().stream()
                .flatMap(entry -> entry.head().arguments("Cm").stream())
                .toList();
        assertThat(ruled)
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(Verdict.values()).map(Verdict::id).toList());
    }

    @Test
    void defaultColumns() {
        checkColumns("shawk.1", 0, DefaultColumns.FLOWS);
        checkColumns("shawk.1", 1, DefaultColumns.CONNECTIONS);
        checkColumns("shawk.1", 2, DefaultColumns.LISTENING);
        checkColumns("shawk.1", 3, DefaultColumns.CLOSED);
        checkColumns("shawk.1", 4, DefaultColumns.PROCESSES);
        checkColumns("shawk.1", 5, DefaultColumns.PEERS);
        checkColumns("shawk-dump.1", 0, DefaultColumns.DUMP_GROUPS);
        checkColumns("shawk-dump.1", 1, DefaultColumns.DUMP_CONNECTIONS);
    }

    @Test
    void fieldsOfEvents() {
        ManPage section = ManPage.query("shawk-events.1").section("Fields");
        List<Field> common = EventFields.of(EventKind.OPENED);
        List<List<Field>> kinds = List.of(
                common,
                without(EventFields.of(EventKind.CLOSED), common),
                without(EventFields.of(EventKind.FAILED), common));
        for (int i = 0; i < kinds.size(); i++) {
            assertThat(section.entries().get(i).body().arguments("Cm"))
                    .containsExactlyElementsOf(
                            kinds.get(i).stream().map(Field::id).toList());
        }
        Set<String> written = new TreeSet<>(section.arguments("Cm"));
        written.removeAll(Set.of("state", "age", "conns"));
        assertThat(written)
                .isEqualTo(
                        new TreeSet<>(EventFields.all().stream().map(Field::id).toList()));
    }

    private static List<Field> without(List<Field> fields, List<Field> common) {
        return fields.stream().filter(field -> !common.contains(field)).toList();
    }

    private static void checkColumns(String page, int entry, List<Field> expected) {
        assertThat(ManPage.query(page)
                        .section("Columns")
                        .entries()
                        .get(entry)
                        .body()
                        .arguments("Cm"))
                .as(page)
                .containsExactlyElementsOf(expected.stream().map(Field::id).toList());
    }

    private static String facts(Field field) {
        return kind(field) + " ; " + (field.groupable() ? "g ; " : "") + rollup(field);
    }

    private static String kind(Field field) {
        if (field instanceof KeyField key) {
            return switch (key.type()) {
                case TEXT -> "text";
                case ENUM -> "name";
                case ADDRESS -> "address";
                case PORT -> "port";
                case NUMBER -> "number";
                case HEX -> "hex";
                case TIMER -> "timer";
            };
        }
        if (field instanceof MeasureField measure) {
            return switch (measure.unit()) {
                case COUNT -> "count";
                case PER_SECOND -> "1/s";
                case BYTES, QUEUED -> "bytes";
                case BYTES_PER_SECOND -> "bytes/s";
                case MICROS -> "microseconds";
                case MILLIS -> "milliseconds";
                case PERCENT -> "percent";
                case SEGMENTS -> "segments";
            };
        }
        assertThat(field).isInstanceOf(HoldersField.class);
        return "list";
    }

    private static String rollup(Field field) {
        if (field instanceof KeyField key) {
            return switch (key.rollup()) {
                case ONE -> "one";
                case DISTINCT -> "distinct";
                case WORST -> "worst";
                case MOST_FREQUENT -> "most frequent";
                case NONE -> "none";
            };
        }
        if (field instanceof MeasureField measure) {
            return switch (measure.rollup()) {
                case SUM -> "sum";
                case P50 -> "median";
                case P95 -> "p95";
                case MAX -> "max";
                case MIN -> "min";
                case WEIGHTED -> "weighted";
                case NONE -> "none";
            };
        }
        return "none";
    }
}
