package shawk.cli;

import java.util.ArrayDeque;
import java.util.Deque;
import shawk.zk.omni.PortRoles;
import shawk.zk.proto.Message;
import shawk.zk.proto.MessageSink;

/**
 * What a first look at a file learned of its ports: collected, and at the second look told where it was learned. All
 * else that the first look is told goes nowhere. Used by one thread.
 */
final class LearnedNotes implements MessageSink {
    private static final int MOST = 1_024;

    private final Deque<Message> notes = new ArrayDeque<>();

    @Override
    public void message(Message message) {
        if (message.text.startsWith(PortRoles.LEARNED) && notes.size() < MOST) {
            Message note = new Message();
            note.copy(message, 0);
            notes.add(note);
        }
    }

    @Override
    public void unanswered(Message request, Unanswered why, long micros) {
        // The second look says so.
    }

    /** Tells {@code sink} of messages, and of each note before what is told later. */
    MessageSink before(MessageSink sink) {
        return new MessageSink() {
            @Override
            public void message(Message message) {
                tell(sink, message.micros);
                sink.message(message);
            }

            @Override
            public void unanswered(Message request, Unanswered why, long micros) {
                tell(sink, micros);
                sink.unanswered(request, why, micros);
            }
        };
    }

    /** Tells of what was learned up to a time, in microseconds since the epoch. */
    void tell(MessageSink sink, long micros) {
        while (!notes.isEmpty() && notes.getFirst().micros <= micros) {
            sink.message(notes.removeFirst());
        }
    }
}
