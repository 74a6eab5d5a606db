package shawk.zk.tally;

import shawk.tcp.Connection;
import shawk.zk.proto.Kind;
import shawk.zk.proto.Message;

/** The key of a message as bytes: where they are, without an object of their own. Used by one thread. */
final class MessageKey {
    private static final byte[] NOTHING = {'-'};

    byte[] bytes = NOTHING;
    int from;
    int length;

    private final Grouping grouping;
    private final RequestNames names = new RequestNames();
    private final byte[] scratch = new byte[128];

    MessageKey(Grouping grouping) {
        this.grouping = grouping;
    }

    /** Reads it out of {@code message}, which has to stay as it is until the key has been used. */
    void read(Message message) {
        switch (grouping.by()) {
            case PATH -> path(message);
            case TYPE -> text(message.op);
            case NAME -> text(message.kind == Kind.REQUEST ? names.ofRequest(message) : message.op);
            case CLIENT -> {
                Connection connection = message.connection;
                text(connection == null ? "" : connection.client());
            }
            case SESSION -> session(message.session);
            default -> throw new AssertionError(grouping);
        }
    }

    private void path(Message message) {
        if (message.pathFrom < 0 || message.pathLength == 0) {
            nothing();
            return;
        }
        bytes = message.bytes;
        from = message.pathFrom;
        length = grouping.depth() == 0 ? message.pathLength : cut(bytes, from, message.pathLength, grouping.depth());
    }

    /** How much of a path is up to the slash behind {@code depth} names. */
    static int cut(byte[] bytes, int from, int whole, int depth) {
        int names = 0;
        for (int i = 1; i < whole; i++) {
            if (bytes[from + i] == '/' && ++names == depth) {
                return i;
            }
        }
        return whole;
    }

    private void text(String ascii) {
        int end = Math.min(ascii.length(), scratch.length);
        for (int i = 0; i < end; i++) {
            scratch[i] = (byte) ascii.charAt(i);
        }
        scratch(end);
    }

    private void session(long session) {
        if (session == Message.ABSENT) {
            nothing();
            return;
        }
        int digits = Math.max(1, (67 - Long.numberOfLeadingZeros(session)) / 4);
        scratch[0] = '0';
        scratch[1] = 'x';
        for (int i = 0; i < digits; i++) {
            scratch[2 + i] = (byte) Character.forDigit((int) (session >>> 4 * (digits - 1 - i)) & 15, 16);
        }
        scratch(2 + digits);
    }

    private void scratch(int end) {
        if (end == 0) {
            nothing();
            return;
        }
        bytes = scratch;
        from = 0;
        length = end;
    }

    private void nothing() {
        bytes = NOTHING;
        from = 0;
        length = 1;
    }
}
