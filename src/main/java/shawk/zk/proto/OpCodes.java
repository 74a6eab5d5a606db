package shawk.zk.proto;

import org.jspecify.annotations.Nullable;

/** Operations of the client protocol, as {@code ZooDefs.OpCode} and {@code zookeeper.jute} name them. */
public final class OpCodes {
    public static final int CREATE = 1;
    public static final int DELETE = 2;
    public static final int EXISTS = 3;
    public static final int GET_DATA = 4;
    public static final int SET_DATA = 5;
    public static final int GET_ACL = 6;
    public static final int SET_ACL = 7;
    public static final int GET_CHILDREN = 8;
    public static final int SYNC = 9;
    public static final int PING = 11;
    public static final int GET_CHILDREN2 = 12;
    public static final int CHECK = 13;
    public static final int MULTI = 14;
    public static final int CREATE2 = 15;
    public static final int RECONFIG = 16;
    public static final int CHECK_WATCHES = 17;
    public static final int REMOVE_WATCHES = 18;
    public static final int CREATE_CONTAINER = 19;
    public static final int DELETE_CONTAINER = 20;
    public static final int CREATE_TTL = 21;
    public static final int MULTI_READ = 22;
    public static final int AUTH = 100;
    public static final int SET_WATCHES = 101;
    public static final int SASL = 102;
    public static final int GET_EPHEMERALS = 103;
    public static final int GET_ALL_CHILDREN_NUMBER = 104;
    public static final int SET_WATCHES2 = 105;
    public static final int ADD_WATCH = 106;
    public static final int WHO_AM_I = 107;
    public static final int CREATE_SESSION = -10;
    public static final int CLOSE_SESSION = -11;
    public static final int ERROR = -1;

    /** What the first message of a connection is called; it has no number. */
    public static final String CONNECT = "connect";

    /** First of those that only ClickHouse Keeper has: they are named, and what they hold is not read. */
    static final int FOREIGN_FROM = 500;

    /** Last of them. */
    static final int FOREIGN_TO = 507;

    private static final String[] NAMES = {
        "notification",
        "create",
        "delete",
        "exists",
        "getData",
        "setData",
        "getACL",
        "setACL",
        "getChildren",
        "sync",
        null,
        "ping",
        "getChildren2",
        "check",
        "multi",
        "create2",
        "reconfig",
        "checkWatches",
        "removeWatches",
        "createContainer",
        "deleteContainer",
        "createTTL",
        "multiRead",
    };

    private static final String[] NAMES_100 = {
        "auth", "setWatches", "sasl", "getEphemerals", "getAllChildrenNumber", "setWatches2", "addWatch", "whoAmI",
    };

    private static final String[] NAMES_500 = {
        "filteredList",
        "checkNotExists",
        "createIfNotExists",
        "removeRecursive",
        "checkStat",
        "tryRemove",
        "filteredListWithStatsAndData",
        "listRecursive",
    };

    private OpCodes() {}

    /** {@code create2}; {@code op<number>} where it has no name. */
    public static String name(int op) {
        String name = known(op);
        return name == null ? "op" + op : name;
    }

    /** Null = it has no name. */
    static @Nullable String known(int op) {
        if (op >= 0 && op < NAMES.length) {
            return NAMES[op];
        }
        if (op >= AUTH && op < AUTH + NAMES_100.length) {
            return NAMES_100[op - AUTH];
        }
        if (isForeign(op)) {
            return NAMES_500[op - FOREIGN_FROM];
        }
        return switch (op) {
            case ERROR -> "error";
            case CREATE_SESSION -> "createSession";
            case CLOSE_SESSION -> "closeSession";
            default -> null;
        };
    }

    /** Whether a client may ask for it. */
    static boolean isRequest(int op) {
        return op > 0 && known(op) != null || op == CLOSE_SESSION;
    }

    static boolean isForeign(int op) {
        return op >= FOREIGN_FROM && op <= FOREIGN_TO;
    }

    /** Whether it changes something, as ZooKeeper's request processors tell them apart. */
    public static boolean isWrite(int op) {
        return switch (op) {
            case CREATE,
                    DELETE,
                    SET_DATA,
                    SET_ACL,
                    MULTI,
                    CREATE2,
                    RECONFIG,
                    CREATE_CONTAINER,
                    DELETE_CONTAINER,
                    CREATE_TTL -> true;
            default -> false;
        };
    }
}
