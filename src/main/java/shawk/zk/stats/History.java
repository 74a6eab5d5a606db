package shawk.zk.stats;

import java.util.Arrays;
import java.util.List;
import shawk.zk.tally.Latencies;

/** What was counted in each of the last seconds. One thread; what {@link #view} hands out any thread. */
final class History {
    /** Seconds that are kept. */
    static final int SECONDS = 300;

    /** A second's end, in microseconds since the epoch. */
    static final int END = 0;

    static final int READS = 1;
    static final int WRITES = 2;
    static final int REPLIES = 3;
    static final int ERRORS = 4;
    static final int EVENTS = 5;
    static final int UNANSWERED = 6;
    static final int REQUEST_BYTES = 7;
    static final int REPLY_BYTES = 8;
    /** Microseconds; -1 = there was no reply. */
    static final int P50 = 9;

    static final int P99 = 10;
    private static final int COLUMNS = 11;

    private final long[] ring = new long[SECONDS * COLUMNS];
    private final long[] before = new long[COLUMNS];
    private final long[] now = new long[COLUMNS];
    private final Latencies latencies = new Latencies(OpRow.DIGITS);
    private int seconds;

    /** Seconds in their order. Immutable. */
    record View(long[] cells) {
        int seconds() {
            return cells.length / COLUMNS;
        }

        long at(int second, int column) {
            return cells[second * COLUMNS + column];
        }
    }

    void latency(long micros) {
        latencies.add(Math.max(0, micros));
    }

    /** A second is over, and {@code rows} hold what was counted since the beginning. */
    void close(long endMicros, List<OpRow> rows) {
        sum(rows);
        int at = seconds++ % SECONDS * COLUMNS;
        ring[at + END] = endMicros;
        for (int column = READS; column <= REPLY_BYTES; column++) {
            ring[at + column] = now[column] - before[column];
        }
        ring[at + P50] = latencies.count() == 0 ? -1 : Math.round(latencies.percentileMicros(50));
        ring[at + P99] = latencies.count() == 0 ? -1 : Math.round(latencies.percentileMicros(99));
        latencies.clear();
        System.arraycopy(now, 0, before, 0, COLUMNS);
        if (seconds == 2 * SECONDS) {
            seconds = SECONDS;
        }
    }

    private void sum(List<OpRow> rows) {
        Arrays.fill(now, 0);
        for (int i = 0; i < rows.size(); i++) {
            OpRow row = rows.get(i);
            switch (row.key.sort()) {
                case READ -> now[READS] += row.columns[OpRow.COUNT];
                case WRITE -> now[WRITES] += row.columns[OpRow.COUNT];
                case EVENT -> now[EVENTS] += row.columns[OpRow.COUNT];
                default -> {}
            }
            if (row.key.isRequest()) {
                now[REQUEST_BYTES] += row.columns[OpRow.BYTES];
                now[REPLIES] += row.columns[OpRow.REPLIES];
                now[REPLY_BYTES] += row.columns[OpRow.REPLY_BYTES];
                now[ERRORS] += row.columns[OpRow.ERRORS];
                for (int reason = 0; reason < OpRow.REASONS; reason++) {
                    now[UNANSWERED] += row.columns[OpRow.UNANSWERED + reason];
                }
            }
        }
    }

    View view() {
        int kept = Math.min(seconds, SECONDS);
        long[] cells = new long[kept * COLUMNS];
        int first = seconds <= SECONDS ? 0 : seconds % SECONDS;
        int tail = Math.min(kept, SECONDS - first);
        System.arraycopy(ring, first * COLUMNS, cells, 0, tail * COLUMNS);
        System.arraycopy(ring, 0, cells, tail * COLUMNS, (kept - tail) * COLUMNS);
        return new View(cells);
    }
}
