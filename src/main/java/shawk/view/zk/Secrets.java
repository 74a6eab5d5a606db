package shawk.view.zk;

import java.nio.charset.StandardCharsets;
import shawk.zk.proto.Credentials;

/** What is shown of a credential. Pure. */
final class Secrets {
    private static final byte[] STARS = "***".getBytes(StandardCharsets.US_ASCII);

    private Secrets() {}

    /** As text: {@code alice:***}. */
    static void text(ByteOut out, String scheme, byte[] bytes, int from, int length) {
        out.safe(bytes, from, Credentials.shown(scheme, bytes, from, length)).bytes(STARS);
    }

    /** The same as what stands between the quotes of JSON. */
    static void json(ByteOut out, String scheme, byte[] bytes, int from, int length) {
        out.json(bytes, from, Credentials.shown(scheme, bytes, from, length)).bytes(STARS);
    }
}
