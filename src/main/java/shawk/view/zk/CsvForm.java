package shawk.view.zk;

import java.nio.charset.StandardCharsets;
import shawk.model.SafeText;
import shawk.tcp.Connection;
import shawk.text.CsvWriter;
import shawk.zk.proto.ErrorCodes;
import shawk.zk.proto.Kind;
import shawk.zk.proto.Message;
import shawk.zk.proto.MessageSink.Unanswered;

/** Messages as CSV: the members of the JSON object as columns, the body as JSON in one cell. */
final class CsvForm implements MessageForm {
    private static final String HEAD =
            "t,kind,op,xid,zxid,err,error,path,client,server,session,size,latency,body,text\r\n";

    private final ByteOut out;
    private final ByteOut bodies = new ByteOut();
    private final MessageJson json;
    private final StringBuilder row = new StringBuilder();
    private final CsvWriter csv = new CsvWriter(row);

    CsvForm(ByteOut out, Output output) {
        this.out = out;
        this.json = new MessageJson(bodies, output);
    }

    @Override
    public void begin() {
        out.ascii(HEAD);
    }

    @Override
    public boolean message(Message message) {
        csv.seconds(Math.max(0, message.micros)).text(message.kind.id()).text(message.op);
        number(message.xid);
        id(message.zxid);
        number(message.error);
        if (message.error == Message.ABSENT || message.error == 0) {
            csv.none();
        } else {
            csv.text(ErrorCodes.name((int) message.error));
        }
        path(message);
        ends(message);
        number(message.size);
        number(message.latencyMicros);
        bodies.cut(0);
        json.writeBody(message);
        String body = bodies.toString();
        if (body.equals("null")) {
            csv.none();
        } else {
            csv.text(body);
        }
        if (message.kind == Kind.NOTE) {
            csv.text(SafeText.of(message.text));
        } else if (message.late != null) {
            csv.text("late");
        } else {
            csv.none();
        }
        endRow();
        return true;
    }

    @Override
    public void unanswered(Message request, Unanswered why, long micros) {
        if (why == Unanswered.DOUBT) {
            return;
        }
        csv.seconds(Math.max(0, micros)).text(Kind.NOTE.id()).text(request.op);
        number(request.xid);
        csv.none().none().none();
        path(request);
        ends(request);
        csv.none().none().none().text("no reply: " + Reasons.of(why));
        endRow();
    }

    private void path(Message message) {
        Message about = message.withPath();
        if (about.pathFrom < 0) {
            csv.none();
        } else {
            csv.text(ByteOut.safeText(about.bytes, about.pathFrom, about.pathLength));
        }
    }

    private void ends(Message message) {
        Connection connection = message.connection;
        csv.text(connection == null ? "" : connection.client()).text(connection == null ? "" : connection.server());
        id(message.session);
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
