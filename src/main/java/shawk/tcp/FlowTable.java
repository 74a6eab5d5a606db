package shawk.tcp;

import org.jspecify.annotations.Nullable;

/**
 * Connections by their ends: open addressing, linear probing, at most half full. Which direction a packet goes does not
 * matter. Used by one thread.
 */
final class FlowTable {
    /** Makes places unknown to who chooses addresses and ports, so that nobody fills one corner of the table. */
    private final long seed;

    private @Nullable Flow[] slots = new Flow[64];
    private int size;

    FlowTable(long seed) {
        this.seed = seed;
    }

    int size() {
        return size;
    }

    /** The connection of a segment; null = not known. */
    @Nullable
    Flow find(Frame frame) {
        boolean up = isUp(frame);
        int mask = slots.length - 1;
        for (int i = hash(frame) & mask; ; i = i + 1 & mask) {
            Flow flow = slots[i];
            if (flow == null || isOf(flow, frame, up)) {
                return flow;
            }
        }
    }

    /** Whether the sender of a segment is A. */
    static boolean isUp(Frame frame) {
        int order = Long.compareUnsigned(frame.sourceHigh, frame.destinationHigh);
        if (order == 0) {
            order = Long.compareUnsigned(frame.sourceLow, frame.destinationLow);
        }
        return order < 0 || order == 0 && frame.sourcePort <= frame.destinationPort;
    }

    private static boolean isOf(Flow flow, Frame f, boolean up) {
        return up
                ? flow.isBetween(
                        f.sourceHigh, f.sourceLow, f.sourcePort, f.destinationHigh, f.destinationLow, f.destinationPort)
                : flow.isBetween(
                        f.destinationHigh,
                        f.destinationLow,
                        f.destinationPort,
                        f.sourceHigh,
                        f.sourceLow,
                        f.sourcePort);
    }

    /** A new entry for the connection of a segment, which must not be there. */
    Flow add(Frame f) {
        Flow flow = isUp(f)
                ? new Flow(
                        f.sourceHigh, f.sourceLow, f.sourcePort, f.destinationHigh, f.destinationLow, f.destinationPort)
                : new Flow(
                        f.destinationHigh,
                        f.destinationLow,
                        f.destinationPort,
                        f.sourceHigh,
                        f.sourceLow,
                        f.sourcePort);
        if ((size + 1) * 2 > slots.length) {
            grow();
        }
        put(flow);
        size++;
        return flow;
    }

    /** Bytes that all of them hold. */
    long heldBytes() {
        long held = 0;
        for (Flow flow : slots) {
            if (flow != null && flow.toServer != null && flow.toClient != null) {
                held += flow.toServer.held() + flow.toClient.held();
            }
        }
        return held;
    }

    private void put(Flow flow) {
        int mask = slots.length - 1;
        int i = hash(flow) & mask;
        while (slots[i] != null) {
            i = i + 1 & mask;
        }
        slots[i] = flow;
    }

    private void grow() {
        @Nullable Flow[] before = slots;
        slots = new Flow[before.length * 2];
        for (Flow flow : before) {
            if (flow != null) {
                put(flow);
            }
        }
    }

    /** Removes an entry; those behind it move up, so that no mark stays. */
    void remove(Flow flow) {
        int mask = slots.length - 1;
        int hole = hash(flow) & mask;
        while (slots[hole] != flow) {
            hole = hole + 1 & mask;
        }
        int i = hole;
        while (true) {
            i = i + 1 & mask;
            Flow next = slots[i];
            if (next == null) {
                break;
            }
            if ((i - hash(next) & mask) >= (i - hole & mask)) {
                slots[hole] = next;
                hole = i;
            }
        }
        slots[hole] = null;
        size--;
    }

    private int hash(Frame f) {
        return hash(end(f.sourceHigh, f.sourceLow, f.sourcePort)
                + end(f.destinationHigh, f.destinationLow, f.destinationPort));
    }

    private int hash(Flow f) {
        return hash(end(f.aHigh, f.aLow, f.aPort) + end(f.bHigh, f.bLow, f.bPort));
    }

    private long end(long high, long low, int port) {
        return mix(mix(low ^ seed) + high * 0x9e37_79b9_7f4a_7c15L + port);
    }

    private static int hash(long both) {
        long mixed = mix(both);
        return (int) (mixed ^ mixed >>> 32);
    }

    /** Each bit of the result depends on each of {@code value}. Source: MurmurHash3's finalizer. */
    private static long mix(long value) {
        long v = (value ^ value >>> 33) * 0xff51_afd7_ed55_8ccdL;
        v = (v ^ v >>> 33) * 0xc4ce_b9fe_1a85_ec53L;
        return v ^ v >>> 33;
    }
}
