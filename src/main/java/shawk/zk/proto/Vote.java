package shawk.zk.proto;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A notification of an election: what a server is, and whom it votes for or follows.
 *
 * @param state what it is
 * @param leader whom it votes for or follows; {@link Long#MIN_VALUE} of an observer that knows nobody yet
 * @param zxid the last one of whom it votes for
 * @param round of the election
 * @param epoch of whom it votes for; {@link Message#ABSENT} before 3.4
 */
public record Vote(State state, long leader, long zxid, long round, long epoch) {
    /** What a server is, in the order of the protocol. */
    public enum State {
        LOOKING,
        FOLLOWING,
        LEADING,
        OBSERVING
    }

    private static final int ZXID_AT = 8;
    private static final int ROUND_AT = 16;
    private static final int EPOCH_AT = 24;
    private static final int CONFIG_AT = 40;
    private static final int WITH_EPOCH = 36;
    private static final int WITH_CONFIG = 44;

    /** Of a notification; null of every other message. */
    public static @Nullable Vote of(Message message) {
        if (!isNotification(message)) {
            return null;
        }
        byte[] bytes = message.bytes;
        int at = message.bodyFrom;
        return new Vote(
                State.values()[(int) message.opNumber],
                Wire.int64(bytes, at),
                Wire.int64(bytes, at + ZXID_AT),
                Wire.int64(bytes, at + ROUND_AT),
                message.size >= WITH_EPOCH ? Wire.int64(bytes, at + EPOCH_AT) : Message.ABSENT);
    }

    /** Whether it would be preferred to {@code other} in a round: more is known to who is voted for. */
    public boolean isBetter(Vote other) {
        if (epoch != other.epoch) {
            return epoch > other.epoch;
        }
        return zxid != other.zxid ? zxid > other.zxid : leader > other.leader;
    }

    /** Whether it is a notification. */
    private static boolean isNotification(Message message) {
        return message.kind == Kind.FLE && message.body != null && message.op.equals(FleConversation.NOTIFICATION);
    }

    /** The configuration that comes with a notification, or with {@code NEWLEADER}; empty where there is none. */
    public static String config(Message message) {
        int at = -1;
        if (isNotification(message) && message.size > WITH_CONFIG) {
            at = message.bodyFrom + CONFIG_AT - Integer.BYTES;
        } else if (message.kind == Kind.ZAB
                && message.opNumber == ZabTypes.NEWLEADER
                && message.body == ZabRecords.NEW_LEADER) {
            at = message.bodyFrom;
        }
        int length = at < 0 ? 0 : Wire.int32(message.bytes, at);
        boolean there = length > 0 && length <= message.to - at - Integer.BYTES;
        return there ? new String(message.bytes, at + Integer.BYTES, length, StandardCharsets.UTF_8) : "";
    }

    /** The address with which a server introduces itself; empty where there is none. */
    public static String address(Message message) {
        if (message.kind != Kind.FLE || message.body != FleRecords.INITIAL) {
            return "";
        }
        int at = message.bodyFrom + 2 * Long.BYTES;
        return new String(message.bytes, at + Integer.BYTES, Wire.int32(message.bytes, at), StandardCharsets.UTF_8);
    }
}
