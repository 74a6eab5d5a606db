package shawk.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntFunction;
import shawk.model.Address;
import shawk.model.HashIndex;
import shawk.model.Protocol;
import shawk.model.SafeText;

/**
 * Who waits for connections, each told when it is new and once an hour. A UDP socket that is not connected waits, but
 * may also be that of a client: it counts where its port is none that is handed out, or once it has been there for a
 * minute. Used by one thread.
 */
final class Waiting {
    private static final int WIDTH = 4;
    private static final long HOUR_MICROS = 3_600_000_000L;
    private static final long MINUTE_MICROS = 60_000_000;
    /** First port that Linux hands out where nobody has said otherwise. */
    private static final int FIRST_EPHEMERAL = 32_768;

    private static final Protocol[] PROTOCOLS = Protocol.values();

    private final int bound;
    private final long seed;
    private HashIndex index = new HashIndex(64);
    private long[] keys = new long[64 * WIDTH];
    private long[] first = new long[64];
    private long[] last = new long[64];
    private long[] told = new long[64];
    private int size;
    private long nowMicros;

    /** Knows at most {@code bound}; those beyond are left out. */
    Waiting(int bound, long seed) {
        this.bound = bound;
        this.seed = seed;
    }

    /** A sample begins. */
    void begin(long micros) {
        nowMicros = micros;
    }

    /** Takes in a socket that waits. */
    void add(int process, int space, Protocol protocol, long high, long low, int port) {
        long who = (long) process << 32 | space;
        long what = (long) protocol.ordinal() << 16 | port;
        int hash = hash(high, low, who, what);
        for (int slot = index.first(hash); index.id(slot) >= 0; slot = index.next(slot)) {
            int at = index.id(slot) * WIDTH;
            if (index.hash(slot) == hash
                    && keys[at] == high
                    && keys[at + 1] == low
                    && keys[at + 2] == who
                    && keys[at + 3] == what) {
                last[index.id(slot)] = nowMicros;
                return;
            }
        }
        if (size >= bound) {
            forget(nowMicros);
        }
        if (size < bound) {
            put(size++, high, low, who, what);
        }
    }

    private void put(int id, long high, long low, long who, long what) {
        if (id == first.length) {
            keys = Arrays.copyOf(keys, 2 * keys.length);
            first = Arrays.copyOf(first, 2 * id);
            last = Arrays.copyOf(last, 2 * id);
            told = Arrays.copyOf(told, 2 * id);
        }
        keys[id * WIDTH] = high;
        keys[id * WIDTH + 1] = low;
        keys[id * WIDTH + 2] = who;
        keys[id * WIDTH + 3] = what;
        first[id] = nowMicros;
        last[id] = nowMicros;
        told[id] = 0;
        index.add(hash(high, low, who, what), id);
    }

    private int hash(long high, long low, long who, long what) {
        return HashIndex.fold(HashIndex.mix(HashIndex.mix(HashIndex.mix(HashIndex.mix(seed, low), high), who), what));
    }

    /** Forgets those not seen since {@code micros}. */
    void forget(long micros) {
        int kept = 0;
        index = new HashIndex(size);
        for (int id = 0; id < size; id++) {
            if (last[id] >= micros) {
                System.arraycopy(keys, id * WIDTH, keys, kept * WIDTH, WIDTH);
                first[kept] = first[id];
                last[kept] = last[id];
                told[kept] = told[id];
                int at = kept * WIDTH;
                index.add(hash(keys[at], keys[at + 1], keys[at + 2], keys[at + 3]), kept++);
            }
        }
        size = kept;
    }

    /** Marks the processes that wait. */
    void mark(BitSet processes) {
        for (int id = 0; id < size; id++) {
            processes.set(process(id));
        }
    }

    /** Forgets those of processes that are not in {@code processes}. */
    private int process(int id) {
        return (int) (keys[id * WIDTH + 2] >>> 32);
    }

    /** Those that are to be told now. {@code identities}: by process what it is, {@code spaces}: names. */
    List<ListenerSeen> tell(IntFunction<ProcessIdentity> identities, IntFunction<Long> ids, Spaces spaces) {
        List<ListenerSeen> list = new ArrayList<>();
        for (int id = 0; id < size; id++) {
            int at = id * WIDTH;
            Protocol protocol = PROTOCOLS[(int) (keys[at + 3] >>> 16)];
            int port = (int) keys[at + 3] & 0xffff;
            boolean due = told[id] == 0 || last[id] - told[id] >= HOUR_MICROS;
            boolean waits = protocol != Protocol.UDP || port < FIRST_EPHEMERAL || last[id] - first[id] >= MINUTE_MICROS;
            if (due && waits) {
                told[id] = Math.max(1, last[id]);
                SafeText netns = spaces.text(
                        (int) keys[at + 2], identities.apply(process(id)).container());
                list.add(new ListenerSeen(
                        ids.apply(process(id)), protocol, netns, new Address(keys[at], keys[at + 1]), port));
            }
        }
        return list;
    }
}
