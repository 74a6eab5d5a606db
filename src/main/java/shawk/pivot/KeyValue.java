package shawk.pivot;

import shawk.field.KeyField;
import shawk.model.Snapshot;
import shawk.model.SocketTable;

/** Where {@link Level#key} puts its answer: reused, so that reading makes no object. */
public final class KeyValue {
    private long high;
    private long low = SocketTable.ABSENT;
    private boolean distinct;

    /** High half of the value. */
    public long high() {
        return high;
    }

    /** The value, or its low half, or the number of different ones; {@link SocketTable#ABSENT} = none. */
    public long low() {
        return low;
    }

    /** Whether {@link #low()} is how many different values there are, and not a value. */
    public boolean distinct() {
        return distinct;
    }

    /** Whether there is no value. */
    public boolean absent() {
        return low == SocketTable.ABSENT;
    }

    /** Takes the value of one row. */
    public void read(KeyField field, Snapshot snapshot, int row) {
        set(field.high().read(snapshot, row), field.low().read(snapshot, row), false);
    }

    void set(long newHigh, long newLow, boolean isDistinct) {
        high = newHigh;
        low = newLow;
        distinct = isDistinct;
    }
}
