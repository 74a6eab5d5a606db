package shawk.zk.proto;

import org.jspecify.annotations.Nullable;

/** States of a session that events tell, as {@code Watcher.Event.KeeperState} has them. */
public final class SessionStates {
    private SessionStates() {}

    /** {@code SyncConnected}; {@code state<number>} where it has no name. */
    public static String name(int state) {
        String name = known(state);
        return name == null ? "state" + state : name;
    }

    /** Null = it has no name. */
    static @Nullable String known(int state) {
        return switch (state) {
            case -112 -> "Expired";
            case -1 -> "Unknown";
            case 0 -> "Disconnected";
            case 1 -> "NoSyncConnected";
            case 3 -> "SyncConnected";
            case 4 -> "AuthFailed";
            case 5 -> "ConnectedReadOnly";
            case 6 -> "SaslAuthenticated";
            case 7 -> "Closed";
            default -> null;
        };
    }
}
