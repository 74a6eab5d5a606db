package shawk.view.zk;

import shawk.tcp.Connection;
import shawk.zk.proto.BodyWalker;
import shawk.zk.proto.Message;
import shawk.zk.proto.ZabPackets;

/** What servers say to each other as JSON objects. Used by one thread. */
final class ServerJson {
    private final ByteOut out;
    private final BodyJson body;

    ServerJson(ByteOut out, Output output) {
        this.out = out;
        this.body = new BodyJson(out, output.bodyBytes(), output.credentials());
    }

    /** Writes a message of ZAB or of an election. */
    void write(Message message) {
        Connection connection = message.connection;
        String client = connection == null ? "" : connection.client();
        String server = connection == null ? "" : connection.server();
        out.ascii("{\"t\":").seconds(Math.max(0, message.micros));
        out.ascii(",\"kind\":\"").ascii(message.kind.id());
        out.ascii("\",\"type\":\"").ascii(message.op);
        out.ascii("\",\"src\":\"").ascii(message.toServer ? client : server);
        out.ascii("\",\"dst\":\"").ascii(message.toServer ? server : client);
        out.ascii("\",\"sid\":");
        if (message.sid == Message.ABSENT) {
            out.ascii("null");
        } else {
            out.number(message.sid);
        }
        String operation = ZabPackets.operation(message);
        if (operation.isEmpty()) {
            out.ascii(",\"op\":null");
        } else {
            out.ascii(",\"op\":\"").ascii(operation).ascii('"');
        }
        id(",\"zxid\":", message.zxid);
        if (message.pathFrom < 0) {
            out.ascii(",\"path\":null");
        } else {
            out.ascii(",\"path\":\"")
                    .json(message.bytes, message.pathFrom, message.pathLength)
                    .ascii('"');
        }
        id(",\"session\":", message.session);
        out.ascii(",\"size\":").number(message.size).ascii(",\"body\":");
        writeBody(message);
        out.ascii('}');
    }

    private void id(String name, long value) {
        out.ascii(name);
        if (value == Message.ABSENT) {
            out.ascii("null");
        } else {
            BodyJson.id(out, value);
        }
    }

    /** Writes the body alone: an object, or null. */
    void writeBody(Message message) {
        int before = out.length();
        out.ascii('{');
        body.restart();
        if (BodyWalker.walk(message, body)) {
            out.ascii('}');
        } else {
            out.cut(before);
            out.ascii("null");
        }
    }
}
