package shawk.tcp;

/** Link types of captures that are understood. Source: https://www.tcpdump.org/linktypes.html. */
public final class LinkType {
    public static final int NULL = 0;
    public static final int ETHERNET = 1;
    /** Raw IP as BSD systems number it in files; {@link #RAW} everywhere else. */
    public static final int RAW_BSD = 12;

    public static final int RAW = 101;
    public static final int LOOP = 108;
    public static final int LINUX_SLL = 113;
    public static final int IPV4 = 228;
    public static final int IPV6 = 229;
    public static final int LINUX_SLL2 = 276;

    private LinkType() {}

    /** Whether packets of that type can be read. */
    public static boolean isKnown(int type) {
        return switch (type) {
            case NULL, ETHERNET, RAW_BSD, RAW, LOOP, LINUX_SLL, IPV4, IPV6, LINUX_SLL2 -> true;
            default -> false;
        };
    }
}
