package shawk.view.zk;

/** Bytes sixteen a line: where they are, in hexadecimal digits, and those that are printable ASCII. */
final class HexDump {
    private static final int LINE = 16;
    /** What is wrong with bytes shows in the first of them. */
    private static final int MOST = 512;

    private HexDump() {}

    static void write(ByteOut out, byte[] bytes, int from, int to) {
        int end = Math.min(to, from + MOST);
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
            out.ascii("    ").number(to - end).ascii(" bytes more\n");
        }
    }
}
