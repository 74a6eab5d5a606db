package shawk.expr;

import org.jspecify.annotations.Nullable;
import shawk.model.Address;

/**
 * A range of addresses with a common prefix; a single address has a prefix of 128 bits. IPv4 addresses are not in a
 * shorter prefix written as IPv6: {@code ::/0} is all of IPv6 only.
 *
 * @param high first eight bytes, bits behind the prefix cleared
 * @param low last eight bytes, likewise
 * @param bits length of the prefix among the 128 bits, 0 to 128
 */
record Network(long high, long low, int bits) {
    private static final int V4_OFFSET = 96;

    Network {
        high &= highMask(bits);
        low &= lowMask(bits);
    }

    /** The address or prefix that {@code text} is; null where it is none. Brackets around an address may stand. */
    static @Nullable Network parse(String text) {
        int slash = text.indexOf('/');
        String part = slash < 0 ? text : text.substring(0, slash);
        boolean brackets = part.length() > 2 && part.startsWith("[") && part.endsWith("]");
        Address address = Address.parse(brackets ? part.substring(1, part.length() - 1) : part);
        if (address == null) {
            return null;
        }
        if (slash < 0) {
            return new Network(address.high(), address.low(), 128);
        }
        boolean dotted = part.indexOf(':') < 0;
        int length = length(text.substring(slash + 1));
        if (length < 0 || length > (dotted ? 32 : 128)) {
            return null;
        }
        return new Network(address.high(), address.low(), dotted ? V4_OFFSET + length : length);
    }

    private static int length(String digits) {
        if (digits.isEmpty() || digits.length() > 3) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = 10 * value + digit;
        }
        return value;
    }

    boolean contains(long otherHigh, long otherLow) {
        return (otherHigh & highMask(bits)) == high
                && (otherLow & lowMask(bits)) == low
                && (bits >= V4_OFFSET || !Address.isV4(otherHigh, otherLow));
    }

    private static long highMask(int bits) {
        return bits == 0 ? 0 : bits >= 64 ? -1 : -1L << 64 - bits;
    }

    private static long lowMask(int bits) {
        return bits <= 64 ? 0 : -1L << 128 - bits;
    }

    @Override
    public String toString() {
        String address = new Address(high, low).toString();
        if (bits == 128) {
            return address;
        }
        boolean dotted = Address.isV4(high, low) && bits >= V4_OFFSET;
        return address + "/" + (dotted ? bits - V4_OFFSET : bits);
    }
}
