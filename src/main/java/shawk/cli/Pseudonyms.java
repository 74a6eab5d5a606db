package shawk.cli;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import shawk.model.Address;

/**
 * Names for what must not be told, by a key: the same key gives the same ones, and without it nobody can tell whose
 * they are. Different addresses have different pseudonyms, so that what is counted stays right.
 *
 * <p>All pseudonyms of addresses are in {@code 2001:db8::/32}, which no host has (RFC 3849): an IPv4 address becomes
 * {@code 2001:db8:4::} and 32 bits, an IPv6 address {@code 2001:db8:6:} and 80 bits. Loopback and wildcard addresses
 * say nothing about a network and stay.
 *
 * <p>Used by one thread.
 */
final class Pseudonyms {
    private static final String ALGORITHM = "HmacSHA256";
    private static final long V4_HIGH = 0x2001_0db8_0004_0000L;
    private static final long V6_HIGH = 0x2001_0db8_0006_0000L;
    private static final int ROUNDS = 8;
    /**
     * Addresses that are remembered, since each costs some microseconds; beyond it all are forgotten and made again.
     */
    private static final int MOST_KEPT = 1 << 17;

    private final Mac mac;
    private final Map<Address, Address> known = new HashMap<>();

    /** By {@code key}, or by one that is drawn now and kept nowhere. */
    Pseudonyms(@Nullable String key) {
        byte[] bytes = key == null ? new byte[32] : key.getBytes(StandardCharsets.UTF_8);
        if (key == null) {
            new SecureRandom().nextBytes(bytes);
        }
        try {
            mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(bytes, ALGORITHM));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no " + ALGORITHM, e);
        }
    }

    /** The pseudonym of an address. */
    Address address(long high, long low) {
        Address real = new Address(high, low);
        if (Address.isLoopback(high, low) || Address.isWildcard(high, low)) {
            return real;
        }
        if (known.size() >= MOST_KEPT) {
            known.clear();
        }
        return known.computeIfAbsent(real, this::make);
    }

    /** {@code kind-} and twelve hexadecimal digits. */
    String text(String kind, String real) {
        byte[] hash = mac.doFinal((kind + '\0' + real).getBytes(StandardCharsets.UTF_8));
        StringBuilder out = new StringBuilder(kind).append('-');
        for (int i = 0; i < 6; i++) {
            out.append(Character.forDigit(hash[i] >> 4 & 15, 16)).append(Character.forDigit(hash[i] & 15, 16));
        }
        return out.toString();
    }

    private Address make(Address real) {
        if (real.isV4()) {
            return new Address(V4_HIGH, permuted((int) real.low()) & 0xffff_ffffL);
        }
        ByteBuffer input =
                ByteBuffer.allocate(17).put((byte) 6).putLong(real.high()).putLong(real.low());
        ByteBuffer hash = ByteBuffer.wrap(mac.doFinal(input.array()));
        return new Address(V6_HIGH | hash.getShort(8) & 0xffff, hash.getLong(0));
    }

    /** A Feistel network over the 32 bits: a permutation, so that no two addresses meet. */
    private int permuted(int address) {
        int left = address >>> 16;
        int right = address & 0xffff;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] input = {4, (byte) round, (byte) (right >> 8), (byte) right};
            byte[] hash = mac.doFinal(input);
            int mixed = left ^ (hash[0] & 255) << 8 ^ hash[1] & 255;
            left = right;
            right = mixed;
        }
        return left << 16 | right;
    }
}
