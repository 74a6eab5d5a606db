package shawk.zk.proto;

/** Which part of what somebody logs in with names him and may be shown. Stateless; usable by any thread. */
public final class Credentials {
    /** Bytes; longer names of users are none. */
    private static final int LONGEST_USER = 64;

    private static final String DIGEST = "digest";
    private static final String SUPER = "super";

    private Credentials() {}

    /** Whether who logs in by that scheme says his name in front of a colon; what other schemes say is all secret. */
    public static boolean isNamed(String scheme) {
        return scheme.equals(DIGEST) || scheme.equals(SUPER) || scheme.equals("auth");
    }

    /**
     * How many bytes in front are the name of who logs in, the colon behind it too: {@code alice:} of
     * {@code alice:secret}; 0 = nobody can tell what of it is a name.
     */
    public static int shown(String scheme, byte[] bytes, int from, int length) {
        for (int i = 0; isNamed(scheme) && i < Math.min(length, LONGEST_USER); i++) {
            if (bytes[from + i] == ':') {
                return i + 1;
            }
        }
        return 0;
    }
}
