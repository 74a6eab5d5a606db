package shawk.zk.proto;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import shawk.zk.proto.Layout.Field;

/** Transactions: how the record of each type is laid out, and how a proposal with one. Immutable. */
final class Txns {
    /** Bytes of a {@code TxnHeader}. */
    static final int HEADER = 32;

    /** Where the zxid is in a header. */
    static final int ZXID_AT = 12;

    /** Where the type is in a header. */
    static final int TYPE_AT = 28;

    /** Bytes of a {@code TxnDigest}. */
    private static final int DIGEST = 12;

    /** The only version of digests that there is. */
    private static final int DIGEST_VERSION = 2;

    private static final Map<String, Layout> RECORDS = Layouts.parse("""
            Id scheme:string id:string
            ACL perms:int id:Id
            TxnHeader clientId:id cxid:int zxid:id time:long type:int
            TxnDigest version:int treeDigest:long
            CreateTxn path:string data:buffer acl:ACL[] ephemeral:bool parentCVersion:int
            CreateTxnV0 path:string data:buffer acl:ACL[] ephemeral:bool
            CreateTTLTxn path:string data:buffer acl:ACL[] parentCVersion:int ttl:long
            CreateContainerTxn path:string data:buffer acl:ACL[] parentCVersion:int
            DeleteTxn path:string
            SetDataTxn path:string data:buffer version:int
            SetACLTxn path:string acl:ACL[] version:int
            CheckVersionTxn path:string version:int
            CreateSessionTxn timeOut:int
            CloseSessionTxn paths2Delete:string[]
            CloseSessionTxnV0
            ErrorTxn err:int
            MultiTxn txns:txns
            Proposal authinfo:Id[]
            """);

    /** Who asked: the last field of each packet. */
    static final Field AUTHINFO = named("Proposal").fields()[0];

    /** What a learner asks for when a client begins a session. */
    static final Layout CREATE_SESSION = named("CreateSessionTxn");

    /**
     * What a proposal can look like.
     *
     * @param record of the transaction
     * @param plain from the header on
     * @param digested the same with a digest
     * @param activating with a leader before the header
     * @param activatingDigested the same with a digest
     * @param path whether the record begins with one
     */
    private record Form(
            Layout record, Layout plain, Layout digested, Layout activating, Layout activatingDigested, boolean path) {
        static Form of(String op, String name) {
            Field[] fields = named(name).fields();
            Field[] all = new Field[fields.length + 1];
            all[0] = word("op", op);
            System.arraycopy(fields, 0, all, 1, fields.length);
            Layout record = new Layout(name, all);
            Field leader = new Field("designatedLeader", Layout.Type.LONG, null, null);
            Field hdr = new Field("hdr", Layout.Type.RECORD, null, named("TxnHeader"));
            Field txn = new Field("txn", Layout.Type.RECORD, null, record);
            Field digest = new Field("digest", Layout.Type.RECORD, null, named("TxnDigest"));
            return new Form(
                    record,
                    new Layout("Proposal", hdr, txn, AUTHINFO),
                    new Layout("Proposal", hdr, txn, digest, AUTHINFO),
                    new Layout("Proposal", leader, hdr, txn, AUTHINFO),
                    new Layout("Proposal", leader, hdr, txn, digest, AUTHINFO),
                    fields.length > 0 && fields[0].name().equals("path"));
        }

        Layout layout(boolean activates, boolean digest) {
            if (activates) {
                return digest ? activatingDigested : activating;
            }
            return digest ? digested : plain;
        }
    }

    private static final Form CREATE_V0 = Form.of("create", "CreateTxnV0");
    private static final Form CLOSE_V0 = Form.of("closeSession", "CloseSessionTxnV0");
    private static final Map<Integer, Form> FORMS = forms();

    private Txns() {}

    private static Map<Integer, Form> forms() {
        Map<Integer, Form> forms = new HashMap<>();
        put(forms, OpCodes.CREATE, "CreateTxn");
        put(forms, OpCodes.DELETE, "DeleteTxn");
        put(forms, OpCodes.SET_DATA, "SetDataTxn");
        put(forms, OpCodes.SET_ACL, "SetACLTxn");
        put(forms, OpCodes.CHECK, "CheckVersionTxn");
        put(forms, OpCodes.MULTI, "MultiTxn");
        put(forms, OpCodes.CREATE2, "CreateTxn");
        put(forms, OpCodes.RECONFIG, "SetDataTxn");
        put(forms, OpCodes.CREATE_CONTAINER, "CreateContainerTxn");
        put(forms, OpCodes.DELETE_CONTAINER, "DeleteTxn");
        put(forms, OpCodes.CREATE_TTL, "CreateTTLTxn");
        put(forms, OpCodes.ERROR, "ErrorTxn");
        put(forms, OpCodes.CREATE_SESSION, "CreateSessionTxn");
        put(forms, OpCodes.CLOSE_SESSION, "CloseSessionTxn");
        return Map.copyOf(forms);
    }

    private static void put(Map<Integer, Form> forms, int type, String record) {
        forms.put(type, Form.of(OpCodes.name(type), record));
    }

    private static Layout named(String name) {
        Layout layout = RECORDS.get(name);
        if (layout == null) {
            throw new IllegalArgumentException("no such record: " + name);
        }
        return layout;
    }

    /** A field that takes no bytes. */
    static Field word(String name, String constant) {
        return new Field(name, Layout.Type.WORD, null, new Layout(constant));
    }

    /** How the record of a transaction is laid out; null = no such type. */
    static @Nullable Layout record(int type) {
        Form form = FORMS.get(type);
        return form == null ? null : form.record;
    }

    /**
     * How a proposal is laid out whose record and digest are between {@code from} and {@code to}.
     *
     * @param activates whether a leader stands before the header
     * @param strict as in {@link BodyWalker#skip}
     * @return null = the type is unknown, or the bytes are none of its records
     */
    static @Nullable Layout proposal(int type, boolean activates, byte[] bytes, int from, int to, boolean strict) {
        Form form = FORMS.get(type);
        if (form == null) {
            return null;
        }
        if (type == OpCodes.CLOSE_SESSION && (from == to || isDigest(bytes, from, to))) {
            return CLOSE_V0.layout(activates, from < to);
        }
        int end = BodyWalker.skip(form.record, bytes, from, to, strict);
        if (end == to || end != BodyWalker.NO && isDigest(bytes, end, to)) {
            return form.layout(activates, end < to);
        }
        boolean old = type == OpCodes.CREATE && BodyWalker.skip(CREATE_V0.record, bytes, from, to, strict) == to;
        return old ? CREATE_V0.layout(activates, false) : null;
    }

    /** Whether records of that type begin with a path. */
    static boolean hasPath(int type) {
        Form form = FORMS.get(type);
        return form != null && form.path;
    }

    /** Whether there is a name for that type. */
    static boolean isKnown(int type) {
        return FORMS.containsKey(type);
    }

    private static boolean isDigest(byte[] bytes, int from, int to) {
        return to - from == DIGEST && Wire.int32(bytes, from) == DIGEST_VERSION;
    }
}
