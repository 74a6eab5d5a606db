package shawk.view.zk;

import org.jspecify.annotations.Nullable;
import shawk.tcp.Connection;
import shawk.text.Human;
import shawk.zk.proto.ErrorCodes;
import shawk.zk.proto.Message;
import shawk.zk.tally.RequestNames;
import shawk.zk.tally.Tally;

/**
 * Replies and events as ZKTraffic prints them, with its names of fields in its order; behind these what it lacks: the
 * client, an error's name, the time since the request.
 */
final class TextReply {
    private final ByteOut out;
    private final TextBody body;
    private final RequestNames names;
    private final MultiBrief multi;
    private final StringBuilder span = new StringBuilder();

    TextReply(ByteOut out, TextBody body, RequestNames names) {
        this.out = out;
        this.body = body;
        this.names = names;
        this.multi = new MultiBrief(out);
    }

    void write(Message message) {
        body.read(message);
        if (message.op.equals("connect")) {
            connect(message);
            return;
        }
        boolean failed = message.error != 0 && message.error != Message.ABSENT;
        out.ascii(Tally.hasFailed(message) ? "Failed" : "")
                .ascii(names.of(message.op))
                .ascii("Reply(xid=")
                .number(message.xid);
        if (!message.op.equals("reconfig")) {
            out.ascii(", zxid=").number(message.zxid);
        }
        out.ascii(", error=").number(message.error);
        boolean several = message.op.equals("multi") || message.op.equals("multiRead");
        if (!failed && several) {
            out.ascii(", header=");
            TextRequest.header(out, message);
        } else {
            fields(message);
        }
        ends(out, message);
        if (failed) {
            out.ascii(", reason=").ascii(ErrorCodes.name((int) message.error));
        } else if (several) {
            out.ascii(", results=[");
            multi.write(message);
            out.ascii(']');
        }
        latency(message);
        out.ascii(')');
    }

    private void connect(Message message) {
        out.ascii(body.number("timeOut") == 0 ? "SessionExpiration(ver=" : "ConnectReply(ver=");
        body.write(out, "protocolVersion");
        out.ascii(", timeout=");
        body.write(out, "timeOut");
        out.ascii(", session=");
        body.write(out, "sessionId");
        out.ascii(", readonly=");
        if (body.number("readOnly") == Message.ABSENT) {
            out.ascii("False");
        } else {
            body.write(out, "readOnly");
        }
        ends(out, message);
        latency(message);
        out.ascii(')');
    }

    private void fields(Message message) {
        switch (message.op) {
            case "getChildren", "getChildren2", "getEphemerals" -> {
                long children = body.number("children");
                long count = children == Message.ABSENT ? body.number("ephemerals") : children;
                out.ascii(", count=").number(Math.max(0, count));
            }
            case "create", "create2", "createContainer", "createTTL" -> {
                out.ascii(", path=");
                if (body.count() > 0) {
                    body.write(out, "path");
                }
            }
            case "getAllChildrenNumber", "whoAmI", "addWatch" -> TextRequest.fields(out, body, "err");
            default -> {}
        }
    }

    void event(Message message) {
        body.read(message);
        if (message.op.startsWith("event")) {
            out.ascii("EventUnknown(type=").number(message.opNumber).ascii(", state=");
        } else {
            out.ascii("Event").ascii(message.op).ascii("(state=");
        }
        body.write(out, "state");
        out.ascii(", path=");
        if (message.pathFrom >= 0) {
            out.safe(message.bytes, message.pathFrom, message.pathLength);
        }
        ends(out, message.connection);
        if (message.zxid != Message.ABSENT && message.zxid != -1) {
            out.ascii(", zxid=").number(message.zxid);
        }
        out.ascii(')');
    }

    private void latency(Message message) {
        if (message.latencyMicros != Message.ABSENT) {
            span.setLength(0);
            Human.appendSpan(span, Math.max(0, message.latencyMicros));
            out.ascii(", latency=").ascii(span.toString());
            out.ascii(message.late == null ? "" : ", late=True");
        }
    }

    private static void ends(ByteOut out, Message message) {
        Connection connection = message.connection;
        if (connection != null) {
            out.ascii(", server=").ascii(connection.server()).ascii(", client=").ascii(connection.client());
        }
    }

    /** Both ends. */
    static void ends(ByteOut out, @Nullable Connection connection) {
        if (connection != null) {
            out.ascii(", client=").ascii(connection.client()).ascii(", server=").ascii(connection.server());
        }
    }
}
