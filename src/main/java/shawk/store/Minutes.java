package shawk.store;

import java.util.Arrays;

/**
 * What flows have counted, minute by minute, in lists whose elements lie side by side: an element is a number. Used by
 * one thread.
 */
final class Minutes {
    static final int NONE = -1;

    /** By element the one after it in its list. */
    int[] next = new int[64];

    /** Which minute of its chunk it is. */
    byte[] minute = new byte[64];

    int[] opened = new int[64];
    int[] closed = new int[64];
    int[] failed = new int[64];
    int[] peak = new int[64];
    int[] retrans = new int[64];
    long[] tx = new long[64];
    long[] rx = new long[64];
    /** Sum of round-trip times, microseconds, and how many there are in it. */
    long[] rttSum = new long[64];

    int[] rttCount = new int[64];
    private int free = NONE;
    private int used;
    private int size;

    /** How many elements there are. */
    int size() {
        return size;
    }

    /** A new element, the last one of its list. */
    int add(int atMinute) {
        int element = free;
        if (element == NONE) {
            element = used++;
            ensureRoom();
        } else {
            free = next[element];
        }
        size++;
        next[element] = NONE;
        minute[element] = (byte) atMinute;
        opened[element] = 0;
        closed[element] = 0;
        failed[element] = 0;
        peak[element] = 0;
        retrans[element] = 0;
        tx[element] = 0;
        rx[element] = 0;
        rttSum[element] = 0;
        rttCount[element] = 0;
        return element;
    }

    private void ensureRoom() {
        if (used <= next.length) {
            return;
        }
        int capacity = 2 * next.length;
        next = Arrays.copyOf(next, capacity);
        minute = Arrays.copyOf(minute, capacity);
        opened = Arrays.copyOf(opened, capacity);
        closed = Arrays.copyOf(closed, capacity);
        failed = Arrays.copyOf(failed, capacity);
        peak = Arrays.copyOf(peak, capacity);
        retrans = Arrays.copyOf(retrans, capacity);
        tx = Arrays.copyOf(tx, capacity);
        rx = Arrays.copyOf(rx, capacity);
        rttSum = Arrays.copyOf(rttSum, capacity);
        rttCount = Arrays.copyOf(rttCount, capacity);
    }

    /** Adds what {@code from} has counted to {@code into}. */
    void merge(int from, int into) {
        opened[into] += opened[from];
        closed[into] += closed[from];
        failed[into] += failed[from];
        peak[into] = Math.max(peak[into], peak[from]);
        retrans[into] += retrans[from];
        tx[into] += tx[from];
        rx[into] += rx[from];
        rttSum[into] += rttSum[from];
        rttCount[into] += rttCount[from];
    }

    /** Lets the list that begins with {@code first} go. */
    void release(int first) {
        for (int element = first; element != NONE; ) {
            int following = next[element];
            next[element] = free;
            free = element;
            size--;
            element = following;
        }
    }
}
