package shawk.tcp;

import java.util.Arrays;

/**
 * Ports of servers that packets belong to and nobody asked for: a few of them, those seen most among them. Used by one
 * thread.
 */
public final class PortCounts {
    /** A port that is seen in more than one packet of so many is among them. */
    private static final int MOST = 16;

    private final int[] ports = new int[MOST];
    private final long[] packets = new long[MOST];
    private int size;

    /** A packet of that port came; where there is no room the port seen least makes some. */
    void add(int port) {
        int at = 0;
        int least = 0;
        while (at < size && ports[at] != port) {
            least = packets[at] < packets[least] ? at : least;
            at++;
        }
        if (at == MOST) {
            at = least;
        } else if (at == size) {
            size++;
        }
        ports[at] = port;
        packets[at]++;
    }

    /** At most {@code most} of them, those seen most first. */
    public int[] busiest(int most) {
        Integer[] order = new Integer[size];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Long.compare(packets[b], packets[a]));
        int[] busiest = new int[Math.min(most, size)];
        Arrays.setAll(busiest, i -> ports[order[i]]);
        return busiest;
    }
}
