package shawk.screen;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import shawk.field.Field;
import shawk.field.Fields;
import shawk.field.KeyField;
import shawk.field.MeasureField;
import shawk.field.QualityFields;
import shawk.field.QueueFields;
import shawk.model.Snapshot;
import shawk.model.SocketTable;
import shawk.model.Verdict;
import shawk.pivot.DiffPivot;
import shawk.pivot.KeyValue;
import shawk.pivot.Pivot;
import shawk.pivot.RowChoice;
import shawk.text.Human;

/**
 * What stands in the rows of one pivot. A row is rolled up and written when it first comes into view and kept, so that
 * moving about costs nothing. Used by one thread.
 */
final class RowTexts {
    /** Rows that are kept: several screens full. At the bound all are forgotten, and made again when seen. */
    private static final int MAX_KEPT = 2_000;

    /** Where a retransmitted share is told apart, in per cent. */
    private static final double MANY_RETRANSMITTED = 1;

    /** Room for a name that is not to be shortened. */
    private static final int ALL_OF_THE_NAME = Integer.MAX_VALUE;

    /** What stands where the rows of a group have more than one value. */
    private static final String MIXED = "mixed";

    private final Pivot pivot;
    private final boolean listening;
    private final List<Field> fields;
    private final boolean bits;
    private final Naming naming;
    private final long version;
    private final RowNames names;
    private final Map<Path, Cells> kept = new HashMap<>();
    private final StringBuilder scratch = new StringBuilder();
    private final KeyValue value = new KeyValue();

    RowTexts(Pivot pivot, List<Field> fields, Symbols symbols, boolean bits, Naming naming) {
        this.naming = naming;
        this.version = naming.hosts().version();
        this.bits = bits;
        this.pivot = pivot;
        this.listening = pivot.spec().rows() == RowChoice.LISTENERS;
        this.fields = fields;
        this.names = new RowNames(pivot, symbols, naming);
    }

    boolean isFor(Pivot otherPivot, List<Field> otherFields, boolean inBits) {
        return pivot == otherPivot && fields.equals(otherFields) && bits == inBits;
    }

    /** Whether all that is known of names stands there. */
    boolean isNamed(Naming now) {
        return naming.equals(now) && version == now.hosts().version();
    }

    /**
     * The texts of one row.
     *
     * @param name what it is
     * @param room cells that the name was made for
     * @param values one a column; empty where the column means nothing for it
     * @param styles one a column
     */
    record Cells(String name, int room, String[] values, Style[] styles) {}

    /** As they were made last, otherwise with the whole name. */
    Cells of(Tree.Row row) {
        Cells cells = kept.get(row.path());
        return cells == null ? of(row, ALL_OF_THE_NAME) : cells;
    }

    /**
     * With a name for so many cells, as far as one can be made that short.
     *
     * @param room the same for one row until the terminal or its columns change
     */
    Cells of(Tree.Row row, int room) {
        Cells cells = kept.get(row.path());
        if (cells == null || cells.room() != room) {
            if (kept.size() >= MAX_KEPT) {
                kept.clear();
            }
            cells = make(row, room);
            kept.put(row.path(), cells);
        }
        return cells;
    }

    private Cells make(Tree.Row row, int room) {
        String[] values = new String[fields.size()];
        Style[] styles = new Style[fields.size()];
        for (int i = 0; i < values.length; i++) {
            scratch.setLength(0);
            styles[i] = style(row, fields.get(i));
            values[i] = scratch.toString();
        }
        return new Cells(names.within(room, row), room, values, styles);
    }

    private Style style(Tree.Row row, Field field) {
        if (listening && !row.group() && Layout.ofListeners(field)) {
            return Style.PLAIN;
        }
        return field instanceof MeasureField measure ? amount(row, measure) : key(row, field);
    }

    private Style amount(Tree.Row row, MeasureField field) {
        if (!row.group() && !field.perConnection()) {
            return Style.PLAIN;
        }
        double amount = row.level().measure(field, row.index());
        if (field.unit() == MeasureField.Unit.BYTES_PER_SECOND) {
            Human.appendRate(scratch, amount, bits);
        } else if (field.equals(DiffPivot.CHANGE)) {
            Human.appendMeasure(scratch.append(amount > 0 ? "+" : amount < 0 ? "-" : ""), field, Math.abs(amount));
        } else {
            Human.appendMeasure(scratch, field, amount);
        }
        if (Double.isNaN(amount)) {
            return Style.DIM;
        }
        return isWarning(row, field, amount) ? Style.WARN : Style.PLAIN;
    }

    private boolean isWarning(Tree.Row row, MeasureField field, double amount) {
        if (listening && row.group() && field.equals(QueueFields.RECVQ)) {
            return amount > 0 && 4 * amount >= 3 * row.level().measure(QueueFields.SENDQ, row.index());
        }
        return field.equals(QualityFields.RETRANS_PCT) && amount >= MANY_RETRANSMITTED;
    }

    /** Whether its rows have values, but not all the same. */
    private static boolean isMixed(Tree.Row row, KeyField field) {
        int any = row.level().row(row.index());
        return row.group()
                && any >= 0
                && field.rollup() == KeyField.Rollup.ONE
                && field.low().read(row.level().snapshot(row.index()), any) != SocketTable.ABSENT;
    }

    private Style key(Tree.Row row, Field field) {
        if (!(field instanceof KeyField key)) {
            Snapshot snapshot = row.level().snapshot(row.index());
            Human.appendHolders(scratch, snapshot, row.level().row(row.index()));
            return Style.PLAIN;
        }
        row.level().key(key, row.index(), value);
        if (value.distinct() && value.low() > 1) {
            scratch.append('(').append(value.low()).append(')');
            return Style.DIM;
        }
        if (value.absent() || value.distinct() && value.low() == 0) {
            scratch.append(
                    row.group() && key.equals(Fields.PORT) ? Human.MANY : isMixed(row, key) ? MIXED : Human.ABSENT);
            return Style.DIM;
        }
        names.appendCommon(scratch, key, row, value);
        return key.equals(QualityFields.VERDICT) ? ofVerdict(value.low()) : Style.PLAIN;
    }

    private static Style ofVerdict(long ordinal) {
        return switch (Verdict.values()[(int) ordinal]) {
            case OK, IDLE -> Style.PLAIN;
            case RWND, SNDBUF, CWND, APP -> Style.WARN;
            case PEER_NOT_READING, RETRANSMITTING -> Style.BAD;
        };
    }
}
