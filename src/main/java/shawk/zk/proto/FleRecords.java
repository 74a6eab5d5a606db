package shawk.zk.proto;

import org.jspecify.annotations.Nullable;
import shawk.zk.proto.Layout.Field;

/** How messages of an election are laid out. Immutable. */
final class FleRecords {
    /** Who connects, since 3.5. */
    static final Layout INITIAL = new Layout(
            "Initial",
            ofLong("protocolVersion"),
            ofLong("sid"),
            new Field("electionAddr", Layout.Type.STRING, null, null));

    /** Who connects, up to 3.4. */
    static final Layout OLD_INITIAL = new Layout("Initial", ofLong("sid"));

    private static final String[] STATES = {"LOOKING", "FOLLOWING", "LEADING", "OBSERVING"};

    /** Up to 3.3. */
    private static final int BARE = 28;

    /** With the epoch of who is voted for. */
    private static final int EPOCH = 36;

    /** With a version. */
    private static final int VERSION = 40;

    /** With a configuration's length. */
    private static final int CONFIG = 44;

    private static final int CONFIG_VERSION = 2;

    /** By state, then by form. */
    private static final Layout[][] NOTIFICATIONS = notifications();

    private FleRecords() {}

    private static Layout[][] notifications() {
        Field leader = ofLong("leader");
        Field zxid = new Field("zxid", Layout.Type.ID, null, null);
        Field round = ofLong("electionEpoch");
        Field epoch = ofLong("peerEpoch");
        Field version = new Field("version", Layout.Type.INT, null, null);
        Field config = new Field("config", Layout.Type.STRING, null, null);
        Layout[][] all = new Layout[STATES.length][];
        for (int i = 0; i < STATES.length; i++) {
            Field state = Txns.word("state", STATES[i]);
            all[i] = new Layout[] {
                new Layout("Notification", state, leader, zxid, round),
                new Layout("Notification", state, leader, zxid, round, epoch),
                new Layout("Notification", state, leader, zxid, round, epoch, version),
                new Layout("Notification", state, leader, zxid, round, epoch, version, config),
                new Layout(
                        "Notification",
                        state,
                        leader,
                        zxid,
                        round,
                        epoch,
                        version,
                        new Field("rest", Layout.Type.REST, null, null))
            };
        }
        return all;
    }

    private static Field ofLong(String name) {
        return new Field(name, Layout.Type.LONG, null, null);
    }

    /** Whether a notification can have that length. */
    static boolean isLength(int length) {
        return length == BARE || length == EPOCH || length >= VERSION;
    }

    /** From behind the state on, for a notification that begins at {@code at}; null = it is none. */
    static @Nullable Layout notification(byte[] bytes, int at, int length) {
        int state = Wire.int32(bytes, at);
        if (state < 0 || state >= STATES.length) {
            return null;
        }
        return switch (length) {
            case BARE -> NOTIFICATIONS[state][0];
            case EPOCH -> NOTIFICATIONS[state][1];
            case VERSION -> NOTIFICATIONS[state][2];
            default -> {
                boolean config = Wire.int32(bytes, at + EPOCH) >= CONFIG_VERSION;
                boolean fits = length >= CONFIG && Wire.int32(bytes, at + VERSION) == length - CONFIG;
                yield config ? fits ? NOTIFICATIONS[state][3] : null : NOTIFICATIONS[state][4];
            }
        };
    }
}
