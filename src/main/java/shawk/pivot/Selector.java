package shawk.pivot;

import java.util.Arrays;

/** Finds the k-th smallest of some numbers without sorting them all. */
final class Selector {
    private Selector() {}

    /**
     * The number that would stand at {@code rank} (from 0) if the first {@code count} values were sorted. Reorders
     * them; none may be {@code NaN}.
     */
    static double select(double[] values, int count, int rank) {
        int from = 0;
        int to = count - 1;
        // Bad pivots in a row: values in an order that somebody chose. Sorting them has a bound.
        for (int rounds = 64; from < to && rounds > 0; rounds--) {
            double pivot = median(values[from], values[from + to >>> 1], values[to]);
            int left = from;
            int right = to;
            while (left <= right) {
                while (values[left] < pivot) {
                    left++;
                }
                while (values[right] > pivot) {
                    right--;
                }
                if (left <= right) {
                    double value = values[left];
                    values[left++] = values[right];
                    values[right--] = value;
                }
            }
            if (rank <= right) {
                to = right;
            } else if (rank >= left) {
                from = left;
            } else {
                return values[rank];
            }
        }
        if (from < to) {
            Arrays.sort(values, from, to + 1);
        }
        return values[rank];
    }

    private static double median(double a, double b, double c) {
        return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
    }
}
