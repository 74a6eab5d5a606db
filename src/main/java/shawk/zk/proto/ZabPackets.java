package shawk.zk.proto;

/** What a packet of ZAB is about. Pure. */
public final class ZabPackets {
    private ZabPackets() {}

    /** Name of the operation that a proposal is about, or a learner asks for; empty of other messages. */
    public static String operation(Message message) {
        if (message.kind != Kind.ZAB || message.body == null || message.body == ZabRecords.OPAQUE) {
            return "";
        }
        int at = message.bodyFrom;
        return switch ((int) message.opNumber) {
            case ZabTypes.REQUEST -> OpCodes.name(Wire.int32(message.bytes, at + ZabRequests.TYPE_AT));
            case ZabTypes.PROPOSAL, ZabTypes.INFORM -> OpCodes.name(Wire.int32(message.bytes, at + Txns.TYPE_AT));
            case ZabTypes.INFORMANDACTIVATE -> OpCodes.name(Wire.int32(message.bytes, at + Long.BYTES + Txns.TYPE_AT));
            default -> "";
        };
    }
}
