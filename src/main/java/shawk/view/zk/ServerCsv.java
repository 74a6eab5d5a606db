package shawk.view.zk;

import java.nio.charset.StandardCharsets;
import shawk.model.SafeText;
import shawk.tcp.Connection;
import shawk.text.CsvWriter;
import shawk.zk.proto.ErrorCodes;
import shawk.zk.proto.Kind;
import shawk.zk.proto.Message;
import shawk.zk.proto.MessageSink.Unanswered;
import shawk.zk.proto.ZabPackets;

/** What servers and clients say as CSV: who said it to whom, and the body as JSON in one cell. Used by one thread. */
final class ServerCsv implements MessageForm {
    private static final String HEAD =
            "t,kind,type,src,dst,sid,op,xid,zxid,err,error,path,session,size,latency,body,text\r\n";

    private final ByteOut out;
    private final ByteOut bodies = new ByteOut();
    private final MessageJson json;
    private final StringBuilder row = new StringBuilder();
    private final CsvWriter csv = new CsvWriter(row);

    ServerCsv(ByteOut out, Output output) {
        this.out = out;
        this.json = new MessageJson(bodies, output);
    }

    @Override
    public void begin() {
        out.ascii(HEAD);
    }

    @Override
    public boolean message(Message message) {
        boolean servers = message.kind == Kind.ZAB || message.kind == Kind.FLE;
        csv.seconds(Math.max(0, message.micros)).text(message.kind.id()).text(servers ? message.op : "");
        ends(message);
        number(message.sid);
        csv.text(servers ? ZabPackets.operation(message) : message.op);
        number(message.xid);
        id(message.zxid);
        number(message.error);
        boolean failed = message.error != Message.ABSENT && message.error != 0;
        csv.text(failed ? ErrorCodes.name((int) message.error) : "");
        path(message);
        id(message.session);
        number(message.size);
        number(message.latencyMicros);
        bodies.cut(0);
        json.writeBody(message);
        String body = bodies.toString();
        csv.text(body.equals("null") ? "" : body);
        csv.text(message.late == null ? SafeText.of(message.text).value() : "late");
        endRow();
        return true;
    }

    @Override
    public void unanswered(Message request, Unanswered why, long micros) {
        csv.seconds(Math.max(0, micros)).text(Kind.NOTE.id()).none();
        ends(request);
        csv.none().text(request.op);
        number(request.xid);
        csv.none().none().none();
        path(request);
        id(request.session);
        csv.none().none().none().text("no reply: " + Reasons.of(why));
        endRow();
    }

    private void ends(Message message) {
        Connection connection = message.connection;
        String client = connection == null ? "" : connection.client();
        String server = connection == null ? "" : connection.server();
        csv.text(message.toServer ? client : server).text(message.toServer ? server : client);
    }

    private void path(Message message) {
        Message about = message.withPath();
        if (about.pathFrom < 0) {
            csv.none();
        } else {
            csv.text(ByteOut.safeText(about.bytes, about.pathFrom, about.pathLength));
        }
    }

    private void number(long value) {
        if (value == Message.ABSENT) {
            csv.none();
        } else {
            csv.number(value);
        }
    }

    private void id(long value) {
        if (value == Message.ABSENT) {
            csv.none();
        } else if (value == -1) {
            csv.number(-1);
        } else {
            csv.text("0x" + Long.toHexString(value));
        }
    }

    private void endRow() {
        csv.endRow();
        out.bytes(row.toString().getBytes(StandardCharsets.UTF_8));
        row.setLength(0);
    }
}
