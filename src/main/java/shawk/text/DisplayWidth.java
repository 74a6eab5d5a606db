package shawk.text;

import java.util.Arrays;

/**
 * How many cells of a terminal a text takes: wide and full-width characters two, combining marks none, everything else
 * one, the ambiguous ones of UAX #11 too. Meant for {@link shawk.model.SafeText} and program constants: control
 * characters are not expected (and count as none).
 *
 * <p>Stateless; any thread.
 */
public final class DisplayWidth {
    /** First and last code point of each range of East Asian Width W or F (Unicode 14, with the blocks' reserves). */
    private static final int[] WIDE = {
        0x1100, 0x115f, 0x231a, 0x231b, 0x2329, 0x232a, 0x23e9, 0x23ec, 0x23f0, 0x23f0, 0x23f3, 0x23f3,
        0x25fd, 0x25fe, 0x2614, 0x2615, 0x2648, 0x2653, 0x267f, 0x267f, 0x2693, 0x2693, 0x26a1, 0x26a1,
        0x26aa, 0x26ab, 0x26bd, 0x26be, 0x26c4, 0x26c5, 0x26ce, 0x26ce, 0x26d4, 0x26d4, 0x26ea, 0x26ea,
        0x26f2, 0x26f3, 0x26f5, 0x26f5, 0x26fa, 0x26fa, 0x26fd, 0x26fd, 0x2705, 0x2705, 0x270a, 0x270b,
        0x2728, 0x2728, 0x274c, 0x274c, 0x274e, 0x274e, 0x2753, 0x2755, 0x2757, 0x2757, 0x2795, 0x2797,
        0x27b0, 0x27b0, 0x27bf, 0x27bf, 0x2b1b, 0x2b1c, 0x2b50, 0x2b50, 0x2b55, 0x2b55, 0x2e80, 0x303e,
        0x3041, 0x3247, 0x3250, 0x4dbf, 0x4e00, 0xa4c6, 0xa960, 0xa97c, 0xac00, 0xd7a3, 0xf900, 0xfad9,
        0xfe10, 0xfe6b, 0xff01, 0xff60, 0xffe0, 0xffe6, 0x16fe0, 0x1b2fb, 0x1f004, 0x1f004, 0x1f0cf, 0x1f0cf,
        0x1f18e, 0x1f18e, 0x1f191, 0x1f19a, 0x1f200, 0x1f320, 0x1f32d, 0x1f335, 0x1f337, 0x1f37c, 0x1f37e, 0x1f393,
        0x1f3a0, 0x1f3ca, 0x1f3cf, 0x1f3d3, 0x1f3e0, 0x1f3f0, 0x1f3f4, 0x1f3f4, 0x1f3f8, 0x1f43e, 0x1f440, 0x1f440,
        0x1f442, 0x1f4fc, 0x1f4ff, 0x1f53d, 0x1f54b, 0x1f54e, 0x1f550, 0x1f567, 0x1f57a, 0x1f57a, 0x1f595, 0x1f596,
        0x1f5a4, 0x1f5a4, 0x1f5fb, 0x1f64f, 0x1f680, 0x1f6c5, 0x1f6cc, 0x1f6cc, 0x1f6d0, 0x1f6d2, 0x1f6d5, 0x1f6df,
        0x1f6eb, 0x1f6ec, 0x1f6f4, 0x1f6ff, 0x1f7e0, 0x1f7f0, 0x1f90c, 0x1f93a, 0x1f93c, 0x1f945, 0x1f947, 0x1f9ff,
        0x1fa70, 0x1faff, 0x20000, 0x3fffd
    };

    private DisplayWidth() {}

    /** Cells of one code point: 0, 1 or 2. */
    public static int of(int codePoint) {
        if (codePoint < 0x300) {
            return codePoint < 0x20 || codePoint >= 0x7f && codePoint < 0xa0 ? 0 : 1;
        }
        if (isZero(codePoint)) {
            return 0;
        }
        return codePoint >= WIDE[0] && isWide(codePoint) ? 2 : 1;
    }

    /** Cells of a text. */
    public static int of(CharSequence text) {
        return of(text, 0, text.length());
    }

    /** Cells of the chars {@code start} to {@code end}, exclusive. */
    public static int of(CharSequence text, int start, int end) {
        int cells = 0;
        for (int i = start; i < end; ) {
            char c = text.charAt(i);
            if (c >= 0x20 && c < 0x7f) {
                cells++;
                i++;
            } else {
                int codePoint = Character.codePointAt(text, i);
                cells += of(codePoint);
                i += Character.charCount(codePoint);
            }
        }
        return cells;
    }

    /**
     * How many chars of {@code text} fit into {@code cells}: never half of a character, and a base with all its
     * combining marks or not at all.
     */
    public static int fitting(CharSequence text, int cells) {
        int used = 0;
        for (int i = 0; i < text.length(); ) {
            int codePoint = Character.codePointAt(text, i);
            used += of(codePoint);
            if (used > cells) {
                return i;
            }
            i += Character.charCount(codePoint);
        }
        return text.length();
    }

    /** Appends {@code blanks} blanks; none where it is negative. */
    public static void pad(StringBuilder out, int blanks) {
        for (int i = 0; i < blanks; i++) {
            out.append(' ');
        }
    }

    private static boolean isZero(int codePoint) {
        int type = Character.getType(codePoint);
        return type == Character.NON_SPACING_MARK
                || type == Character.ENCLOSING_MARK
                || type == Character.FORMAT
                || codePoint >= 0x1160 && codePoint <= 0x11ff;
    }

    private static boolean isWide(int codePoint) {
        int at = Arrays.binarySearch(WIDE, codePoint);
        // Found: an end of a range. Else the insertion point is odd exactly between the ends of one.
        return at >= 0 || (-at - 1 & 1) == 1;
    }
}
