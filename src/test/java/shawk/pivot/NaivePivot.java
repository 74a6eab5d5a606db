package shawk.pivot;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import shawk.expr.Filter;
import shawk.expr.SortKey;
import shawk.field.CountFields;
import shawk.field.Field;
import shawk.field.Fields;
import shawk.field.KeyField;
import shawk.field.MeasureField;
import shawk.model.Column;
import shawk.model.Direction;
import shawk.model.RowKind;
import shawk.model.Snapshot;
import shawk.model.SocketTable;

/** What a pivot is, said with maps and streams, without a thought for cost. A value is a list; null = absent. */
final class NaivePivot {
    private final Snapshot snapshot;
    private final PivotSpec spec;
    private final boolean namesState;

    NaivePivot(Snapshot snapshot, PivotSpec spec) {
        this.snapshot = snapshot;
        this.spec = spec;
        Filter filter = spec.filter();
        this.namesState = filter != null
                && filter.fields().stream().anyMatch(field -> field.id().equals("state"));
    }

    /** An entry as text, and what it is sorted by. */
    private record Entry(List<Integer> rows, List<Comparable<?>> order, String line) {}

    List<String> tree() {
        List<String> lines = new ArrayList<>();
        lines.add(describe(matching(), 0, bundlesMatch(0)));
        walk(matching(), 0, lines);
        return lines;
    }

    List<String> leaves() {
        int depth = spec.groupBy().size();
        return level(matching(), 0, depth).stream().map(Entry::line).toList();
    }

    private void walk(List<Integer> rows, int depth, List<String> lines) {
        boolean single = depth == spec.groupBy().size();
        for (Entry entry : level(rows, depth, depth + (single ? 0 : 1))) {
            lines.add("  ".repeat(depth + 1) + entry.line());
            if (!single) {
                walk(entry.rows(), depth + 1, lines);
            }
        }
    }

    private List<Integer> matching() {
        Predicate<Integer> test = row -> true;
        Filter filter = spec.filter();
        if (filter != null) {
            Filter.RowTest rowTest = filter.on(snapshot);
            test = rowTest::matches;
        }
        return IntStream.range(0, snapshot.table().size()).boxed().filter(test).toList();
    }

    /** Whether bundles can be told to belong to groups of this depth. */
    private boolean bundlesMatch(int depth) {
        Filter filter = spec.filter();
        Stream<Field> asked = Stream.concat(
                filter == null ? Stream.of() : filter.fields().stream(),
                spec.groupBy().stream().limit(depth));
        return asked.allMatch(Fields::inBundles);
    }

    private boolean isBundle(int row) {
        return row >= snapshot.table().sockets();
    }

    private boolean isShown(int row) {
        long kind = snapshot.table().value(Column.KIND, row);
        boolean part = kind == RowKind.SUBFLOW.ordinal()
                && snapshot.table().value(Column.DIRECTION, row) != Direction.LISTEN.ordinal();
        boolean connection = kind == RowKind.CONNECTION.ordinal() || part;
        return !isBundle(row) && (spec.rows() == RowChoice.ALL || namesState || connection);
    }

    private boolean isRecent(int row) {
        return isBundle(row)
                && Stream.of(Column.OPENED_NOW, Column.CLOSED_NOW, Column.FAILED_NOW)
                        .anyMatch(column -> snapshot.table().value(column, row) > 0);
    }

    private List<Entry> level(List<Integer> rows, int from, int to) {
        List<KeyField> fields = spec.groupBy().subList(from, to);
        Map<Object, List<Integer>> groups = new LinkedHashMap<>();
        for (int row : rows) {
            boolean belongs = fields.isEmpty() ? isShown(row) : !isBundle(row) || bundlesMatch(to);
            if (belongs) {
                Object key = fields.isEmpty()
                        ? row
                        : fields.stream()
                                .map(field -> value(field, row))
                                .toList()
                                .toString();
                groups.computeIfAbsent(key, k -> new ArrayList<>()).add(row);
            }
        }
        return groups.values().stream()
                .filter(group -> group.stream().anyMatch(row -> isShown(row) || isRecent(row)))
                .map(group -> fields.isEmpty() ? single(group) : group(group, fields, to))
                .sorted(order())
                .toList();
    }

    private Entry single(List<Integer> group) {
        int row = group.get(0);
        List<Comparable<?>> order = new ArrayList<>();
        for (SortKey key : spec.sort()) {
            order.add(
                    key.field() instanceof KeyField field
                            ? comparable(field, value(field, row), false)
                            : finite(((MeasureField) key.field()), row));
        }
        Stream.of("raddr", "rport").forEach(id -> order.add(comparable(id, row)));
        Stream.of(Column.LADDR_HIGH, Column.LADDR_LOW, Column.LPORT, Column.PROTOCOL, Column.NETNS, Column.COOKIE)
                .forEach(column -> order.add(snapshot.table().value(column, row)));
        String line = Fields.ALL.stream()
                .map(field -> field instanceof KeyField key
                        ? text(value(key, row), false)
                        : field instanceof MeasureField measure ? text(amount(measure, row)) : "")
                .collect(Collectors.joining(" "));
        return new Entry(group, order, "1 " + line);
    }

    private @Nullable Comparable<?> comparable(String id, int row) {
        KeyField field = (KeyField) Fields.find(id);
        return comparable(field, value(field, row), false);
    }

    private @Nullable Comparable<?> finite(MeasureField field, int row) {
        double amount = amount(field, row);
        return Double.isNaN(amount) ? null : (Comparable<?>) amount;
    }

    private double amount(MeasureField field, int row) {
        return field.perConnection() ? field.value().read(snapshot, row) : Double.NaN;
    }

    private Entry group(List<Integer> group, List<KeyField> fields, int depth) {
        boolean known = bundlesMatch(depth);
        List<Comparable<?>> order = new ArrayList<>();
        for (SortKey key : spec.sort()) {
            if (key.field() instanceof KeyField field) {
                boolean counts = isCount(field, depth);
                order.add(comparable(field, rollup(field, group, depth), counts));
            } else {
                double amount = rollup((MeasureField) key.field(), group, known);
                order.add(Double.isNaN(amount) ? null : (Comparable<?>) amount);
            }
        }
        for (KeyField field : fields) {
            order.add(comparable(field, rollup(field, group, depth), false));
        }
        return new Entry(group, order, describe(group, depth, known));
    }

    private String describe(List<Integer> group, int depth, boolean known) {
        String line = Fields.ALL.stream()
                .map(field -> field instanceof KeyField key
                        ? text(rollup(key, group, depth), isCount(key, depth))
                        : field instanceof MeasureField measure ? text(rollup(measure, group, known)) : "")
                .collect(Collectors.joining(" "));
        return group.stream().filter(this::isShown).count() + " " + line;
    }

    private boolean isCount(KeyField field, int depth) {
        return field.rollup() == KeyField.Rollup.DISTINCT
                && !spec.groupBy().subList(0, depth).contains(field);
    }

    static String text(double amount) {
        return Double.isNaN(amount) ? "-" : Long.toString(Math.round(amount * 1e6));
    }

    private static String text(@Nullable List<Long> value, boolean count) {
        return value == null ? "-" : (count ? "#" : "") + value;
    }

    private @Nullable List<Long> value(KeyField field, int row) {
        long low = field.low().read(snapshot, row);
        return low == SocketTable.ABSENT ? null : List.of(field.high().read(snapshot, row), low);
    }

    private @Nullable List<Long> rollup(KeyField field, List<Integer> group, int depth) {
        List<Integer> shown = group.stream().filter(this::isShown).toList();
        List<Integer> rows =
                shown.isEmpty() ? group.stream().filter(this::isBundle).toList() : shown;
        List<List<Long>> values = new ArrayList<>();
        rows.forEach(row -> values.add(value(field, row)));
        List<List<Long>> known = values.stream().filter(value -> value != null).toList();
        if (spec.groupBy().subList(0, depth).contains(field)) {
            return values.get(0);
        }
        if (rows.isEmpty()) {
            return null;
        }
        return switch (field.rollup()) {
            case ONE -> values.stream().distinct().count() == 1 ? values.get(0) : null;
            case DISTINCT -> List.of(0L, known.stream().distinct().count());
            case WORST ->
                known.stream().max(Comparator.comparing(value -> value.get(1))).orElse(null);
            case MOST_FREQUENT -> mostFrequent(known);
            case NONE -> null;
        };
    }

    private static @Nullable List<Long> mostFrequent(List<List<Long>> values) {
        Map<List<Long>, Long> counts = values.stream().collect(Collectors.groupingBy(v -> v, Collectors.counting()));
        return counts.entrySet().stream()
                .min(Comparator.comparing((Map.Entry<List<Long>, Long> e) -> -e.getValue())
                        .thenComparing(e -> e.getKey().get(1)))
                .map(Map.Entry::getKey)
                .orElse(null);
    }

    private double rollup(MeasureField field, List<Integer> group, boolean known) {
        boolean ended = Fields.countsEnded(field);
        if (ended && !known) {
            return Double.NaN;
        }
        boolean hiddenToo = ended || field == CountFields.TIME_WAIT || field == CountFields.LISTENERS;
        boolean sums = field.rollup() == MeasureField.Rollup.SUM || field.rollup() == MeasureField.Rollup.WEIGHTED;
        boolean bundlesToo = known && sums;
        List<Integer> rows = group.stream()
                .filter(row -> isBundle(row) ? bundlesToo : isShown(row) || hiddenToo)
                .toList();
        double[] values = rows.stream()
                .mapToDouble(row -> field.value().read(snapshot, row))
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        if (field.rollup() == MeasureField.Rollup.WEIGHTED) {
            return weighted(field, rows);
        }
        if (values.length == 0) {
            boolean rate = field.unit() == MeasureField.Unit.PER_SECOND && snapshot.elapsedNanos() > 0;
            return rows.isEmpty() && (rate || field.unit() == MeasureField.Unit.COUNT) ? 0 : Double.NaN;
        }
        return switch (field.rollup()) {
            case SUM ->
                IntStream.range(0, values.length).mapToDouble(i -> values[i]).sum();
            case P50 -> values[(int) Math.ceil(values.length * 0.5) - 1];
            case P95 -> values[(int) Math.ceil(values.length * 95 / 100.0) - 1];
            case MIN -> values[0];
            case MAX -> values[values.length - 1];
            case WEIGHTED, NONE -> Double.NaN;
        };
    }

    private double weighted(MeasureField field, List<Integer> rows) {
        List<Integer> counted = rows.stream()
                .filter(row -> field.weight().read(snapshot, row) > 0)
                .filter(row -> !Double.isNaN(field.value().read(snapshot, row)))
                .toList();
        double weights = counted.stream()
                .mapToDouble(row -> field.weight().read(snapshot, row))
                .sum();
        double sum = counted.stream()
                .mapToDouble(row ->
                        field.value().read(snapshot, row) * field.weight().read(snapshot, row))
                .sum();
        return counted.isEmpty() ? Double.NaN : sum / weights;
    }

    /** What a value is sorted by; null comes last. */
    private @Nullable Comparable<?> comparable(KeyField field, @Nullable List<Long> value, boolean count) {
        if (value == null) {
            return null;
        }
        long low = value.get(1);
        if (count) {
            return low;
        }
        return switch (field.type()) {
            case TEXT -> {
                String text = snapshot.texts().text(low).value();
                yield text.toUpperCase(Locale.ROOT) + "\0" + text;
            }
            case ENUM ->
                field.rollup() == KeyField.Rollup.WORST
                        ? String.format(Locale.ROOT, "%02d", low)
                        : field.names().get((int) low);
            case ADDRESS -> {
                BigInteger bits = unsigned(value.get(0)).shiftLeft(64).add(unsigned(low));
                boolean v4 = bits.shiftRight(32).equals(BigInteger.valueOf(0xffff));
                yield v4 ? bits : bits.add(BigInteger.ONE.shiftLeft(128));
            }
            case HEX -> unsigned(low);
            case TIMER -> value.get(0) * 1_000_000 + low;
            case PORT, NUMBER -> low;
        };
    }

    private static BigInteger unsigned(long bits) {
        return new BigInteger(Long.toUnsignedString(bits));
    }

    private Comparator<Entry> order() {
        return (a, b) -> {
            for (int i = 0; i < a.order().size(); i++) {
                boolean descending =
                        i < spec.sort().size() && spec.sort().get(i).descending();
                int order = compare(a.order().get(i), b.order().get(i), descending);
                if (order != 0) {
                    return order;
                }
            }
            return 0;
        };
    }

    @SuppressWarnings("unchecked")
    private static int compare(@Nullable Comparable<?> a, @Nullable Comparable<?> b, boolean descending) {
        if (a == null || b == null) {
            return a == b ? 0 : a == null ? 1 : -1;
        }
        int order = ((Comparable<Object>) a).compareTo(b);
        return descending ? -order : order;
    }
}
