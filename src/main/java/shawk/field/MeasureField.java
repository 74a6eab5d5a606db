package shawk.field;

import java.util.Objects;
import shawk.model.Column;
import shawk.model.Snapshot;
import shawk.model.SocketTable;

/**
 * A field whose value is an amount. Whole amounts are exact up to 2^53; {@code NaN} is "not known", never 0.
 *
 * <p>Made by {@link Builder} only.
 *
 * @param id see {@link Field}
 * @param title see {@link Field}
 * @param unit unit of the value
 * @param rollup how a group's value comes from its rows'
 * @param width see {@link Field}
 * @param value reads the value of a row
 * @param weight for {@link Rollup#WEIGHTED}: what a row's value counts for; {@code NaN} or 0 = nothing
 * @param perConnection whether a single connection shows it; the likes of {@code rtt_p95} are of groups only
 * @param help see {@link Field}
 */
public record MeasureField(
        String id,
        String title,
        Unit unit,
        Rollup rollup,
        int width,
        Reader value,
        Reader weight,
        boolean perConnection,
        String help)
        implements Field {

    /** Reads one amount of a row. */
    @FunctionalInterface
    public interface Reader {
        /** The amount, or {@code NaN}. */
        double read(Snapshot snapshot, int row);
    }

    /** Unit of an amount. */
    public enum Unit {
        COUNT,
        PER_SECOND,
        BYTES,
        /** Bytes; of a listener connections. Written without a unit, as it is not the same for every row. */
        QUEUED,
        BYTES_PER_SECOND,
        MICROS,
        MILLIS,
        PERCENT,
        SEGMENTS
    }

    /** How a group's value comes from its rows'. Rows without a value do not count; with none the group has none. */
    public enum Rollup {
        SUM,
        P50,
        P95,
        MAX,
        MIN,
        WEIGHTED,
        /** A group has none. */
        NONE
    }

    public MeasureField {
        Objects.requireNonNull(value);
        Objects.requireNonNull(weight);
    }

    @Override
    public boolean flushRight() {
        return true;
    }

    /** Collects what makes a field; {@link #help} comes last. A sum shown by single connections too, unless said. */
    static final class Builder {
        private final String id;
        private final String title;
        private final Unit unit;
        private Rollup rollup = Rollup.SUM;
        private int width;
        private Reader value = (snapshot, row) -> Double.NaN;
        private Reader weight = (snapshot, row) -> 1;
        private boolean perConnection = true;

        Builder(String id, String title, Unit unit) {
            this.id = id;
            this.title = title;
            this.unit = unit;
        }

        Builder reads(Reader reader) {
            value = reader;
            return this;
        }

        Builder reads(Column column) {
            return reads((snapshot, row) -> amount(snapshot, column, row));
        }

        Builder rollup(Rollup newRollup) {
            rollup = newRollup;
            return this;
        }

        Builder weightedBy(Column column) {
            rollup = Rollup.WEIGHTED;
            weight = (snapshot, row) -> amount(snapshot, column, row);
            return this;
        }

        Builder ofGroupsOnly() {
            perConnection = false;
            return this;
        }

        Builder width(int cells) {
            width = cells;
            return this;
        }

        MeasureField help(String line) {
            return new MeasureField(id, title, unit, rollup, width, value, weight, perConnection, line);
        }
    }

    /** The column's value, {@code NaN} where it is absent. */
    static double amount(Snapshot snapshot, Column column, int row) {
        long value = snapshot.table().value(column, row);
        return value == SocketTable.ABSENT ? Double.NaN : value;
    }
}
