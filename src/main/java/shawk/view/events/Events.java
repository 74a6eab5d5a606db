package shawk.view.events;

import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;
import shawk.expr.Filter;
import shawk.model.Column;
import shawk.model.EventKind;
import shawk.model.Snapshot;
import shawk.model.SocketTable;
import shawk.view.Drain;

/**
 * Writes events to a stream, which whoever reads it has in full after each call. What cannot be written is thrown; the
 * stream is the caller's to close. Makes no object an event. Used by one thread.
 */
public final class Events {
    private static final EventKind[] KINDS = EventKind.values();
    private static final int NANOS_A_MICRO = 1000;

    private final EventForm form;
    private final Drain drain;
    private long written;
    private boolean begun;

    /** Nothing is written yet. */
    public Events(EventsSpec spec, OutputStream out) {
        this.drain = new Drain(out);
        this.form = switch (spec.format()) {
            case TEXT -> spec.fields() == null ? new TextForm(spec, drain.text()) : new ColumnsForm(spec, drain.text());
            case JSON, NDJSON -> new JsonForm(spec, drain.text());
            case CSV -> new CsvForm(spec, drain.text());
        };
    }

    /** How many events have been written. */
    public long written() {
        return written;
    }

    /**
     * Writes the events of {@code snapshot} that match, no more than {@code most}.
     *
     * @param test which match; null = all
     */
    public void write(Snapshot snapshot, Filter.@Nullable RowTest test, long most) throws IOException {
        begin();
        SocketTable table = snapshot.table();
        long left = most;
        for (int row = 0; row < table.size() && left > 0; row++) {
            if (test == null || test.matches(row)) {
                EventKind kind = KINDS[(int) table.value(Column.EVENT, row)];
                form.event(snapshot, row, kind, wallMicros(snapshot, row));
                left--;
                written++;
                drain.spill();
            }
        }
        drain.flush();
    }

    /** The clock on the wall, which may be stepped, goes by the moment at which the snapshot was taken. */
    private static long wallMicros(Snapshot snapshot, int row) {
        long nanos = snapshot.table().value(Column.EVENT_NANOS, row);
        return nanos == SocketTable.ABSENT
                ? snapshot.wallMicros()
                : snapshot.wallMicros() - Math.floorDiv(snapshot.monotonicNanos() - nanos, NANOS_A_MICRO);
    }

    /** Says in its place that {@code count} events were dropped, where the form has room for that. */
    public void dropped(long wallMicros, long count) throws IOException {
        begin();
        form.dropped(wallMicros, count);
        drain.flush();
    }

    /** Ends the whole in good order, whether or not an event came. */
    public void end() throws IOException {
        begin();
        form.end();
        drain.flush();
    }

    private void begin() {
        if (!begun) {
            form.begin();
            begun = true;
        }
    }
}
