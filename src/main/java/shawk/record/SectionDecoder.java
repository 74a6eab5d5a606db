package shawk.record;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * Reads back what {@link SectionEncoder} wrote, from anybody: every count and number is checked. Used by one thread.
 */
final class SectionDecoder {
    private static final int ROWS_MAX = 4_000_000;

    private final Layout layout;
    private final List<Layout.Column> columns;
    private final int[] aging;
    private final int[] countdowns;
    private final int[] twins;
    private final ByteBuffer zeros;
    private Records now;
    private Records old;
    private int[] before = new int[64];
    private int[] fresh = new int[64];
    private int[] numbers = new int[64];
    private long[] drifts = new long[64];

    SectionDecoder(Layout layout) {
        this.layout = layout;
        this.columns = layout.columns();
        this.aging = SectionEncoder.guessed(columns, Layout.Guess.AGING);
        this.countdowns = SectionEncoder.guessed(columns, Layout.Guess.COUNTDOWN);
        this.twins = SectionEncoder.guessed(columns, Layout.Guess.TWIN);
        this.zeros = ByteBuffer.allocateDirect(layout.recordSize());
        this.now = new Records(layout.recordSize());
        this.old = new Records(layout.recordSize());
    }

    Layout layout() {
        return layout;
    }

    /** The records read last; they may be given other numbers before the next {@link #decode}. */
    Records records() {
        return now;
    }

    /** For each record of the sample before the last one its number now, -1 = gone. */
    int[] numbers() {
        return numbers;
    }

    int numbersSize() {
        return old.count();
    }

    /** The next sample stands alone. */
    void forget() {
        now.clear();
    }

    /** Reads records that take at most {@code room} bytes; returns how many they take. */
    int decode(ByteCursor in, long elapsedMillis, int room) throws MalformedException {
        Records recycled = old;
        old = now;
        now = recycled;
        now.clear();
        int count = in.readCount(Math.min(ROWS_MAX, room / layout.recordSize()));
        int freshCount = in.readCount(count);
        ensure(count);
        now.resize(count);
        if (freshCount < count) {
            readPlaces(in.readPart(), count, freshCount);
            readChanges(in, count, elapsedMillis);
        } else {
            for (int row = 0; row < count; row++) {
                before[row] = Alignment.NEW;
                fresh[row] = row;
            }
        }
        if (freshCount > 0) {
            readNews(in, freshCount);
        }
        SectionEncoder.number(before, count, numbers, old.count());
        return count * layout.recordSize();
    }

    private void ensure(int count) {
        int needed = Math.max(count, old.count());
        if (needed > before.length) {
            before = new int[needed + needed / 4];
            fresh = new int[before.length];
            numbers = new int[before.length];
            drifts = new long[before.length];
        }
    }

    private void readPlaces(ByteCursor in, int count, int freshCount) throws MalformedException {
        Tokens.Reader tokens = new Tokens.Reader(in, count);
        boolean more = tokens.next();
        int next = 0;
        int found = 0;
        for (int row = 0; row < count; row++) {
            long token = 0;
            if (more && tokens.index() == row) {
                token = tokens.value();
                more = tokens.next();
            }
            if (token == 1) {
                fresh[found++] = row;
                before[row] = Alignment.NEW;
                continue;
            }
            long from = next + (token == 0 ? 0 : ByteSink.unzigzag(token - 1));
            if (from < 0 || from >= old.count()) {
                throw new MalformedException("a record that was not there before");
            }
            before[row] = (int) from;
            next = before[row] + 1;
        }
        if (found != freshCount) {
            throw new MalformedException(found + " new records, not " + freshCount);
        }
        copyOld(count);
    }

    /** Copies what stayed, many records at once where they stood side by side. */
    private void copyOld(int count) {
        int size = layout.recordSize();
        int row = 0;
        while (row < count) {
            int from = before[row];
            int end = row + 1;
            while (from != Alignment.NEW && end < count && before[end] == from + end - row) {
                end++;
            }
            if (from != Alignment.NEW) {
                now.buffer().put(row * size, old.buffer(), from * size, (end - row) * size);
            }
            row = end;
        }
    }

    private void readChanges(ByteCursor in, int count, long elapsedMillis) throws MalformedException {
        ByteCursor[] parts = new ByteCursor[columns.size()];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = in.readPart();
            if (columns.get(i).guess() == Layout.Guess.SAME) {
                readPlain(parts[i], columns.get(i), count);
            }
        }
        Arrays.fill(drifts, 0, count, elapsedMillis);
        for (int i = 0; i < aging.length; i++) {
            readAging(parts[aging[i]], columns.get(aging[i]), count, i == 0, elapsedMillis);
        }
        for (int column : countdowns) {
            readCountdown(parts[column], columns.get(column), count);
        }
        for (int column : twins) {
            readTwin(parts[column], columns.get(column), count);
        }
    }

    private void readPlain(ByteCursor in, Layout.Column column, int count) throws MalformedException {
        Tokens.Reader tokens = new Tokens.Reader(in, count);
        ByteBuffer records = now.buffer();
        while (tokens.next()) {
            int at = tokens.index() * layout.recordSize() + column.offset();
            long value = Cells.get(records, at, column.width()) + ByteSink.unzigzag(tokens.value());
            Cells.put(records, at, column.width(), value);
        }
    }

    private void readAging(ByteCursor in, Layout.Column column, int count, boolean first, long elapsedMillis)
            throws MalformedException {
        Tokens.Reader tokens = new Tokens.Reader(in, count);
        boolean more = tokens.next();
        long drift = elapsedMillis;
        for (int row = 0; row < count; row++) {
            long off = 0;
            if (more && tokens.index() == row) {
                off = ByteSink.unzigzag(tokens.value());
                more = tokens.next();
            }
            if (before[row] != Alignment.NEW) {
                long was = Cells.get(old.buffer(), oldAt(row, column), column.width());
                long value = SectionEncoder.aged(was, first ? drift : drifts[row]) + off;
                Cells.put(now.buffer(), at(row, column), column.width(), value);
                if (first) {
                    drift += SectionEncoder.drifted(was, off);
                    drifts[row] = drift;
                }
            }
        }
    }

    private void readCountdown(ByteCursor in, Layout.Column column, int count) throws MalformedException {
        Tokens.Reader tokens = new Tokens.Reader(in, count);
        boolean more = tokens.next();
        for (int row = 0; row < count; row++) {
            long off = 0;
            if (more && tokens.index() == row) {
                off = ByteSink.unzigzag(tokens.value());
                more = tokens.next();
            }
            if (before[row] != Alignment.NEW) {
                long was = Cells.get(old.buffer(), oldAt(row, column), column.width());
                long value = SectionEncoder.countedDown(was, drifts[row]) + off;
                Cells.put(now.buffer(), at(row, column), column.width(), value);
            }
        }
    }

    private void readTwin(ByteCursor in, Layout.Column column, int count) throws MalformedException {
        Tokens.Reader tokens = new Tokens.Reader(in, count);
        boolean more = tokens.next();
        Layout.Column leader = columns.get(column.twin());
        for (int row = 0; row < count; row++) {
            long off = 0;
            if (more && tokens.index() == row) {
                off = ByteSink.unzigzag(tokens.value());
                more = tokens.next();
            }
            if (before[row] != Alignment.NEW) {
                long grown = Cells.get(now.buffer(), at(row, leader), leader.width())
                        - Cells.get(old.buffer(), oldAt(row, leader), leader.width());
                long was = Cells.get(old.buffer(), oldAt(row, column), column.width());
                Cells.put(now.buffer(), at(row, column), column.width(), was + grown + off);
            }
        }
    }

    private int at(int row, Layout.Column column) {
        return row * layout.recordSize() + column.offset();
    }

    private int oldAt(int row, Layout.Column column) {
        return before[row] * layout.recordSize() + column.offset();
    }

    private void readNews(ByteCursor in, int freshCount) throws MalformedException {
        int size = layout.recordSize();
        for (int i = 0; i < freshCount; i++) {
            now.buffer().put(fresh[i] * size, zeros, 0, size);
        }
        for (Layout.Column column : columns) {
            Tokens.Reader tokens = new Tokens.Reader(in.readPart(), freshCount);
            boolean more = tokens.next();
            long value = 0;
            for (int i = more ? tokens.index() : freshCount; i < freshCount; i++) {
                if (more && tokens.index() == i) {
                    value += ByteSink.unzigzag(tokens.value());
                    more = tokens.next();
                }
                Cells.put(now.buffer(), at(fresh[i], column), column.width(), value);
            }
        }
    }
}
