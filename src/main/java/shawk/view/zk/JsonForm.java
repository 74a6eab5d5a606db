package shawk.view.zk;

import shawk.zk.proto.Message;
import shawk.zk.proto.MessageSink.Unanswered;

/** Messages as JSON, one object each: an array that is complete whenever it ends, or one object a line. */
final class JsonForm implements MessageForm {
    private final ByteOut out;
    private final MessageJson json;
    private final boolean array;
    private boolean first = true;

    JsonForm(ByteOut out, Output output) {
        this.out = out;
        this.json = new MessageJson(out, output);
        this.array = output.format() == Output.Format.JSON;
    }

    @Override
    public void begin() {
        if (array) {
            out.ascii('[');
        }
    }

    @Override
    public boolean message(Message message) {
        next();
        json.write(message);
        ended();
        return true;
    }

    @Override
    public void unanswered(Message request, Unanswered why, long micros) {
        if (why == Unanswered.DOUBT) {
            return;
        }
        next();
        json.unanswered(request, why, micros);
        ended();
    }

    @Override
    public void end() {
        if (array) {
            out.ascii("\n]\n");
        }
    }

    private void next() {
        if (array) {
            out.ascii(first ? "\n" : ",\n");
            first = false;
        }
    }

    private void ended() {
        if (!array) {
            out.ascii('\n');
        }
    }
}
