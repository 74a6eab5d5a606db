package shawk.view.zk;

/** A colour for each end, the same in every run; neither black nor white, which are invisible on somebody's screen. */
final class ClientColors {
    private static final String[] COLORS = {"31", "32", "33", "34", "35", "36", "91", "92", "93", "94", "95", "96"};
    private static final String OFF = "\u001b[0m";

    private ClientColors() {}

    /** From here on what {@code end} says. */
    static void begin(ByteOut out, String end) {
        int hash = end.hashCode() * 0x9e37_79b9;
        out.ascii("\u001b[").ascii(COLORS[(hash >>> 16) % COLORS.length]).ascii('m');
    }

    static void end(ByteOut out) {
        out.ascii(OFF);
    }
}
