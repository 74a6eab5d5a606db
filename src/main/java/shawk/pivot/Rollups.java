package shawk.pivot;

import java.util.Arrays;
import shawk.field.KeyField;
import shawk.field.MeasureField;
import shawk.model.Snapshot;
import shawk.model.SocketTable;

/**
 * What a group shows of its rows' values, one group and field at a time. Used by one thread: it keeps scratch space.
 */
final class Rollups {
    private final Snapshot snapshot;
    private double[] scratch = new double[16];

    Rollups(Snapshot snapshot) {
        this.snapshot = snapshot;
    }

    /** The amount of a range; {@code NaN} where no row has one. */
    double measure(MeasureField field, RowRange range) {
        return switch (field.rollup()) {
            case SUM -> sum(field, range);
            case P50 -> quantile(field, range, 50);
            case P95 -> quantile(field, range, 95);
            case MAX, MIN -> extreme(field, range);
            case WEIGHTED -> weighted(field, range);
            case NONE -> Double.NaN;
        };
    }

    /** Over shown sockets and bundles; where the hidden count, over these too. */
    private double sum(MeasureField field, RowRange range) {
        MeasureField.Reader reader = field.value();
        int end = Scope.countsHidden(field) ? range.end() : range.bundlesEnd();
        double sum = 0;
        boolean any = false;
        for (int i = range.start(); i < end; i++) {
            double value = reader.read(snapshot, range.rows()[i]);
            if (!Double.isNaN(value)) {
                sum += value;
                any = true;
            }
        }
        return any || range.start() == end && isZeroOfNothing(field) ? sum : Double.NaN;
    }

    /** Without rows there are 0 connections; of bytes there is nothing to say. */
    private boolean isZeroOfNothing(MeasureField field) {
        return switch (field.unit()) {
            case COUNT -> true;
            case PER_SECOND -> snapshot.elapsedNanos() > 0;
            default -> false;
        };
    }

    private double extreme(MeasureField field, RowRange range) {
        boolean max = field.rollup() == MeasureField.Rollup.MAX;
        double best = Double.NaN;
        for (int i = range.start(); i < range.shownEnd(); i++) {
            double value = field.value().read(snapshot, range.rows()[i]);
            if (!Double.isNaN(value) && (Double.isNaN(best) || (max ? value > best : value < best))) {
                best = value;
            }
        }
        return best;
    }

    /** Over shown sockets and bundles, which have the sums of what has ended. */
    private double weighted(MeasureField field, RowRange range) {
        double sum = 0;
        double weights = 0;
        for (int i = range.start(); i < range.bundlesEnd(); i++) {
            double value = field.value().read(snapshot, range.rows()[i]);
            double weight = field.weight().read(snapshot, range.rows()[i]);
            if (!Double.isNaN(value) && weight > 0) {
                sum += value * weight;
                weights += weight;
            }
        }
        return weights > 0 ? sum / weights : Double.NaN;
    }

    /** Nearest rank: the smallest value that at least {@code percent} of the values do not exceed. */
    private double quantile(MeasureField field, RowRange range, int percent) {
        if (scratch.length < range.shown()) {
            scratch = new double[Math.max(range.shown(), scratch.length * 2)];
        }
        int count = 0;
        for (int i = range.start(); i < range.shownEnd(); i++) {
            double value = field.value().read(snapshot, range.rows()[i]);
            if (!Double.isNaN(value)) {
                scratch[count++] = value;
            }
        }
        if (count == 0) {
            return Double.NaN;
        }
        int rank = (int) (((long) count * percent + 99) / 100);
        return Selector.select(scratch, count, rank - 1);
    }

    /**
     * The value of a range, as the field's roll-up says: over the sockets that are shown, over the bundles where there
     * are no sockets.
     */
    void key(KeyField field, RowRange range, KeyValue out) {
        int end = range.shown() > 0 ? range.shownEnd() : range.bundlesEnd();
        if (end == range.start()) {
            out.set(0, SocketTable.ABSENT, false);
            return;
        }
        switch (field.rollup()) {
            case ONE -> one(field, range, end, out);
            case DISTINCT -> out.set(0, distinct(field, range, end).size(), true);
            case WORST -> worst(field, range, end, out);
            case MOST_FREQUENT -> mostFrequent(field, range, end, out);
            case NONE -> out.set(0, SocketTable.ABSENT, false);
        }
    }

    private void one(KeyField field, RowRange range, int end, KeyValue out) {
        int first = range.rows()[range.start()];
        long low = field.low().read(snapshot, first);
        long high = field.high().read(snapshot, first);
        for (int i = range.start() + 1; i < end; i++) {
            int row = range.rows()[i];
            if (field.low().read(snapshot, row) != low || field.high().read(snapshot, row) != high) {
                out.set(0, SocketTable.ABSENT, false);
                return;
            }
        }
        out.set(high, low, false);
    }

    private KeyTable distinct(KeyField field, RowRange range, int end) {
        KeyTable keys = new KeyTable(2, snapshot.monotonicNanos());
        for (int i = range.start(); i < end; i++) {
            int row = range.rows()[i];
            long low = field.low().read(snapshot, row);
            if (low != SocketTable.ABSENT) {
                keys.number(0, field.high().read(snapshot, row), low);
            }
        }
        return keys;
    }

    private void worst(KeyField field, RowRange range, int end, KeyValue out) {
        long worst = SocketTable.ABSENT;
        for (int i = range.start(); i < end; i++) {
            worst = Math.max(worst, field.low().read(snapshot, range.rows()[i]));
        }
        out.set(0, worst, false);
    }

    /** Of equally frequent values the lowest. */
    private void mostFrequent(KeyField field, RowRange range, int end, KeyValue out) {
        KeyTable keys = new KeyTable(2, snapshot.monotonicNanos());
        int[] counts = new int[8];
        for (int i = range.start(); i < end; i++) {
            int row = range.rows()[i];
            long low = field.low().read(snapshot, row);
            if (low != SocketTable.ABSENT) {
                int key = keys.number(0, field.high().read(snapshot, row), low);
                counts = key < counts.length ? counts : Arrays.copyOf(counts, key * 2);
                counts[key]++;
            }
        }
        out.set(0, SocketTable.ABSENT, false);
        int most = 0;
        for (int key = 0; key < keys.size(); key++) {
            if (counts[key] > most || counts[key] == most && keys.low(key) < out.low()) {
                most = counts[key];
                out.set(keys.high(key), keys.low(key), false);
            }
        }
    }
}
