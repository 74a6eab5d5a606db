package shawk.view.zk;

import shawk.model.SafeText;
import shawk.tcp.Connection;
import shawk.zk.proto.BodyWalker;
import shawk.zk.proto.ErrorCodes;
import shawk.zk.proto.Kind;
import shawk.zk.proto.Message;
import shawk.zk.proto.MessageSink.Unanswered;

/** A message of a client, of its server or about them as one JSON object. Used by one thread. */
final class MessageJson {
    private final ByteOut out;
    private final BodyJson body;
    private final Output output;
    private final ServerJson servers;

    MessageJson(ByteOut out, Output output) {
        this.out = out;
        this.output = output;
        this.body = new BodyJson(out, output.bodyBytes(), output.credentials());
        this.servers = new ServerJson(out, output);
    }

    /** Writes a message. */
    void write(Message message) {
        if (message.kind == Kind.ZAB || message.kind == Kind.FLE) {
            servers.write(message);
            return;
        }
        out.ascii("{\"t\":").seconds(Math.max(0, message.micros));
        out.ascii(",\"kind\":\"").ascii(message.kind.id());
        if (message.op.isEmpty()) {
            out.ascii("\",\"op\":null");
        } else {
            out.ascii("\",\"op\":\"").ascii(message.op).ascii('"');
        }
        number(",\"xid\":", message.xid);
        if (message.zxid == Message.ABSENT) {
            out.ascii(",\"zxid\":null");
        } else {
            out.ascii(",\"zxid\":");
            BodyJson.id(out, message.zxid);
        }
        error(message.error);
        path(message);
        ends(message);
        number(",\"size\":", message.size);
        number(",\"latency\":", message.latencyMicros);
        out.ascii(",\"body\":");
        writeBody(message);
        if (message.kind == Kind.NOTE) {
            out.ascii(",\"text\":\"").json(SafeText.of(message.text)).ascii('"');
        }
        out.ascii(message.late == null ? "" : ",\"late\":true");
        out.ascii('}');
    }

    /** Writes that a request has no reply. */
    void unanswered(Message request, Unanswered why, long micros) {
        out.ascii("{\"t\":").seconds(Math.max(0, micros));
        out.ascii(",\"kind\":\"note\",\"op\":\"").ascii(request.op).ascii('"');
        number(",\"xid\":", request.xid);
        out.ascii(",\"zxid\":null,\"err\":null,\"error\":null");
        path(request);
        ends(request);
        out.ascii(",\"size\":null,\"latency\":null,\"body\":null,\"text\":\"no reply: ");
        out.ascii(Reasons.of(why)).ascii("\"}");
    }

    /** Writes the body alone: an object, or null. */
    void writeBody(Message message) {
        if (message.body != null) {
            int before = out.length();
            out.ascii('{');
            body.restart();
            if (BodyWalker.walk(message, body)) {
                out.ascii('}');
                return;
            }
            out.cut(before);
        } else if (message.kind == Kind.FOUR_LETTER && !message.toServer) {
            out.ascii("{\"len\":").number(message.size).ascii(",\"text\":\"");
            out.json(message.bytes, message.from, answer(message)).ascii("\"}");
            return;
        } else if (message.kind == Kind.NOTE && output.bad() && message.to > message.from) {
            out.ascii("{\"bytes\":");
            int most = Math.min(output.bodyBytes(), HexDump.shown(message, output.credentials()));
            BodyJson.buffer(out, message.bytes, message.from, message.to - message.from, most);
            out.ascii('}');
            return;
        }
        out.ascii("null");
    }

    /** How many bytes of an answer are shown: no character is cut in two. */
    private int answer(Message message) {
        int end = message.from + Math.min(output.bodyBytes(), message.to - message.from);
        while (end > message.from && end < message.to && (message.bytes[end] & 0xc0) == 0x80) {
            end--;
        }
        return end - message.from;
    }

    private void error(long error) {
        if (error == Message.ABSENT) {
            out.ascii(",\"err\":null,\"error\":null");
        } else if (error == 0) {
            out.ascii(",\"err\":0,\"error\":null");
        } else {
            out.ascii(",\"err\":").number(error).ascii(",\"error\":\"");
            out.ascii(ErrorCodes.name((int) error)).ascii('"');
        }
    }

    /** A reply is about what its request was about. */
    private void path(Message message) {
        Message about = message.withPath();
        if (about.pathFrom < 0) {
            out.ascii(",\"path\":null");
        } else {
            out.ascii(",\"path\":\"")
                    .json(about.bytes, about.pathFrom, about.pathLength)
                    .ascii('"');
        }
    }

    private void ends(Message message) {
        Connection connection = message.connection;
        if (connection == null) {
            out.ascii(",\"client\":null,\"server\":null");
        } else {
            out.ascii(",\"client\":\"").ascii(connection.client());
            out.ascii("\",\"server\":\"").ascii(connection.server()).ascii('"');
        }
        if (message.session == Message.ABSENT) {
            out.ascii(",\"session\":null");
        } else {
            out.ascii(",\"session\":");
            BodyJson.id(out, message.session);
        }
    }

    private void number(String name, long value) {
        out.ascii(name);
        if (value == Message.ABSENT) {
            out.ascii("null");
        } else {
            out.number(value);
        }
    }
}
