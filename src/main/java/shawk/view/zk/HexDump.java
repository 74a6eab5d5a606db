package shawk.view.zk;

import shawk.zk.proto.Message;

/** Bytes sixteen a line: where they are, in hexadecimal digits, and those that are printable ASCII. */
final class HexDump {
    private static final int LINE = 16;
    /** What is wrong with bytes shows in the first of them. */
    private static final int MOST = 512;

    /** What is in front of a message, its kind too: no password lies there. */
    private static final int HEAD = 12;

    private HexDump() {}

    /**
     * How many of the bytes of what is no message may be shown. What cannot be read may hold a password anywhere:
     * without {@code credentials} it is the head alone, and of bytes that begin nobody knows where none.
     */
    static int shown(Message message, boolean credentials) {
        int all = message.to - message.from;
        return credentials ? all : message.size == Message.ABSENT ? 0 : Math.min(all, HEAD);
    }

    static void write(ByteOut out, Message message, boolean credentials) {
        byte[] bytes = message.bytes;
        int from = message.from;
        int to = message.to;
        int shown = shown(message, credentials);
        int end = Math.min(from + shown, from + MOST);
        for (int line = from; line < end; line += LINE) {
            int stop = Math.min(end, line + LINE);
            out.ascii("    ").octet(line - from >> 8).octet(line - from).ascii("  ");
            for (int i = line; i < line + LINE; i++) {
                if (i < stop) {
                    out.octet(bytes[i]).ascii(' ');
                } else {
                    out.ascii("   ");
                }
            }
            out.ascii(' ');
            for (int i = line; i < stop; i++) {
                out.ascii(bytes[i] >= 0x20 && bytes[i] < 0x7f ? (char) bytes[i] : '.');
            }
            out.ascii('\n');
        }
        if (end < to) {
            out.ascii("    ").number(to - end).ascii(" bytes more");
            out.ascii(shown < to - from ? ", which may hold passwords: --show-credentials shows them\n" : "\n");
        }
    }
}
