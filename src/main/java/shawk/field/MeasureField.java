package shawk.field;

import java.util.Objects;
import shawk.model.Snapshot;

/**
 * A field whose value is an amount. Whole amounts are exact up to 2^53; {@code NaN} is "not known", never 0.
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
}
