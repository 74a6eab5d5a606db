package shawk.view.zk;

import shawk.zk.proto.Message;
import shawk.zk.proto.MessageSink.Unanswered;

/** Messages as JSON, one object each: an array that is complete whenever it ends, or one object a line. */
final class JsonForm implements MessageForm {
    private final MessageJson json;
    private final Records records;

    JsonForm(ByteOut out, Output output) {
        this.json = new MessageJson(out, output);
        this.records = new Records(out, output.format());
    }

    @Override
    public void begin() {
        records.begin("");
    }

    @Override
    public boolean message(Message message) {
        records.next();
        json.write(message);
        records.ended();
        return true;
    }

    @Override
    public void unanswered(Message request, Unanswered why, long micros) {
        if (why == Unanswered.DOUBT) {
            return;
        }
        records.next();
        json.unanswered(request, why, micros);
        records.ended();
    }

    @Override
    public void end() {
        records.end();
    }
}
