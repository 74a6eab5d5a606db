package shawk.zk.proto;

/** What watches tell, as {@code Watcher.Event.EventType} has it. */
public final class EventTypes {
    private static final int FIRST = -1;

    private static final String[] NAMES = {
        "None",
        null,
        "NodeCreated",
        "NodeDeleted",
        "NodeDataChanged",
        "NodeChildrenChanged",
        "DataWatchRemoved",
        "ChildWatchRemoved",
        "PersistentWatchRemoved",
    };

    private EventTypes() {}

    /** {@code NodeCreated}; {@code event<number>} where it has no name. */
    public static String name(int type) {
        return isKnown(type) ? NAMES[type - FIRST] : "event" + type;
    }

    static boolean isKnown(int type) {
        return type >= FIRST && type < FIRST + NAMES.length && NAMES[type - FIRST] != null;
    }
}
