package shawk.record;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import shawk.model.RawSection;

/**
 * How the records of a section are laid out, by this program or by the one that made a recording; and the columns that
 * follow: pieces of fields of 1, 2, 4 or 8 bytes, none of which lies across a boundary of 8. Immutable.
 */
final class Layout {
    private static final int FIELDS_MAX = 1_024;
    private static final int NAME_MAX = 64;
    private static final int RECORD_MAX = 1 << 14;

    /** How the next value of a column is guessed from the last. The numbers stand in recordings. */
    enum Guess {
        /** As it was. */
        SAME,
        /** Milliseconds since something: it has grown by what has passed, unless it is 0. */
        AGING,
        /** Milliseconds until something: it has shrunk by what has passed. */
        COUNTDOWN,
        /** It has grown as much as another column. */
        TWIN
    }

    /** A field of the C structure. {@code twin}: number of the field that it grows with, -1 = none. */
    record Field(String name, int offset, int size, Guess guess, int twin) {}

    /** A piece of a field. {@code twin}: number of a column. */
    record Column(int offset, int width, Guess guess, int twin) {}

    private static final Map<String, Guess> GUESSES = Map.of(
            "last_data_sent_ms", Guess.AGING,
            "last_data_recv_ms", Guess.AGING,
            "last_ack_recv_ms", Guess.AGING,
            "timer_ms", Guess.COUNTDOWN);

    private static final Map<String, String> TWINS = Map.of(
            "bytes_sent", "bytes_acked",
            "data_segs_out", "segs_out",
            "data_segs_in", "segs_in");

    private final String section;
    private final int recordSize;
    private final List<Field> fields;
    private final List<Column> columns;

    private Layout(String section, int recordSize, List<Field> fields) {
        this.section = section;
        this.recordSize = recordSize;
        this.fields = List.copyOf(fields);
        this.columns = List.copyOf(split(fields));
    }

    /** The layout that this program uses. */
    static Layout of(RawSection section) {
        List<String> names = new ArrayList<>(section.layout().keySet());
        List<Field> fields = new ArrayList<>();
        section.layout().forEach((name, place) -> {
            String twin = TWINS.get(name);
            int leader = twin == null ? -1 : names.indexOf(twin);
            Guess guess = leader >= 0 ? Guess.TWIN : GUESSES.getOrDefault(name, Guess.SAME);
            fields.add(new Field(name, place[0], place[1], guess, leader));
        });
        return new Layout(section.id(), section.recordSize(), fields);
    }

    private static List<Column> split(List<Field> fields) {
        List<Column> columns = new ArrayList<>();
        int[] firstColumn = new int[fields.size()];
        for (int i = 0; i < fields.size(); i++) {
            Field field = fields.get(i);
            firstColumn[i] = columns.size();
            int at = field.offset();
            int end = at + field.size();
            while (at < end) {
                int width = Math.min(Integer.highestOneBit(end - at), 8);
                while ((at & 7) + width > 8) {
                    width >>= 1;
                }
                columns.add(new Column(at, width, field.guess(), field.twin()));
                at += width;
            }
        }
        columns.replaceAll(c -> c.twin() < 0 ? c : new Column(c.offset(), c.width(), c.guess(), firstColumn[c.twin()]));
        return columns;
    }

    String section() {
        return section;
    }

    int recordSize() {
        return recordSize;
    }

    List<Field> fields() {
        return fields;
    }

    List<Column> columns() {
        return columns;
    }

    /** Whether records of both are the same bytes. */
    boolean isSameAs(Layout other) {
        return recordSize == other.recordSize && places().equals(other.places());
    }

    private List<String> places() {
        return fields.stream()
                .map(f -> f.name() + ' ' + f.offset() + ' ' + f.size())
                .toList();
    }

    void write(ByteSink out) {
        out.writeText(section);
        out.writeVarint(recordSize);
        out.writeVarint(fields.size());
        for (Field field : fields) {
            out.writeText(field.name());
            out.writeVarint(field.offset());
            out.writeVarint(field.size());
            out.writeByte(field.guess().ordinal());
            out.writeVarint(field.twin() + 1L);
        }
    }

    static Layout read(ByteCursor in) throws MalformedException {
        String section = name(in);
        int recordSize = in.readCount(RECORD_MAX);
        int count = in.readCount(FIELDS_MAX);
        List<Field> fields = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < count; i++) {
            Field field = readField(in, recordSize);
            boolean whole = field.size() == Integer.BYTES || field.size() == Long.BYTES;
            boolean alone = field.guess() == Guess.SAME || whole && field.offset() % field.size() == 0;
            if (!names.add(field.name()) || !alone || (field.guess() == Guess.TWIN) != field.twin() >= 0) {
                throw new MalformedException("a field that cannot be: " + section);
            }
            fields.add(field);
        }
        for (Field field : fields) {
            if (field.twin() >= count || field.twin() >= 0 && !isLeader(fields.get(field.twin()), field)) {
                throw new MalformedException("a field that grows with none: " + section);
            }
        }
        long sizes = fields.stream().mapToLong(Field::size).sum();
        if (sizes > recordSize) {
            throw new MalformedException("fields that overlap: " + section);
        }
        if (recordSize == 0 || count == 0) {
            throw new MalformedException("a section of nothing: " + section);
        }
        return new Layout(section, recordSize, fields);
    }

    private static boolean isLeader(Field leader, Field follower) {
        return leader.guess() == Guess.SAME && leader.size() == follower.size() && leader.offset() % leader.size() == 0;
    }

    private static Field readField(ByteCursor in, int recordSize) throws MalformedException {
        String name = name(in);
        int offset = in.readCount(recordSize);
        int size = in.readCount(recordSize - offset);
        int guess = in.readByte();
        int twin = in.readCount(FIELDS_MAX) - 1;
        if (size == 0 || guess >= Guess.values().length) {
            throw new MalformedException("a field of no size or of no kind");
        }
        return new Field(name, offset, size, Guess.values()[guess], twin);
    }

    private static String name(ByteCursor in) throws MalformedException {
        String name = in.readText();
        if (name.isEmpty() || name.length() > NAME_MAX) {
            throw new MalformedException("a name of " + name.length() + " characters");
        }
        return name;
    }
}
