package shawk.screen;

/** A curve one line high: {@code ▁▂▃▅▇}, in ASCII {@code .:-=+*#}; a blank where nothing is known. Pure. */
final class Sparkline {
    private static final String BLOCKS = "\u2581\u2582\u2583\u2584\u2585\u2586\u2587\u2588";
    private static final String ASCII = "_.:-=+*#";

    private Sparkline() {}

    /** The values in at most {@code cells} cells, from 0 at the bottom to the greatest at the top; means where many. */
    static String of(float[] values, int cells, boolean ascii) {
        int width = Math.min(values.length, cells);
        if (width <= 0) {
            return "";
        }
        float[] means = new float[width];
        float greatest = 0;
        for (int i = 0; i < width; i++) {
            means[i] = mean(values, i * values.length / width, (i + 1) * values.length / width);
            greatest = Float.isNaN(means[i]) ? greatest : Math.max(greatest, means[i]);
        }
        String levels = ascii ? ASCII : BLOCKS;
        StringBuilder out = new StringBuilder(width);
        for (float mean : means) {
            if (Float.isNaN(mean)) {
                out.append(' ');
            } else {
                int level = greatest <= 0 ? 0 : Math.round(mean / greatest * (levels.length() - 1));
                out.append(levels.charAt(Math.max(0, Math.min(levels.length() - 1, level))));
            }
        }
        return out.toString();
    }

    private static float mean(float[] values, int from, int to) {
        double sum = 0;
        int known = 0;
        for (int i = from; i < to; i++) {
            if (!Float.isNaN(values[i])) {
                sum += values[i];
                known++;
            }
        }
        return known == 0 ? Float.NaN : (float) (sum / known);
    }

    /** The greatest value; {@code NaN} where none is known. */
    static double greatest(float[] values) {
        double greatest = Double.NaN;
        for (float value : values) {
            if (!Float.isNaN(value) && !(value <= greatest)) {
                greatest = value;
            }
        }
        return greatest;
    }
}
