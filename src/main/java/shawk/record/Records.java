package shawk.record;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Room for the records of a section, which grows. Used by one thread. */
final class Records {
    private final int recordSize;
    private ByteBuffer buffer = allocate(0);
    private int count;

    Records(int recordSize) {
        this.recordSize = recordSize;
    }

    private static ByteBuffer allocate(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    }

    ByteBuffer buffer() {
        return buffer;
    }

    int count() {
        return count;
    }

    /** Room for {@code newCount} records, whose content is undefined. */
    void resize(int newCount) {
        long needed = (long) newCount * recordSize;
        if (needed > buffer.capacity()) {
            buffer = allocate((int) Math.min(Integer.MAX_VALUE - 8, needed + needed / 8));
        }
        count = newCount;
    }

    void clear() {
        count = 0;
    }

    /** Takes a copy of the first records of {@code from}. */
    void copy(ByteBuffer from, int newCount) {
        resize(newCount);
        buffer.put(0, from, 0, newCount * recordSize);
    }

    /** Puts {@code numbers[v]} in the place of each number v of four bytes at {@code offset}; -1 where it has none. */
    void renumber(int offset, int[] numbers, int size) {
        for (int row = 0; row < count; row++) {
            int at = row * recordSize + offset;
            int number = buffer.getInt(at);
            buffer.putInt(at, number >= 0 && number < size ? numbers[number] : -1);
        }
    }
}
