package shawk.cli;

import org.jspecify.annotations.Nullable;
import shawk.model.Address;

/** Finds addresses inside other texts. Pure. */
final class AddressesInText {
    private static final int LONGEST_V4 = 15;
    private static final int LONGEST_V6 = 45;

    private AddressesInText() {}

    /** {@code text} with each address in it, a port behind it or not, replaced by its pseudonym. */
    static String replace(String text, Pseudonyms pseudonyms) {
        StringBuilder out = null;
        int copied = 0;
        for (int i = 0; i < text.length(); i++) {
            int length = lengthOfAddress(text, i);
            Address found = length == 0 ? null : Address.parse(text.substring(i, i + length));
            if (found != null) {
                out = out == null ? new StringBuilder() : out;
                out.append(text, copied, i).append(pseudonyms.address(found.high(), found.low()));
                copied = i + length;
                i = copied - 1;
            }
        }
        return out == null ? text : out.append(text, copied, text.length()).toString();
    }

    private static int lengthOfAddress(String text, int start) {
        char before = start == 0 ? ' ' : text.charAt(start - 1);
        char first = text.charAt(start);
        if ((isHex(first) || first == ':') && !Character.isLetterOrDigit(before) && before != ':') {
            int length = longest(text, start, LONGEST_V6, ':');
            if (length > 0) {
                return length;
            }
        }
        return isDigit(first) && !isDigit(before) ? longest(text, start, LONGEST_V4, '.') : 0;
    }

    /** The longest address from {@code start} on that has the separator in it and ends where a number ends. */
    private static int longest(String text, int start, int most, char separator) {
        int end = start;
        boolean separated = false;
        while (end < text.length() && end - start < most && isPart(text.charAt(end), separator)) {
            separated |= text.charAt(end) == separator;
            end++;
        }
        for (int stop = end; separated && stop - start >= 3; stop--) {
            char next = stop < text.length() ? text.charAt(stop) : ' ';
            boolean ends = separator == '.' ? !isDigit(next) : !Character.isLetterOrDigit(next);
            if (ends && parse(text.substring(start, stop), separator) != null) {
                return stop - start;
            }
        }
        return 0;
    }

    private static @Nullable Address parse(String text, char separator) {
        return text.indexOf(separator) < 0 ? null : Address.parse(text);
    }

    private static boolean isPart(char c, char separator) {
        return c == '.' || isDigit(c) || separator == ':' && (c == ':' || isHex(c));
    }

    private static boolean isHex(char c) {
        return isDigit(c) || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
