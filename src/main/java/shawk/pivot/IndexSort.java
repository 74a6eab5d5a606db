package shawk.pivot;

/** A stable merge sort of index numbers: {@code Arrays.sort} with a comparator wants an object each. */
final class IndexSort {
    private static final int RUN = 8;

    private IndexSort() {}

    /** Compares what two index numbers stand for. */
    @FunctionalInterface
    interface Order {
        int compare(int a, int b);
    }

    /** The numbers 0 to {@code count}, exclusive, in order. */
    static int[] sorted(int count, Order order) {
        int[] from = new int[count];
        for (int i = 0; i < count; i++) {
            from[i] = i;
        }
        for (int start = 0; start < count; start += RUN) {
            insert(from, start, Math.min(count, start + RUN), order);
        }
        int[] to = new int[count];
        for (int width = RUN; width < count; width *= 2) {
            for (int start = 0; start < count; start += 2 * width) {
                int middle = Math.min(count, start + width);
                merge(from, start, middle, Math.min(count, middle + width), to, order);
            }
            int[] merged = to;
            to = from;
            from = merged;
        }
        return from;
    }

    private static void insert(int[] numbers, int start, int end, Order order) {
        for (int i = start + 1; i < end; i++) {
            int number = numbers[i];
            int at = i;
            while (at > start && order.compare(numbers[at - 1], number) > 0) {
                numbers[at] = numbers[at - 1];
                at--;
            }
            numbers[at] = number;
        }
    }

    private static void merge(int[] from, int start, int middle, int end, int[] to, Order order) {
        int left = start;
        int right = middle;
        for (int at = start; at < end; at++) {
            boolean takeLeft = right == end || left < middle && order.compare(from[left], from[right]) <= 0;
            to[at] = from[takeLeft ? left++ : right++];
        }
    }
}
