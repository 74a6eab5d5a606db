package shawk.view.zk;

import shawk.tcp.Connection;
import shawk.zk.proto.Message;
import shawk.zk.tally.RequestNames;

/** Requests as ZKTraffic prints them, with its names of fields in its order; those that it does not know alike. */
final class TextRequest {
    private static final int SEQUENTIAL = 2;
    private static final int EPHEMERAL_SEQUENTIAL = 3;
    private static final int TTL_SEQUENTIAL = 6;

    private final ByteOut out;
    private final TextBody body;
    private final RequestNames names;
    private final MultiBrief multi;

    TextRequest(ByteOut out, TextBody body, RequestNames names) {
        this.out = out;
        this.body = body;
        this.names = names;
        this.multi = new MultiBrief(out);
    }

    void write(Message message) {
        switch (message.op) {
            case "connect" -> connect(message);
            case "create", "create2", "createContainer", "createTTL" -> create(message);
            case "multi", "multiRead" -> multi(message);
            case "reconfig" -> reconfig(message);
            case "setWatches", "setWatches2" -> watches(message);
            case "auth" -> auth(message);
            case "ping" ->
                begin(message).ascii("client=").ascii(client(message)).ascii(')');
            case "closeSession" -> {
                begin(message).ascii("client=").ascii(client(message));
                out.ascii(", server=").ascii(server(message)).ascii(')');
            }
            case "delete",
                    "exists",
                    "getData",
                    "setData",
                    "getACL",
                    "setACL",
                    "getChildren",
                    "getChildren2",
                    "sync",
                    "check" -> known(message);
            default -> other(message);
        }
    }

    private ByteOut begin(Message message) {
        return out.ascii(names.ofRequest(message)).ascii('(');
    }

    private void connect(Message message) {
        body.read(message);
        long session = message.session == Message.ABSENT ? 0 : message.session;
        begin(message).ascii("ver=");
        body.write(out, "protocolVersion");
        out.ascii(", zxid=");
        number("lastZxidSeen");
        out.ascii(", timeout=");
        body.write(out, "timeOut");
        out.ascii(", session=").hex(session);
        out.ascii(", readonly=");
        if (body.number("readOnly") == Message.ABSENT && !message.isCut()) {
            out.ascii("False");
        } else {
            body.write(out, "readOnly");
        }
        end(message);
    }

    private void create(Message message) {
        long flags = message.flags;
        boolean ephemeral = RequestNames.isEphemeral(message);
        boolean sequence = flags == SEQUENTIAL || flags == EPHEMERAL_SEQUENTIAL || flags == TTL_SEQUENTIAL;
        begin(message).ascii("size=").number(message.size);
        xid(message);
        path(message);
        out.ascii(", ephemeral=").ascii(flags == Message.ABSENT ? "None" : ephemeral ? "True" : "False");
        out.ascii(", sequence=").ascii(flags == Message.ABSENT ? "None" : sequence ? "True" : "False");
        if (message.ttlMillis != Message.ABSENT) {
            out.ascii(", ttl=").number(message.ttlMillis);
        }
        end(message);
    }

    private void multi(Message message) {
        begin(message);
        header(out, message);
        path(message);
        out.ascii(", client=").ascii(client(message)).ascii(", ops=[");
        multi.write(message);
        out.ascii("])");
    }

    /** The first operation's, which is all that ZKTraffic shows. */
    static void header(ByteOut out, Message message) {
        byte[] bytes = message.bytes;
        int at = message.bodyFrom;
        if (message.to - at < 9) {
            out.ascii(message.isCut() ? "MultiHeader(...)" : "MultiHeader(None)");
            return;
        }
        out.ascii("MultiHeader(opcode=")
                .number(word(bytes, at))
                .ascii(", done=")
                .number(bytes[at + 4] & 1);
        out.ascii(", error=").number(word(bytes, at + 5)).ascii(')');
    }

    private static int word(byte[] bytes, int at) {
        return bytes[at] << 24 | (bytes[at + 1] & 0xff) << 16 | (bytes[at + 2] & 0xff) << 8 | bytes[at + 3] & 0xff;
    }

    private void reconfig(Message message) {
        body.read(message);
        begin(message).ascii("xid=").number(message.xid).ascii(", joining=");
        body.write(out, "joiningServers");
        out.ascii(", leaving=");
        body.write(out, "leavingServers");
        out.ascii(", new_members=");
        body.write(out, "newMembers");
        end(message);
    }

    private void watches(Message message) {
        body.read(message);
        begin(message).ascii("relzxid=");
        number("relativeZxid");
        list("data", "dataWatches");
        list("exist", "existWatches");
        list("child", "childWatches");
        if (message.op.equals("setWatches2")) {
            list("persistent", "persistentWatches");
            list("persistent_recursive", "persistentRecursiveWatches");
        }
        end(message);
    }

    private void list(String name, String field) {
        out.ascii(", ").ascii(name).ascii('=');
        body.write(out, field);
    }

    private void auth(Message message) {
        body.read(message);
        begin(message).ascii("type=");
        body.write(out, "type");
        out.ascii(", scheme=");
        body.write(out, "scheme");
        out.ascii(", credential=");
        body.write(out, "auth");
        end(message);
    }

    private void known(Message message) {
        boolean watch = body.read(message).number("watch") == 1;
        boolean unknown = message.isCut() && mayWatch(message.op);
        begin(message).ascii("xid=").number(message.xid);
        path(message);
        out.ascii(", watch=").ascii(unknown ? "..." : watch ? "True" : "False");
        out.ascii(", size=").number(message.size);
        end(message);
    }

    private static boolean mayWatch(String op) {
        return switch (op) {
            case "exists", "getData", "getChildren", "getChildren2" -> true;
            default -> false;
        };
    }

    private void number(String name) {
        long value = body.number(name);
        if (value == Message.ABSENT) {
            body.write(out, name);
        } else {
            out.number(value);
        }
    }

    /** What came after ZKTraffic: the header, all that is no record, the size. */
    private void other(Message message) {
        begin(message).ascii("xid=").number(message.xid);
        fields(out, body.read(message), "");
        out.ascii(message.isCut() ? ", ..." : "");
        out.ascii(", size=").number(message.size);
        end(message);
    }

    static void fields(ByteOut out, TextBody body, String but) {
        for (int i = 0; i < body.count(); i++) {
            if (!body.isRecord(i) && !body.name(i).equals(but)) {
                out.ascii(", ").ascii(body.name(i)).ascii('=');
                body.write(out, i);
            }
        }
    }

    private void xid(Message message) {
        out.ascii(", xid=").number(message.xid);
    }

    private void path(Message message) {
        out.ascii(", path=");
        if (message.pathFrom >= 0) {
            out.safe(message.bytes, message.pathFrom, message.pathLength);
        } else if (message.isCut()) {
            out.ascii("...");
        }
    }

    private void end(Message message) {
        out.ascii(", client=").ascii(client(message)).ascii(')');
    }

    private static String client(Message message) {
        Connection connection = message.connection;
        return connection == null ? "" : connection.client();
    }

    private static String server(Message message) {
        Connection connection = message.connection;
        return connection == null ? "" : connection.server();
    }
}
