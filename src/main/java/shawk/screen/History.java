package shawk.screen;

import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import shawk.field.CountFields;
import shawk.field.MeasureField;
import shawk.field.QualityFields;
import shawk.pivot.Level;
import shawk.pivot.PivotSpec;
import shawk.pivot.RowChoice;

/**
 * What rows had in the last samples, for the curves of the detail pane: the whole host always, of rows those on the
 * screen, the outermost groups of the view that is shown, and the one whose details are shown. Used by one thread.
 */
final class History {
    /** Samples that are kept. */
    static final int POINTS = 300;
    /** Rows with a history, about 5 MB; at the bound the one not seen for the longest time is forgotten. */
    static final int MAX_ROWS = 1_024;
    /** Of the outermost groups those that come first in the order of the view. */
    static final int MAX_GROUPS = 500;

    private final Map<Long, Ring> rows = new LinkedHashMap<>(64, 0.75f, true);
    private final Ring host = new Ring();
    private final long[] nanos = new long[POINTS];
    private long samples;
    private long lastSequence;

    /** One curve. */
    enum Series {
        CONNS(CountFields.CONNS),
        TX(CountFields.TX_RATE),
        RX(CountFields.RX_RATE),
        RTT(QualityFields.RTT);

        private final MeasureField field;

        Series(MeasureField field) {
            this.field = field;
        }

        MeasureField field() {
            return field;
        }
    }

    /** The values of one row; {@code NaN} where it was not looked at. */
    private static final class Ring {
        private final float[][] values = new float[Series.values().length][POINTS];
        private long last = -1;

        /** The slot of sample number {@code sample}; what was missed since the last one is not known. */
        int slot(long sample) {
            long missedFrom = Math.max(last + 1, sample - POINTS + 1);
            for (long missed = missedFrom; missed <= sample; missed++) {
                for (float[] series : values) {
                    series[(int) (missed % POINTS)] = Float.NaN;
                }
            }
            last = sample;
            return (int) (sample % POINTS);
        }

        void clear() {
            last = -1;
            for (float[] series : values) {
                Arrays.fill(series, Float.NaN);
            }
        }
    }

    /**
     * Takes in a new sample. The same one again changes nothing; after an earlier one, of a recording, all is begun
     * anew.
     */
    void feed(Tree tree, Cursor cursor, int page, Totals totals, @Nullable Path opened) {
        long sequence = tree.pivot().snapshot().sequence();
        if (sequence == lastSequence) {
            return;
        }
        if (sequence < lastSequence) {
            rows.clear();
            host.clear();
            samples = 0;
        }
        lastSequence = sequence;
        nanos[(int) (samples % POINTS)] = tree.pivot().snapshot().monotonicNanos();
        int slot = host.slot(samples);
        host.values[Series.CONNS.ordinal()][slot] = (float) totals.conns();
        host.values[Series.TX.ordinal()][slot] = (float) totals.txRate();
        host.values[Series.RX.ordinal()][slot] = (float) totals.rxRate();
        Level root = tree.pivot().root();
        long scope = scope(tree.pivot().spec());
        if (tree.pivot().spec().rows() == RowChoice.ENDED) {
            // What has ended changes no more, and would take the place of what lives.
            samples++;
            return;
        }
        int groups = root.single() ? 0 : Math.min(MAX_GROUPS, root.size());
        for (int i = 0; i < groups; i++) {
            feed(scope, root, i);
        }
        int end = Math.min(tree.size(), cursor.scroll() + page);
        for (int i = cursor.scroll(); i < end; i++) {
            Tree.Row row = tree.at(i);
            feed(scope, row.level(), row.index());
        }
        int place = opened == null ? -1 : tree.find(opened);
        if (place >= 0) {
            Tree.Row row = tree.at(place);
            feed(scope, row.level(), row.index());
        }
        samples++;
    }

    private void feed(long scope, Level level, int index) {
        if (Tree.isEnded(level, index)) {
            return;
        }
        Ring ring = ring(scope ^ level.hash(index));
        if (ring.last == samples) {
            return;
        }
        int slot = ring.slot(samples);
        for (Series series : Series.values()) {
            ring.values[series.ordinal()][slot] = (float) level.measure(series.field(), index);
        }
    }

    private Ring ring(long key) {
        Ring known = rows.get(key);
        if (known != null) {
            return known;
        }
        Ring made = null;
        if (rows.size() >= MAX_ROWS) {
            Iterator<Ring> eldest = rows.values().iterator();
            made = eldest.next();
            eldest.remove();
        }
        made = made == null ? new Ring() : made;
        made.clear();
        rows.put(key, made);
        return made;
    }

    /** The same group has other figures where other rows are chosen. */
    private static long scope(PivotSpec spec) {
        String filter = spec.filter() == null ? "" : spec.filter().source();
        return (long) Objects.hash(filter, spec.rows(), spec.within()) * 0x9e3779b97f4a7c15L;
    }

    /** A curve of a row, the oldest value first; empty where nothing is known of it. */
    float[] of(PivotSpec spec, Tree.Row row, Series series) {
        Ring ring = rows.get(scope(spec) ^ row.level().hash(row.index()));
        return ring == null ? new float[0] : points(ring, series);
    }

    /** A curve of the whole host. */
    float[] ofHost(Series series) {
        return points(host, series);
    }

    private float[] points(Ring ring, Series series) {
        int count = (int) Math.min(samples, POINTS);
        float[] points = new float[count];
        int first = count;
        for (int i = count - 1; i >= 0; i--) {
            long sample = samples - count + i;
            boolean has = sample <= ring.last && sample > ring.last - POINTS;
            points[i] = has ? ring.values[series.ordinal()][(int) (sample % POINTS)] : Float.NaN;
            first = Float.isNaN(points[i]) ? first : i;
        }
        return Arrays.copyOfRange(points, first, count);
    }

    /** Milliseconds from the first to the last sample that is kept. */
    double spanMillis() {
        long first = Math.max(0, samples - POINTS);
        return samples == 0 ? 0 : (nanos[(int) ((samples - 1) % POINTS)] - nanos[(int) (first % POINTS)]) / 1e6;
    }
}
