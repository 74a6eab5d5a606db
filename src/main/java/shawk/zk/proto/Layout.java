package shawk.zk.proto;

import org.jspecify.annotations.Nullable;

/**
 * How a record is laid out: its fields in their order. Immutable.
 *
 * @param name of the record, as in {@code zookeeper.jute}: {@code CreateRequest}
 */
public record Layout(String name, Field... fields) {
    /** What a field is made of. */
    public enum Type {
        /** 4 bytes, big endian. */
        INT,
        /** 8 bytes. */
        LONG,
        /** 8 bytes, an id. */
        ID,
        /** 1 byte. */
        BOOL,
        /** 1 byte that older programs leave out at the end of a record. */
        OPTIONAL_BOOL,
        /** Length of 4 bytes, -1 = null; bytes. */
        BUFFER,
        /** The same, UTF-8. */
        STRING,
        /** A buffer that is a credential. */
        SECRET,
        /** A record in place. */
        RECORD,
        /** Count of 4 bytes, -1 = null; elements. */
        VECTOR,
        /** Operations of a multi: headers and records, up to the header that says it is done. */
        OPERATIONS,
        /** Results of a multi. */
        RESULTS,
        /** What is left, as bytes. */
        REST
    }

    /**
     * A field.
     *
     * @param name as in {@code zookeeper.jute}
     * @param element what a vector is made of, or of what type the record is; null elsewhere
     */
    public record Field(
            String name,
            Type type,
            @Nullable Field element,
            @Nullable Layout record) {}
}
