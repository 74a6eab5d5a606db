package shawk.zk.proto;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import shawk.zk.proto.Layout.Field;

/** How packets of ZAB are laid out from their data on. Immutable. */
final class ZabRecords {
    private static final Map<String, Layout> RECORDS = Layouts.parse("""
            Id scheme:string id:string
            Empty authinfo:Id[]
            Opaque data:buffer authinfo:Id[]
            NewLeader config:string authinfo:Id[]
            CommitAndActivate designatedLeader:long authinfo:Id[]
            LeaderInfo protocolVersion:int authinfo:Id[]
            AckEpoch epoch:int authinfo:Id[]
            Revalidate sessionId:id timeout:int authinfo:Id[]
            Revalidated sessionId:id valid:bool authinfo:Id[]
            LearnerInfo8 serverid:long authinfo:Id[]
            LearnerInfo12 serverid:long protocolVersion:int authinfo:Id[]
            LearnerInfo20 serverid:long protocolVersion:int configVersion:id authinfo:Id[]
            Touch sessionId:id timeout:int
            """);

    /** From the length of the data on: data that nothing is known of. */
    static final Layout OPAQUE = named("Opaque");

    /** Behind the data, of which there are none. */
    static final Layout EMPTY = named("Empty");

    static final Layout COMMIT_AND_ACTIVATE = named("CommitAndActivate");
    static final Layout LEADER_INFO = named("LeaderInfo");
    static final Layout ACK_EPOCH = named("AckEpoch");
    static final Layout REVALIDATE = named("Revalidate");
    static final Layout REVALIDATED = named("Revalidated");

    /** From the length of the data on. */
    static final Layout NEW_LEADER = named("NewLeader");

    /** From the length of the data on. */
    static final Layout PING = new Layout(
            "Ping",
            new Field("sessions", Layout.Type.FILL, new Field("", Layout.Type.RECORD, null, named("Touch")), null),
            Txns.AUTHINFO);

    private static final Layout LEARNER_INFO_8 = named("LearnerInfo8");
    private static final Layout LEARNER_INFO_12 = named("LearnerInfo12");
    private static final Layout LEARNER_INFO_20 = named("LearnerInfo20");

    private ZabRecords() {}

    private static Layout named(String name) {
        Layout layout = RECORDS.get(name);
        if (layout == null) {
            throw new IllegalArgumentException("no such record: " + name);
        }
        return layout;
    }

    /** {@code LearnerInfo} of that many bytes; null = there is none. */
    static @Nullable Layout learnerInfo(int length) {
        return switch (length) {
            case 8 -> LEARNER_INFO_8;
            case 12 -> LEARNER_INFO_12;
            case 20 -> LEARNER_INFO_20;
            default -> null;
        };
    }
}
