package shawk.zk.proto;

/**
 * Is shown the fields of a record in their order, by their names in {@code zookeeper.jute}; elements of a vector have
 * empty names. Bytes are valid during the call only. Lengths of -1 are the protocol's null.
 */
public interface BodyVisitor {
    void beginRecord(String name);

    void endRecord();

    /** @param count elements; -1 = null, and then {@link #endVector} follows at once */
    void beginVector(String name, int count);

    void endVector();

    void number(String name, long value);

    void truth(String name, boolean value);

    /** A 64-bit id: zxid, session, owner; machine-readable output has it as text. */
    void id(String name, long value);

    void text(String name, byte[] bytes, int from, int length);

    void buffer(String name, byte[] bytes, int from, int length);

    /**
     * A buffer that somebody may log in with.
     *
     * @param scheme of the authentication; empty = a session's password or a token of SASL, all of which is secret
     */
    void secret(String name, String scheme, byte[] bytes, int from, int length);

    /** A word of this program's own, as the name of a sub-operation. */
    void word(String name, String constant);
}
