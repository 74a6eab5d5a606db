package shawk.pivot;

import java.util.ArrayList;
import java.util.List;
import shawk.expr.SortKey;
import shawk.field.KeyField;
import shawk.field.MeasureField;
import shawk.model.Snapshot;
import shawk.model.SocketTable;

/**
 * Puts entries in order. Each sort key becomes an array of numbers whose ascending order is the order asked for, so
 * that comparing two entries reads numbers only. Used once, by one thread.
 */
final class SortOrder {
    /** Entries without a value come last either way. */
    private static final long LAST = Long.MAX_VALUE;

    private final Snapshot snapshot;
    private final Entries entries;
    private final List<long[]> columns = new ArrayList<>();

    private SortOrder(Snapshot snapshot, Entries entries) {
        this.snapshot = snapshot;
        this.entries = entries;
    }

    /**
     * Numbers of the entries in order.
     *
     * @param keys most important first
     * @param identity fields that break ties, before {@link Entries#compareIdentities} does
     */
    static int[] of(Snapshot snapshot, Entries entries, List<SortKey> keys, List<KeyField> identity) {
        SortOrder order = new SortOrder(snapshot, entries);
        for (SortKey key : keys) {
            if (key.field() instanceof MeasureField measure) {
                order.addAmounts(measure, key.descending());
            } else if (key.field() instanceof KeyField field) {
                order.addValues(field, key.descending());
            }
        }
        for (KeyField field : identity) {
            order.addValues(field, false);
        }
        return IndexSort.sorted(entries.count(), order::compare);
    }

    private int compare(int a, int b) {
        for (int i = 0; i < columns.size(); i++) {
            long[] column = columns.get(i);
            if (column[a] != column[b]) {
                return column[a] < column[b] ? -1 : 1;
            }
        }
        return entries.compareIdentities(a, b);
    }

    /** Keeps a column unless all entries have the same in it. */
    private void add(long[] column) {
        for (long value : column) {
            if (value != column[0]) {
                columns.add(column);
                return;
            }
        }
    }

    private static long directed(long rank, boolean descending) {
        return descending ? ~rank : rank;
    }

    private void addAmounts(MeasureField field, boolean descending) {
        long[] column = new long[entries.count()];
        for (int i = 0; i < column.length; i++) {
            double amount = entries.measure(field, i);
            column[i] = Double.isNaN(amount) ? LAST : directed(Ranks.ofAmount(amount), descending);
        }
        add(column);
    }

    private void addValues(KeyField field, boolean descending) {
        long[] lows = new long[entries.count()];
        long[] highs = new long[lows.length];
        boolean counts = false;
        KeyValue value = new KeyValue();
        for (int i = 0; i < lows.length; i++) {
            entries.key(field, i, value);
            counts |= value.distinct();
            highs[i] = value.high();
            lows[i] = value.low();
        }
        Ranks ranks = counts ? Ranks.ofNumbers() : Ranks.of(field, snapshot.texts(), lows);
        for (int i = 0; i < lows.length; i++) {
            boolean absent = lows[i] == SocketTable.ABSENT;
            highs[i] = absent ? LAST : directed(ranks.high(highs[i], lows[i]), descending);
            lows[i] = absent ? LAST : directed(ranks.low(lows[i]), descending);
        }
        add(highs);
        add(lows);
    }
}
