package shawk.view.zk;

import shawk.model.SafeText;
import shawk.tcp.Connection;
import shawk.zk.proto.Kind;
import shawk.zk.proto.Message;
import shawk.zk.proto.MessageSink.Unanswered;
import shawk.zk.proto.ZabPackets;

/** What servers and clients say as CSV: who said it to whom, and the body as JSON in one cell. Used by one thread. */
final class ServerCsv implements MessageForm {
    private static final String HEAD =
            "t,kind,type,src,dst,sid,op,xid,zxid,err,error,path,session,size,latency,body,text";

    private final Records records;
    private final CsvRow row;
    private final ByteOut bodies = new ByteOut();
    private final MessageJson json;

    ServerCsv(ByteOut out, Output output) {
        this.records = new Records(out, output.format());
        this.row = new CsvRow(out);
        this.json = new MessageJson(bodies, output);
    }

    @Override
    public void begin() {
        records.begin(HEAD);
    }

    @Override
    public boolean message(Message message) {
        boolean servers = message.kind == Kind.ZAB || message.kind == Kind.FLE;
        row.time(message.micros).text(message.kind.id()).text(servers ? message.op : "");
        ends(message);
        row.number(message.sid).text(servers ? ZabPackets.operation(message) : message.op);
        row.number(message.xid).id(message.zxid).error(message).path(message).id(message.session);
        row.number(message.size).number(message.latencyMicros).body(bodies, json, message);
        row.text(SafeText.of(message.text));
        row.end();
        return true;
    }

    @Override
    public void unanswered(Message request, Unanswered why, long micros) {
        row.time(micros).text(Kind.NOTE.id()).none(1);
        ends(request);
        row.none(1).text(request.op);
        row.number(request.xid).none(3).path(request).id(request.session);
        row.none(3).text("no reply: " + Reasons.of(why));
        row.end();
    }

    private void ends(Message message) {
        Connection connection = message.connection;
        String client = connection == null ? "" : connection.client();
        String server = connection == null ? "" : connection.server();
        row.text(message.toServer ? client : server).text(message.toServer ? server : client);
    }
}
