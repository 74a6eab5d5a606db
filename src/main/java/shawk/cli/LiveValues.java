package shawk.cli;

import java.util.List;
import java.util.TreeSet;
import shawk.field.KeyField;
import shawk.model.Snapshot;
import shawk.model.SocketTable;
import shawk.text.Human;

/**
 * The values that a field has now, for completion: of the last sample, which is not older than a few seconds. Used by
 * one thread.
 */
final class LiveValues {
    /** Values of a field at most. */
    static final int VALUES_MAX = 500;

    private static final long FRESH_NANOS = 5_000_000_000L;

    private final Sampler sampler;
    private Snapshot snapshot = Snapshot.EMPTY;
    private long taken;

    /** Takes one sample. */
    @FunctionalInterface
    interface Sampler {
        Snapshot query() throws Failure;
    }

    LiveValues(Sampler sampler) {
        this.sampler = sampler;
    }

    /** The values, in order; none where nothing can be seen. */
    List<String> of(KeyField field) {
        if (field.type() == KeyField.Type.ENUM) {
            return field.names();
        }
        refresh();
        TreeSet<String> values = new TreeSet<>();
        StringBuilder cell = new StringBuilder();
        for (int row = 0; row < snapshot.table().size() && values.size() < VALUES_MAX; row++) {
            long low = field.low().read(snapshot, row);
            if (low != SocketTable.ABSENT) {
                cell.setLength(0);
                Human.appendKey(cell, field, snapshot, field.high().read(snapshot, row), low);
                values.add(cell.toString());
            }
        }
        values.remove("");
        return List.copyOf(values);
    }

    private void refresh() {
        long now = System.nanoTime();
        if (taken != 0 && now - taken < FRESH_NANOS) {
            return;
        }
        try {
            snapshot = sampler.query();
        } catch (Failure e) {
            snapshot = Snapshot.EMPTY;
        }
        taken = now;
    }
}
