package shawk.view.zk;

import java.util.function.Predicate;
import shawk.zk.proto.Kind;
import shawk.zk.proto.Message;
import shawk.zk.proto.MessageSink;

/** Writes messages in one of the forms: those that are wanted, and as many as are wanted. Used by one thread. */
public final class MessagePrinter implements MessageSink {
    private static final String PING = "ping";
    private static final String ZAB_PING = "PING";

    private final MessageForm form;
    private final Output output;
    private final Predicate<Message> filter;
    private final boolean pairs;
    private final long most;
    private long written;

    /**
     * Into {@code out}.
     *
     * @param filter what is written; of a reply it may look at the request too
     * @param most how many messages are written; a request and its reply below it are one
     */
    public MessagePrinter(Output output, ByteOut out, Predicate<Message> filter, long most) {
        this(
                output,
                filter,
                most,
                switch (output.format()) {
                    case TEXT -> new TextForm(out, output);
                    case JSON, NDJSON -> new JsonForm(out, output);
                    case CSV -> new CsvForm(out, output);
                });
    }

    private MessagePrinter(Output output, Predicate<Message> filter, long most, MessageForm form) {
        this.output = output;
        this.filter = filter;
        this.most = most;
        this.pairs = output.format() == Output.Format.TEXT && !output.unpaired();
        this.form = form;
    }

    /**
     * The same for what servers say to each other, or clients too.
     *
     * @param oneLine whether in text each message is on one line
     */
    public static MessagePrinter ofServers(
            Output output, boolean oneLine, ByteOut out, Predicate<Message> filter, long most) {
        return new MessagePrinter(
                output,
                filter,
                most,
                switch (output.format()) {
                    case TEXT -> new ServerText(out, output, oneLine);
                    case JSON, NDJSON -> new JsonForm(out, output);
                    case CSV -> new ServerCsv(out, output);
                });
    }

    /** Before the first message. */
    public void begin() {
        form.begin();
    }

    @Override
    public void message(Message message) {
        if (written >= most || isPing(message)) {
            return;
        }
        // What is written with its reply is looked at with it.
        boolean held = pairs && (message.kind == Kind.REQUEST || message.kind == Kind.FOUR_LETTER && message.toServer);
        if (!held && filter.test(message) && form.message(message)) {
            written++;
        }
    }

    @Override
    public void unanswered(Message request, Unanswered why, long micros) {
        if (written < most && !isPing(request) && filter.test(request)) {
            form.unanswered(request, why, micros);
            written++;
        }
    }

    /** Behind the last message. */
    public void end() {
        form.end();
    }

    /** How many were written. */
    public long written() {
        return written;
    }

    /** Whether there are as many as were wanted. */
    public boolean isFull() {
        return written >= most;
    }

    private boolean isPing(Message message) {
        return !output.pings() && (message.op.equals(PING) || message.kind == Kind.ZAB && message.op.equals(ZAB_PING));
    }
}
