package shawk.pivot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import shawk.expr.Filter;
import shawk.expr.SortKey;
import shawk.field.Field;
import shawk.field.Fields;
import shawk.field.HoldersField;
import shawk.field.KeyField;
import shawk.field.MeasureField;
import shawk.model.Column;
import shawk.model.Snapshot;

/** Every field, random chains, sort orders and filters: the same as said with maps and streams. */
final class PivotAgainstNaiveTest {
    private static final List<KeyField> GROUPABLE = Fields.ALL.stream()
            .filter(Field::groupable)
            .map(KeyField.class::cast)
            .toList();
    private static final List<Field> SORTABLE = Fields.ALL.stream()
            .filter(field -> !(field instanceof HoldersField))
            .toList();

    @Test
    void everyGroupingField() {
        for (KeyField field : GROUPABLE) {
            for (int seed = 0; seed < 8; seed++) {
                check(seed, List.of(field), sort("conns", true), null);
            }
        }
    }

    @Test
    void everySortKey() {
        for (Field field : SORTABLE) {
            for (int seed = 0; seed < 3; seed++) {
                for (boolean descending : new boolean[] {true, false}) {
                    check(seed, List.of(), List.of(new SortKey(field, descending)), null);
                    check(seed, List.of(Fields.PROCESS), List.of(new SortKey(field, descending)), null);
                }
            }
        }
    }

    @Test
    void chainsSortsAndFilters() {
        for (int seed = 0; seed < 250; seed++) {
            Random random = new Random(seed);
            List<KeyField> chain = IntStream.range(0, random.nextInt(5))
                    .mapToObj(i -> GROUPABLE.get(random.nextInt(GROUPABLE.size())))
                    .distinct()
                    .toList();
            List<SortKey> sort = IntStream.range(0, random.nextInt(3))
                    .mapToObj(i -> new SortKey(SORTABLE.get(random.nextInt(SORTABLE.size())), random.nextBoolean()))
                    .toList();
            check(seed, chain, sort, random.nextInt(3) == 0 ? null : filter(random));
        }
    }

    private static List<SortKey> sort(String id, boolean descending) {
        return List.of(new SortKey(Fields.find(id), descending));
    }

    private static void check(long seed, List<KeyField> chain, List<SortKey> sort, @Nullable Filter filter) {
        Snapshot snapshot = RandomSnapshots.of(seed);
        PivotSpec spec = new PivotSpec(chain, sort, filter, seed % 3 == 0 ? RowChoice.ALL : RowChoice.CONNECTIONS);
        NaivePivot naive = new NaivePivot(snapshot, spec);
        Pivot pivot = Pivots.of(snapshot, spec);

        List<String> lines = new ArrayList<>();
        lines.add(line(pivot.total(), 0));
        walk(pivot, pivot.root(), lines);
        assertThat(lines)
                .as("seed %d, %s, %s, %s", seed, ids(chain), sort, filter)
                .isEqualTo(naive.tree());
        assertThat(lines(pivot.leaves()))
                .as("leaves, seed %d, %s", seed, ids(chain))
                .isEqualTo(naive.leaves());
    }

    private static String ids(List<KeyField> chain) {
        return chain.stream().map(KeyField::id).collect(Collectors.joining(","));
    }

    private static void walk(Pivot pivot, Level level, List<String> lines) {
        for (int i = 0; i < level.size(); i++) {
            lines.add("  ".repeat(level.depth() + (level.single() ? 1 : 0)) + line(level, i));
            assertThat(level.find(level.identity(i))).isEqualTo(i);
            if (!level.single()) {
                walk(pivot, pivot.children(level, i), lines);
            }
        }
    }

    private static List<String> lines(Level level) {
        return IntStream.range(0, level.size()).mapToObj(i -> line(level, i)).toList();
    }

    private static String line(Level level, int index) {
        KeyValue value = new KeyValue();
        return level.sockets(index)
                + " "
                + Fields.ALL.stream()
                        .map(field -> field instanceof KeyField key
                                ? key(level, index, key, value)
                                : field instanceof MeasureField measure
                                        ? NaivePivot.text(level.measure(measure, index))
                                        : "")
                        .collect(Collectors.joining(" "));
    }

    private static String key(Level level, int index, KeyField field, KeyValue value) {
        level.key(field, index, value);
        return value.absent() ? "-" : (value.distinct() ? "#" : "") + List.of(value.high(), value.low());
    }

    /** One of: a port, which bundles have; a state, which decides what is hidden too; bytes, which bundles lack. */
    private static Filter filter(Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> new ColumnFilter("port", Column.PORT, 1);
            case 1 -> new ColumnFilter("state", Column.STATE, 0);
            default -> new ColumnFilter("recvq", Column.RECVQ, 3);
        };
    }

    private record ColumnFilter(String id, Column column, long atLeast) implements Filter {
        @Override
        public RowTest on(Snapshot snapshot) {
            return row -> snapshot.table().value(column, row) >= atLeast;
        }

        @Override
        public Set<Field> fields() {
            return Set.of(Fields.find(id));
        }

        @Override
        public String source() {
            return id + " >= " + atLeast;
        }
    }
}
