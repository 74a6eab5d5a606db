package shawk.zk.proto;

import org.jspecify.annotations.Nullable;

/** How a record is laid out: its fields in their order. Immutable. */
public final class Layout {
    /** What a field is made of. */
    public enum Type {
        /** 4 bytes, big endian. */
        INT(4, 4),
        /** 8 bytes. */
        LONG(8, 8),
        /** 8 bytes, an id. */
        ID(8, 8),
        /** 1 byte. */
        BOOL(1, 1),
        /** 1 byte that older programs leave out at the end of a record. */
        OPTIONAL_BOOL(0, -1),
        /** Length of 4 bytes, -1 = null; bytes. */
        BUFFER(4, -1),
        /** The same, UTF-8. */
        STRING(4, -1),
        /** A buffer that is a credential; of the scheme that the string before it says, if there is one. */
        SECRET(4, -1),
        /** A record in place. */
        RECORD(0, -1),
        /** Count of 4 bytes, -1 = null; elements. */
        VECTOR(4, -1),
        /** Operations of a multi: headers and records, up to the header that says it is done. */
        OPERATIONS(9, -1),
        /** Results of a multi. */
        RESULTS(9, -1),
        /** Length of 4 bytes, -1 = null; as many elements as fill it. */
        FILL(4, -1),
        /** Transactions of a multi: a count, and of each its type and its record in a buffer. */
        TXNS(4, -1),
        /** No bytes: a word, which is the name of {@link Field#record}. */
        WORD(0, 0),
        /** What is left, as bytes. */
        REST(0, -1);

        private final int least;
        private final int fixed;

        Type(int least, int fixed) {
            this.least = least;
            this.fixed = fixed;
        }
    }

    /**
     * A field.
     *
     * @param name as in {@code zookeeper.jute}
     * @param element what a vector, or what fills, is made of; null elsewhere
     * @param record what a record is made of; null elsewhere
     */
    public record Field(
            String name,
            Type type,
            @Nullable Field element,
            @Nullable Layout record) {
        /** Bytes that it has at least. */
        int least() {
            return record == null ? type.least : record.least;
        }

        /** Bytes that it always has; -1 = it depends. */
        int fixed() {
            return record == null ? type.fixed : record.fixed;
        }
    }

    private final String name;
    private final Field[] fields;
    private final int least;
    private final int fixed;

    /** @param name of the record, as in {@code zookeeper.jute}: {@code CreateRequest} */
    public Layout(String name, Field... fields) {
        this.name = name;
        this.fields = fields.clone();
        int leastSum = 0;
        int fixedSum = 0;
        for (Field field : fields) {
            leastSum += field.least();
            fixedSum = fixedSum < 0 || field.fixed() < 0 ? -1 : fixedSum + field.fixed();
        }
        least = leastSum;
        fixed = fixedSum;
    }

    /** As in {@code zookeeper.jute}. */
    public String name() {
        return name;
    }

    /** Not to be changed. */
    Field[] fields() {
        return fields;
    }

    /** Bytes that a record has at least. */
    int least() {
        return least;
    }

    /** Bytes that every record has; -1 = it depends. */
    int fixed() {
        return fixed;
    }

    @Override
    public String toString() {
        return name;
    }
}
