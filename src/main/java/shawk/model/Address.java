package shawk.model;

import org.jspecify.annotations.Nullable;

/**
 * An IPv4 or IPv6 address as 128 bits, an IPv4 address in its v4-mapped form ({@code ::ffff:a.b.c.d}), so that both
 * notations of one address are one value. No names are ever looked up.
 *
 * <p>Hot paths pass the two halves as numbers and use the static methods; the record is for the rest.
 *
 * @param high first eight bytes
 * @param low last eight bytes
 */
public record Address(long high, long low) {
    private static final long V4_PREFIX = 0xffff_0000_0000L;

    /** The value of an IPv4 address given as a number. */
    public static Address ofV4(int address) {
        return new Address(0, lowOfV4(address));
    }

    /** The low half of an IPv4 address given as a number; its high half is 0. */
    public static long lowOfV4(int address) {
        return V4_PREFIX | address & 0xffff_ffffL;
    }

    /** Whether the halves hold an IPv4 address. */
    public static boolean isV4(long high, long low) {
        return high == 0 && (low >>> 32) == 0xffff;
    }

    /** Whether it is {@code 0.0.0.0} or {@code ::}. */
    public static boolean isWildcard(long high, long low) {
        return high == 0 && (low == 0 || low == V4_PREFIX);
    }

    /** Whether it is in {@code 127.0.0.0/8} or {@code ::1}. */
    public static boolean isLoopback(long high, long low) {
        return high == 0 && (low == 1 || (low >>> 24) == 0xffff_7fL);
    }

    /** Appends the usual text: dotted for IPv4, RFC 5952 for IPv6. Makes no object. */
    public static void append(StringBuilder out, long high, long low) {
        if (isV4(high, low)) {
            out.append(low >>> 24 & 255).append('.').append(low >>> 16 & 255).append('.');
            out.append(low >>> 8 & 255).append('.').append(low & 255);
            return;
        }
        int run = longestZeroRun(high, low);
        int zerosAt = run >>> 8;
        int zeros = run & 255;
        for (int i = 0; i < 8; i++) {
            if (zeros > 1 && i == zerosAt) {
                out.append(i == 0 ? "::" : ":");
                i += zeros - 1;
            } else {
                appendGroup(out, group(high, low, i));
                if (i < 7) {
                    out.append(':');
                }
            }
        }
    }

    private static void appendGroup(StringBuilder out, int group) {
        int shift = group > 0xfff ? 12 : group > 0xff ? 8 : group > 0xf ? 4 : 0;
        for (; shift >= 0; shift -= 4) {
            out.append(Character.forDigit(group >> shift & 15, 16));
        }
    }

    /** Start of the longest run of zero groups in bits 8 and up, its length below; the first one of equals. */
    private static int longestZeroRun(long high, long low) {
        int best = 0;
        for (int i = 0; i < 8; i++) {
            int length = 0;
            while (i + length < 8 && group(high, low, i + length) == 0) {
                length++;
            }
            if (length > (best & 255)) {
                best = i << 8 | length;
            }
        }
        return best;
    }

    private static int group(long high, long low, int index) {
        return (int) ((index < 4 ? high : low) >>> 48 - 16 * (index & 3)) & 0xffff;
    }

    /** The address that {@code text} is, in any usual notation, without zone and brackets; null where it is none. */
    public static @Nullable Address parse(String text) {
        return text.indexOf(':') < 0 ? parseV4(text) : parseV6(text);
    }

    private static @Nullable Address parseV4(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            return null;
        }
        int value = 0;
        for (String part : parts) {
            int octet = number(part, 10, 3);
            if (octet < 0 || octet > 255 || part.length() > 1 && part.charAt(0) == '0') {
                return null;
            }
            value = value << 8 | octet;
        }
        return ofV4(value);
    }

    private static @Nullable Address parseV6(String text) {
        int gap = text.indexOf("::");
        if (gap >= 0 && text.indexOf("::", gap + 1) >= 0) {
            return null;
        }
        int[] groups = new int[8];
        if (gap < 0) {
            return fill(groups, text, 0) == 8 ? ofGroups(groups) : null;
        }
        int[] tail = new int[8];
        int before = fill(groups, text.substring(0, gap), 0);
        int after = fill(tail, text.substring(gap + 2), 0);
        if (before < 0 || after < 0 || before + after > 7) {
            return null;
        }
        System.arraycopy(tail, 0, groups, 8 - after, after);
        return ofGroups(groups);
    }

    /** Writes the groups of a colon-separated list; returns their number, -1 where malformed. */
    private static int fill(int[] groups, String text, int start) {
        if (text.isEmpty()) {
            return start;
        }
        int count = start;
        String[] parts = text.split(":", -1);
        for (int i = 0; i < parts.length; i++) {
            Address v4 = i == parts.length - 1 && parts[i].indexOf('.') >= 0 ? parseV4(parts[i]) : null;
            int value = number(parts[i], 16, 4);
            if (v4 != null && count <= 6) {
                groups[count++] = (int) (v4.low >>> 16) & 0xffff;
                groups[count++] = (int) v4.low & 0xffff;
            } else if (value >= 0 && count < 8) {
                groups[count++] = value;
            } else {
                return -1;
            }
        }
        return count;
    }

    private static int number(String digits, int radix, int maxLength) {
        if (digits.isEmpty() || digits.length() > maxLength) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            int digit = c < 128 ? Character.digit(c, radix) : -1;
            if (digit < 0) {
                return -1;
            }
            value = value * radix + digit;
        }
        return value;
    }

    private static Address ofGroups(int[] groups) {
        long high = 0;
        long low = 0;
        for (int i = 0; i < 4; i++) {
            high = high << 16 | groups[i];
            low = low << 16 | groups[i + 4];
        }
        return new Address(high, low);
    }

    /** Whether it is an IPv4 address. */
    public boolean isV4() {
        return isV4(high, low);
    }

    @Override
    public String toString() {
        StringBuilder out = new StringBuilder(39);
        append(out, high, low);
        return out.toString();
    }
}
