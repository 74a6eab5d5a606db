package shawk.text;

/** Numbers for machines, appended without making objects where that can be. Stateless; any thread. */
final class Numbers {
    /** Up to here thousandths are exact in a long and in a double. */
    private static final double MAX_FAST = 1L << 42;

    private Numbers() {}

    /** {@code 0x} and hexadecimal digits, of the 64 bits taken as unsigned. */
    static void appendHex(StringBuilder out, long value) {
        out.append("0x");
        int digits = Math.max(1, (67 - Long.numberOfLeadingZeros(value)) / 4);
        for (int i = digits - 1; i >= 0; i--) {
            out.append(Character.forDigit((int) (value >>> 4 * i) & 15, 16));
        }
    }

    /** Microseconds, 0 or more, as seconds with six decimals: {@code 1732244461.000250}. */
    static void appendSeconds(StringBuilder out, long micros) {
        out.append(micros / 1_000_000).append('.');
        long rest = micros % 1_000_000;
        for (long unit = 100_000; unit > 0; unit /= 10) {
            out.append((char) ('0' + rest / unit % 10));
        }
    }

    /** A finite number so that reading it gives the same again: whole ones without a point, {@code 0.25}. */
    static void appendDouble(StringBuilder out, double value) {
        long whole = (long) value;
        if (whole == value && Math.abs(whole) < 1L << 53) {
            out.append(whole);
            return;
        }
        long thousandths = Math.round(value * 1000);
        if (Math.abs(value) < MAX_FAST && thousandths / 1000.0 == value) {
            appendThousandths(out, thousandths);
        } else {
            out.append(value);
        }
    }

    private static void appendThousandths(StringBuilder out, long thousandths) {
        long magnitude = Math.abs(thousandths);
        out.append(thousandths < 0 ? "-" : "").append(magnitude / 1000);
        long rest = magnitude % 1000;
        if (rest == 0) {
            return;
        }
        out.append('.').append(rest / 100);
        if (rest % 100 != 0) {
            out.append(rest / 10 % 10);
        }
        if (rest % 10 != 0) {
            out.append(rest % 10);
        }
    }
}
