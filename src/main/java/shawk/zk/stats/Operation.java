package shawk.zk.stats;

import java.util.Locale;
import java.util.Set;

/**
 * What a key begins with: ZKTraffic's words, and for what it does not know words made the same way. Immutable.
 *
 * @param index in the list of these
 * @param word {@code GetChildrenRequest}, {@code NodeDataChanged}, {@code watches}
 * @param sort what it is
 */
record Operation(int index, String word, Sort sort) {
    /** How it counts. */
    enum Sort {
        READ,
        WRITE,
        EVENT,
        /** A request that leaves a watch behind, counted besides the request itself. */
        WATCH,
        FOUR_LETTER;

        /** As it is called in JSON and among metrics. */
        String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final Set<String> WRITES = Set.of(
            "create",
            "create2",
            "createContainer",
            "createTTL",
            "delete",
            "deleteContainer",
            "setData",
            "multi",
            "setACL",
            "reconfig");

    /** Whether a request changes something. */
    static Sort sortOf(String op) {
        return WRITES.contains(op) ? Sort.WRITE : Sort.READ;
    }

    boolean isRequest() {
        return sort == Sort.READ || sort == Sort.WRITE;
    }
}
