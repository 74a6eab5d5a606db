package shawk.view.svg;

import shawk.text.DisplayWidth;

/**
 * How wide text is drawn, without a font at hand: by the widths of DejaVu Sans, which is wider than what most systems
 * have, so that a text never leaves its box. Stateless; any thread.
 */
final class TextWidth {
    /** Of the characters from blank to tilde, in thousandths of the font's size. */
    private static final int[] ASCII = {
        318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337, 636, 636, 636, 636, 636, 636,
        636, 636, 636, 636, 337, 337, 838, 838, 838, 531, 1000, 684, 686, 698, 770, 632, 575, 775, 752, 295, 295, 656,
        557, 863, 748, 787, 603, 787, 695, 635, 611, 732, 684, 989, 685, 611, 685, 390, 337, 390, 838, 500, 500, 613,
        635, 550, 635, 615, 352, 635, 634, 278, 278, 579, 278, 974, 634, 612, 635, 635, 411, 521, 392, 634, 592, 818,
        592, 592, 525, 636, 337, 636, 838
    };

    private static final double BOLD = 1.12;
    private static final double OTHER = 0.7;

    private TextWidth() {}

    /** Width of {@code text} at a font's {@code size}, in the same unit. */
    static double of(String text, double size, boolean bold) {
        double thousandths = 0;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            boolean ascii = c >= 0x20 && c < 0x7f;
            thousandths += ascii ? ASCII[c - 0x20] : DisplayWidth.of(c) * OTHER * 1000;
            i += Character.charCount(c);
        }
        return thousandths / 1000 * size * (bold ? BOLD : 1);
    }

    /** {@code text}, cut so that it is no wider than {@code most}; an ellipsis says so. */
    static String cut(String text, double size, boolean bold, double most) {
        if (of(text, size, bold) <= most) {
            return text;
        }
        int end = text.length();
        while (end > 0 && of(text.substring(0, end), size, bold) + size > most) {
            end = text.offsetByCodePoints(end, -1);
        }
        return text.substring(0, end) + "…";
    }
}
