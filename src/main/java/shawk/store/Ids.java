package shawk.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Ids made from what they stand for, the same ones in every run and on every host, so that nobody has to hand them out:
 * the first 63 bits of a SHA-256. Two different things have the same id with a chance of n²/2^64.
 *
 * <p>Used by one thread.
 */
final class Ids {
    private final MessageDigest digest;

    /** Begins an id for a {@code kind} of thing, so that no two kinds share one. */
    Ids(String kind) {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
        text(kind);
    }

    /** Adds a text; its length stands before it, so that no two rows of texts are alike. */
    Ids text(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        number(bytes.length);
        digest.update(bytes);
        return this;
    }

    /** Adds a number. */
    Ids number(long value) {
        for (int shift = 56; shift >= 0; shift -= 8) {
            digest.update((byte) (value >>> shift));
        }
        return this;
    }

    /** The id, 0 to 2^63 - 1. */
    long id() {
        byte[] bytes = digest.digest();
        long id = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            id = id << 8 | bytes[i] & 0xff;
        }
        return id & Long.MAX_VALUE;
    }
}
