package shawk.model;

/**
 * Text that may be rendered anywhere: terminal, stdout, log, JSON, CSV. Only the sanitiser here makes one out of text
 * from outside.
 *
 * <p>What could move the cursor, forge a line or a column, reorder or hide text is escaped, never dropped: control
 * characters and bytes that are no UTF-8 become {@code \xNN}; C1, bidirectional and other format controls, line
 * separators, invisible fillers, tags and unpaired surrogates become <code>&#92;u{…}</code>, and so do combining marks
 * beyond {@value #MAX_MARKS} in a row.
 */
public final class SafeText implements Comparable<SafeText> {
    /** No text. */
    public static final SafeText EMPTY = new SafeText("");

    private static final int MAX_MARKS = 3;

    private final String value;

    private SafeText(String value) {
        this.value = value;
    }

    /** Text from outside, made harmless. */
    public static SafeText of(RawText raw) {
        return raw.length() == 0 ? EMPTY : new SafeText(new Utf8Sanitiser(raw).run());
    }

    /** Text from outside that Java has decoded already (arguments, environment), made harmless. */
    public static SafeText of(String text) {
        if (text.isEmpty()) {
            return EMPTY;
        }
        StringBuilder out = new StringBuilder(text.length());
        int marks = 0;
        for (int i = 0; i < text.length(); ) {
            int codePoint = text.codePointAt(i);
            marks = isMark(codePoint) ? marks + 1 : 0;
            appendSafe(out, codePoint, marks);
            i += Character.charCount(codePoint);
        }
        return new SafeText(out.toString());
    }

    private static boolean isMark(int codePoint) {
        int type = Character.getType(codePoint);
        return type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK;
    }

    private static void appendSafe(StringBuilder out, int codePoint, int marks) {
        if (codePoint < 0x20 || codePoint == 0x7f) {
            appendByte(out, codePoint);
        } else if (codePoint < 0x7f) {
            out.append((char) codePoint);
        } else if (marks > MAX_MARKS || isTreacherous(codePoint)) {
            out.append("\\u{").append(Integer.toHexString(codePoint)).append('}');
        } else {
            out.appendCodePoint(codePoint);
        }
    }

    private static void appendByte(StringBuilder out, int octet) {
        out.append("\\x").append(Character.forDigit(octet >> 4, 16)).append(Character.forDigit(octet & 15, 16));
    }

    private static boolean isTreacherous(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> isInvisible(codePoint);
        };
    }

    /** Letters and marks that draw nothing: Hangul fillers, grapheme joiner, variation selectors, tags. */
    private static boolean isInvisible(int codePoint) {
        return codePoint == 0x034f
                || codePoint == 0x115f
                || codePoint == 0x1160
                || codePoint == 0x17b4
                || codePoint == 0x17b5
                || codePoint >= 0x180b && codePoint <= 0x180f
                || codePoint == 0x3164
                || codePoint == 0xffa0
                || codePoint >= 0xfe00 && codePoint <= 0xfe0f
                || codePoint >= 0xe0000 && codePoint <= 0xe0fff;
    }

    /** Whether there is no text. */
    public boolean isEmpty() {
        return value.isEmpty();
    }

    /** The harmless text. */
    public String value() {
        return value;
    }

    @Override
    public int compareTo(SafeText other) {
        return value.compareTo(other.value);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SafeText that && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return value;
    }

    /** Decodes strict UTF-8 (RFC 3629); every byte that is not part of a well-formed sequence is escaped by itself. */
    private static final class Utf8Sanitiser {
        private final RawText raw;
        private final StringBuilder out;
        private int marks;

        Utf8Sanitiser(RawText raw) {
            this.raw = raw;
            this.out = new StringBuilder(raw.length());
        }

        String run() {
            int at = 0;
            while (at < raw.length()) {
                at += step(at);
            }
            return out.toString();
        }

        private int step(int at) {
            int first = raw.byteAt(at);
            int length =
                    first < 0x80 ? 1 : first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
            int codePoint = length == 1 ? first : first & (0x7f >> length);
            for (int i = 1; i < length; i++) {
                int next = at + i < raw.length() ? raw.byteAt(at + i) : 0;
                if ((next & 0xc0) != 0x80) {
                    length = 0;
                } else {
                    codePoint = codePoint << 6 | next & 0x3f;
                }
            }
            if (length == 0 || isOverlongOrSurrogate(length, codePoint)) {
                appendByte(out, first);
                marks = 0;
                return 1;
            }
            marks = isMark(codePoint) ? marks + 1 : 0;
            appendSafe(out, codePoint, marks);
            return length;
        }

        private static boolean isOverlongOrSurrogate(int length, int codePoint) {
            return length == 3 && codePoint < 0x800
                    || length == 4 && (codePoint < 0x10000 || codePoint > 0x10ffff)
                    || codePoint >= 0xd800 && codePoint <= 0xdfff;
        }
    }
}
