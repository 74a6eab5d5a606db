package shawk.zk.stats;

/** Bounds of what is counted. What finds no room counts under {@code (other)}; totals are exact all the same. */
final class Limits {
    /** Keys of each of the three tables: paths, clients, users. */
    static final int KEYS = 32_768;

    /** Further ones for what found no room. */
    static final int OTHER_KEYS = 256;

    static final int PATHS = 32_768;
    static final int PATHS_BYTES = 8 << 20;
    static final int ADDRESSES = 8_192;
    static final int USERS = 4_096;

    /** Clients whose user is remembered. */
    static final int CLIENTS = 16_384;

    /** Bytes of a path, and of a user's name, that make a key. */
    static final int NAME_BYTES = 512;

    /** Sorts of messages. */
    static final int OPERATIONS = 128;

    /** Pairs of an operation and an error. */
    static final int ERRORS = 2_048;

    private Limits() {}
}
