package shawk.view.zk;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import shawk.model.SafeText;
import shawk.tcp.Connection;
import shawk.zk.proto.Kind;
import shawk.zk.proto.Message;
import shawk.zk.proto.MessageSink.Unanswered;
import shawk.zk.tally.RequestNames;

/**
 * Messages as ZKTraffic prints them: the time of day and the message, a request's reply below it behind an arrow. A
 * request is written when its reply has come, or when none will.
 */
final class TextForm implements MessageForm {
    private static final byte[] ARROW = "————►".getBytes(StandardCharsets.UTF_8);
    private static final byte[] ASCII_ARROW = {'-', '-', '-', '-', '>'};

    private final ByteOut out;
    private final Output output;
    private final DayTime time;
    private final TextRequest requests;
    private final TextReply replies;
    private final byte[] arrow;

    TextForm(ByteOut out, Output output) {
        this.out = out;
        this.output = output;
        this.time = new DayTime(output.zone());
        TextBody body = new TextBody(output.credentials());
        RequestNames names = new RequestNames();
        this.requests = new TextRequest(out, body, names);
        this.replies = new TextReply(out, body, names);
        this.arrow = output.ascii() ? ASCII_ARROW : ARROW;
    }

    @Override
    public boolean message(Message message) {
        Message request = message.request;
        switch (message.kind) {
            case REQUEST -> {
                if (!output.unpaired()) {
                    return false;
                }
                request(message);
            }
            case REPLY -> {
                if (request != null && !output.unpaired()) {
                    request(request);
                    out.bytes(arrow);
                }
                begin(message);
                replies.write(message);
                endLine();
            }
            case EVENT -> {
                begin(message);
                replies.event(message);
                endLine();
            }
            case FOUR_LETTER -> {
                if (message.toServer && !output.unpaired()) {
                    return false;
                }
                if (request != null && !output.unpaired()) {
                    fourLetters(request);
                    out.bytes(arrow);
                }
                fourLetters(message);
            }
            default -> note(message);
        }
        return true;
    }

    @Override
    public void unanswered(Message request, Unanswered why, long micros) {
        if (why == Unanswered.DOUBT) {
            // Its reply comes by itself.
            if (!output.unpaired()) {
                request(request);
            }
            return;
        }
        if (output.unpaired()) {
            color(request.connection);
            time.write(out, micros);
            out.ascii(" Note(no reply to ").ascii(request.op);
            if (request.xid != Message.ABSENT) {
                out.ascii(", xid=").number(request.xid);
            }
            out.ascii(": ").ascii(Reasons.of(why));
            TextReply.ends(out, request.connection);
            out.ascii(')');
            endLine();
            return;
        }
        request(request);
        color(request.connection);
        out.bytes(arrow);
        time.write(out, micros);
        out.ascii(" no reply: ").ascii(Reasons.of(why));
        endLine();
    }

    private void request(Message message) {
        if (message.kind == Kind.FOUR_LETTER) {
            fourLetters(message);
            return;
        }
        begin(message);
        requests.write(message);
        endLine();
    }

    private void fourLetters(Message message) {
        begin(message);
        if (message.toServer) {
            out.ascii("FourLetterRequest(word=").ascii(message.op);
        } else {
            out.ascii("FourLetterReply(word=")
                    .ascii(message.op)
                    .ascii(", size=")
                    .number(message.size);
            out.ascii(", text=");
            int line = message.from;
            while (line < message.to && line - message.from < 60 && message.bytes[line] != '\n') {
                line++;
            }
            out.safe(message.bytes, message.from, line - message.from).ascii(line < message.to ? "..." : "");
        }
        TextReply.ends(out, message.connection);
        out.ascii(')');
        endLine();
    }

    private void note(Message message) {
        begin(message);
        out.ascii("Note(").text(SafeText.of(message.text));
        TextReply.ends(out, message.connection);
        out.ascii(')');
        endLine();
        if (output.bad() && message.kind == Kind.NOTE && message.to > message.from) {
            HexDump.write(out, message, output.credentials());
        }
    }

    private void begin(Message message) {
        color(message.connection);
        time.write(out, message.micros);
        out.ascii(' ');
    }

    private void color(@Nullable Connection connection) {
        if (output.colors()) {
            ClientColors.begin(out, connection == null ? "" : connection.client());
        }
    }

    private void endLine() {
        if (output.colors()) {
            ClientColors.end(out);
        }
        out.ascii('\n');
    }
}
