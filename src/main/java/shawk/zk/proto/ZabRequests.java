package shawk.zk.proto;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import shawk.zk.proto.Layout.Field;

/** How a client's request is laid out that a learner hands on to its leader. Immutable. */
final class ZabRequests {
    /** Bytes before the record: session, cxid, type. */
    static final int HEADER = 16;

    /** Where the type is in the header. */
    static final int TYPE_AT = 12;

    /**
     * A request.
     *
     * @param record null = nothing is behind the header
     * @param packet from the session on
     */
    private record Form(@Nullable Layout record, Layout packet, boolean path) {}

    private static final Map<Integer, Form> FORMS = forms();

    private ZabRequests() {}

    private static Map<Integer, Form> forms() {
        Map<Integer, Form> forms = new HashMap<>();
        for (int type = OpCodes.CREATE; type <= OpCodes.WHO_AM_I; type++) {
            if (Records.isKnown(type)) {
                forms.put(type, form(OpCodes.name(type), Records.request(type)));
            }
        }
        forms.put(OpCodes.CREATE_SESSION, form("createSession", Txns.CREATE_SESSION));
        forms.put(OpCodes.CLOSE_SESSION, form("closeSession", null));
        return Map.copyOf(forms);
    }

    private static Form form(String op, @Nullable Layout record) {
        Field session = new Field("sessionId", Layout.Type.ID, null, null);
        Field cxid = new Field("cxid", Layout.Type.INT, null, null);
        Field type = new Field("type", Layout.Type.INT, null, null);
        Field word = Txns.word("op", op);
        if (record == null) {
            return new Form(null, new Layout("Request", session, cxid, type, word, Txns.AUTHINFO), false);
        }
        Field request = new Field("request", Layout.Type.RECORD, null, record);
        boolean path = record.fields().length > 0 && record.fields()[0].name().equals("path");
        return new Form(record, new Layout("Request", session, cxid, type, word, request, Txns.AUTHINFO), path);
    }

    /** Whether there is a name for that type. */
    static boolean isKnown(int type) {
        return FORMS.containsKey(type);
    }

    /** From the session on, for a record between {@code from} and {@code to}; null = it is none of that type. */
    static @Nullable Layout packet(int type, byte[] bytes, int from, int to, boolean strict) {
        Form form = FORMS.get(type);
        if (form == null) {
            return null;
        }
        boolean fits = form.record == null ? from == to : BodyWalker.skip(form.record, bytes, from, to, strict) == to;
        return fits ? form.packet : null;
    }

    /** Whether records of that type begin with a path. */
    static boolean hasPath(int type) {
        Form form = FORMS.get(type);
        return form != null && form.path;
    }
}
