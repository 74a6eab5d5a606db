package shawk.record;

import java.util.Arrays;
import java.util.Set;

/**
 * The numbers by which holders speak of sockets: places in the section of sockets, then on through that of unix
 * sockets. Used by one thread.
 */
final class SocketNumbers {
    private static final Set<String> SECTIONS = Set.of("sockets", "unix_sockets");

    private int[] numbers = new int[64];
    private int size;
    private int total;

    void clear() {
        size = 0;
        total = 0;
    }

    /** Takes in a section where it is one of sockets: for each old place the new one, -1 = gone; then its new size. */
    void add(String section, int[] places, int oldCount, int newCount) {
        if (!isOfSockets(section)) {
            return;
        }
        if (size + oldCount > numbers.length) {
            numbers = Arrays.copyOf(numbers, size + oldCount + (size + oldCount) / 4);
        }
        for (int i = 0; i < oldCount; i++) {
            numbers[size + i] = places[i] < 0 ? -1 : total + places[i];
        }
        size += oldCount;
        total += newCount;
    }

    int[] numbers() {
        return numbers;
    }

    int size() {
        return size;
    }

    static boolean isOfSockets(String section) {
        return SECTIONS.contains(section);
    }

    /** Sockets of the sample. */
    int total() {
        return total;
    }
}
