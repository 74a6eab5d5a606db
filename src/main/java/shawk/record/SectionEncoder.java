package shawk.record;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Writes the records of one section as what has changed since the sample before: which record is which, then a sparse
 * column for each piece of a field, of the records that stayed and of the new ones. Makes no object a record. Used by
 * one thread.
 */
final class SectionEncoder {
    /** How far two clocks of the kernel's, read a moment apart, may lie from what has passed, in milliseconds. */
    static final int DRIFT_MOST = 50;

    private final Layout layout;
    private final Alignment alignment;
    private final Records old;
    private final ByteBuffer zeros;
    private final int[] offsets;
    private final int[] widths;
    /** For each eight bytes of a record the columns in them: those that are guessed to stay as they are, and all. */
    private final int[][] plain;

    private final int[][] every;
    private final int[] aging;
    private final int[] countdowns;
    private final int[] twins;
    private final Tokens places = new Tokens();
    private final Tokens[] changes;
    private final Tokens[] news;
    private int[] numbers = new int[64];
    private long drift;

    SectionEncoder(Layout layout) {
        this.layout = layout;
        this.alignment = new Alignment(layout);
        this.old = new Records(layout.recordSize());
        this.zeros = ByteBuffer.allocateDirect(layout.recordSize());
        List<Layout.Column> columns = layout.columns();
        offsets = columns.stream().mapToInt(Layout.Column::offset).toArray();
        widths = columns.stream().mapToInt(Layout.Column::width).toArray();
        plain = byWord(layout, columns, true);
        every = byWord(layout, columns, false);
        aging = guessed(columns, Layout.Guess.AGING);
        countdowns = guessed(columns, Layout.Guess.COUNTDOWN);
        twins = guessed(columns, Layout.Guess.TWIN);
        changes = new Tokens[columns.size()];
        news = new Tokens[columns.size()];
        for (int i = 0; i < changes.length; i++) {
            changes[i] = new Tokens();
            news[i] = new Tokens();
        }
    }

    private static int[][] byWord(Layout layout, List<Layout.Column> columns, boolean plainOnly) {
        int[][] words = new int[(layout.recordSize() + 7) / 8][];
        for (int word = 0; word < words.length; word++) {
            List<Integer> inside = new ArrayList<>();
            for (int i = 0; i < columns.size(); i++) {
                boolean fits = columns.get(i).offset() / 8 == word;
                if (fits && (!plainOnly || columns.get(i).guess() == Layout.Guess.SAME)) {
                    inside.add(i);
                }
            }
            words[word] = inside.stream().mapToInt(Integer::intValue).toArray();
        }
        return words;
    }

    static int[] guessed(List<Layout.Column> columns, Layout.Guess guess) {
        List<Integer> found = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).guess() == guess) {
                found.add(i);
            }
        }
        return found.stream().mapToInt(Integer::intValue).toArray();
    }

    /** What the sample before had; its records may be given other numbers before {@link #encode}. */
    Records old() {
        return old;
    }

    /** Forgets the sample before: the next one is written whole. */
    void forget() {
        old.clear();
    }

    /** Writes {@code count} records, {@code elapsedMillis} after the sample before. */
    void encode(ByteBuffer now, int count, long elapsedMillis, ByteSink out) {
        clear();
        drift = elapsedMillis;
        int[] before = alignment.align(now, count, old);
        renumber(before, count);
        int fresh = 0;
        int lastFresh = -1;
        int expected = 0;
        for (int row = 0; row < count; row++) {
            int from = before[row];
            if (from == Alignment.NEW) {
                places.put(row, 1);
                begin(now, row, lastFresh, fresh++);
                lastFresh = row;
            } else {
                if (from != expected) {
                    places.put(row, ByteSink.zigzag(from - expected) + 1);
                }
                expected = from + 1;
                change(now, row, from);
            }
        }
        old.copy(now, count);
        write(count, fresh, out);
    }

    private void clear() {
        places.clear();
        for (int i = 0; i < changes.length; i++) {
            changes[i].clear();
            news[i].clear();
        }
    }

    private void renumber(int[] before, int count) {
        if (old.count() > numbers.length) {
            numbers = new int[old.count() + old.count() / 4];
        }
        number(before, count, numbers, old.count());
    }

    /** Sets for each old number the new one, -1 where it has none. */
    static void number(int[] before, int count, int[] numbers, int oldCount) {
        Arrays.fill(numbers, 0, oldCount, -1);
        for (int row = 0; row < count; row++) {
            if (before[row] != Alignment.NEW) {
                numbers[before[row]] = row;
            }
        }
    }

    /** For each record of the sample before the last one its number now, -1 = gone. */
    int[] numbers() {
        return numbers;
    }

    private void change(ByteBuffer now, int row, int from) {
        ByteBuffer was = old.buffer();
        int at = row * layout.recordSize();
        int base = from * layout.recordSize();
        int words = layout.recordSize() / 8;
        for (int word = 0; word < plain.length; word++) {
            int place = 8 * word;
            if (word >= words || now.getLong(at + place) != was.getLong(base + place)) {
                for (int column : plain[word]) {
                    emit(changes[column], row, now, at, was, base, column);
                }
            }
        }
        for (int i = 0; i < aging.length; i++) {
            int column = aging[i];
            long before = Cells.get(was, base + offsets[column], widths[column]);
            long off = guess(now, at, row, column, aged(before, drift));
            if (i == 0) {
                drift += drifted(before, off);
            }
        }
        for (int column : countdowns) {
            long before = Cells.get(was, base + offsets[column], widths[column]);
            guess(now, at, row, column, countedDown(before, drift));
        }
        for (int column : twins) {
            int leader = layout.columns().get(column).twin();
            long grown = Cells.get(now, at + offsets[leader], widths[leader])
                    - Cells.get(was, base + offsets[leader], widths[leader]);
            guess(now, at, row, column, Cells.get(was, base + offsets[column], widths[column]) + grown);
        }
    }

    static long aged(long before, long drift) {
        return before == 0 ? 0 : before + drift;
    }

    static long countedDown(long before, long drift) {
        return Math.max(0, before - drift);
    }

    /** What the distance {@code off} of the first aging column says of the time between two looks at its socket. */
    static long drifted(long before, long off) {
        return before != 0 && off >= -DRIFT_MOST && off <= DRIFT_MOST ? off : 0;
    }

    private long guess(ByteBuffer now, int at, int row, int column, long guessed) {
        long value = Cells.get(now, at + offsets[column], widths[column]);
        long off = Cells.difference(value, guessed, widths[column]);
        if (off != 0) {
            changes[column].put(row, ByteSink.zigzag(off));
        }
        return off;
    }

    private void begin(ByteBuffer now, int row, int template, int number) {
        ByteBuffer was = template < 0 ? zeros : now;
        int at = row * layout.recordSize();
        int base = template < 0 ? 0 : template * layout.recordSize();
        int words = layout.recordSize() / 8;
        for (int word = 0; word < every.length; word++) {
            int place = 8 * word;
            if (word >= words || now.getLong(at + place) != was.getLong(base + place)) {
                for (int column : every[word]) {
                    emit(news[column], number, now, at, was, base, column);
                }
            }
        }
    }

    private void emit(Tokens into, int index, ByteBuffer now, int at, ByteBuffer was, int base, int column) {
        int width = widths[column];
        long value = Cells.get(now, at + offsets[column], width);
        long off = Cells.difference(value, Cells.get(was, base + offsets[column], width), width);
        if (off != 0) {
            into.put(index, ByteSink.zigzag(off));
        }
    }

    private void write(int count, int fresh, ByteSink out) {
        out.writeVarint(count);
        out.writeVarint(fresh);
        if (fresh < count) {
            out.writeAll(places.sink());
            for (Tokens each : changes) {
                out.writeAll(each.sink());
            }
        }
        if (fresh > 0) {
            for (Tokens each : news) {
                out.writeAll(each.sink());
            }
        }
    }
}
