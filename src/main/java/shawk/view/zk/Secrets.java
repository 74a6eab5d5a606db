package shawk.view.zk;

import java.nio.charset.StandardCharsets;

/** What is shown of a credential. Pure. */
final class Secrets {
    /** Longer names of users are none. */
    private static final int LONGEST_USER = 64;

    private static final byte[] STARS = "***".getBytes(StandardCharsets.US_ASCII);

    private Secrets() {}

    /**
     * How many bytes in front are the name of who logs in, the colon behind it too: {@code alice:} of
     * {@code alice:secret}. Only of schemes that say it in front; a token alone is all secret.
     */
    static int shown(String scheme, byte[] bytes, int from, int length) {
        boolean named = scheme.equals("digest") || scheme.equals("super") || scheme.equals("auth");
        if (!named) {
            return 0;
        }
        for (int i = 0; i < Math.min(length, LONGEST_USER); i++) {
            if (bytes[from + i] == ':') {
                return i + 1;
            }
        }
        return 0;
    }

    /** As text: {@code alice:***}. */
    static void text(ByteOut out, String scheme, byte[] bytes, int from, int length) {
        out.safe(bytes, from, shown(scheme, bytes, from, length)).bytes(STARS);
    }

    /** The same as what stands between the quotes of JSON. */
    static void json(ByteOut out, String scheme, byte[] bytes, int from, int length) {
        out.json(bytes, from, shown(scheme, bytes, from, length)).bytes(STARS);
    }
}
