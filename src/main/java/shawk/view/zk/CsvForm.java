package shawk.view.zk;

import shawk.model.SafeText;
import shawk.tcp.Connection;
import shawk.zk.proto.Kind;
import shawk.zk.proto.Message;
import shawk.zk.proto.MessageSink.Unanswered;

/** Messages as CSV: the members of the JSON object as columns, the body as JSON in one cell. Used by one thread. */
final class CsvForm implements MessageForm {
    private static final String HEAD = "t,kind,op,xid,zxid,err,error,path,client,server,session,size,latency,body,text";

    private final Records records;
    private final CsvRow row;
    private final ByteOut bodies = new ByteOut();
    private final MessageJson json;

    CsvForm(ByteOut out, Output output) {
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
        row.time(message.micros).text(message.kind.id()).text(message.op);
        row.number(message.xid).id(message.zxid).error(message).path(message);
        ends(message);
        row.number(message.size).number(message.latencyMicros).body(bodies, json, message);
        row.text(message.kind == Kind.NOTE ? SafeText.of(message.text) : SafeText.EMPTY);
        row.end();
        return true;
    }

    @Override
    public void unanswered(Message request, Unanswered why, long micros) {
        if (why == Unanswered.DOUBT) {
            return;
        }
        row.time(micros).text(Kind.NOTE.id()).text(request.op);
        row.number(request.xid).none(3).path(request);
        ends(request);
        row.none(3).text("no reply: " + Reasons.of(why));
        row.end();
    }

    private void ends(Message message) {
        Connection connection = message.connection;
        row.text(connection == null ? "" : connection.client()).text(connection == null ? "" : connection.server());
        row.id(message.session);
    }
}
