package shawk.store;

import java.util.Arrays;
import shawk.model.HashIndex;

/**
 * The flows that are counted, each with the chunk that it is in, one array a property, under numbers that are used
 * again. Used by one thread.
 */
final class Flows {
    static final int NONE = -1;
    /** Of {@link #chunk}: it has none. */
    static final long NO_CHUNK = Long.MIN_VALUE;

    /** Of {@link #variant}: several translations are known of the same ends. */
    static final int SEVERAL = -2;

    private static final int WIDTH = FlowKey.WIDTH;

    long[] keys = new long[64 * WIDTH];
    /** {@link FlowIdentity#id()}; -1 = not made yet. */
    long[] id = new long[64];

    /** When it was first and last seen, and last told of, microseconds since the epoch; 0 = never. */
    long[] first = new long[64];

    long[] last = new long[64];
    long[] told = new long[64];
    /** Which chunk since the epoch is open; {@link #NO_CHUNK}. */
    long[] chunk = new long[64];

    int[] run = new int[64];
    /** Elements of {@link #minutes}. */
    int[] head = new int[64];

    int[] tail = new int[64];
    /** Whether the chunk has changed since it was last told. */
    boolean[] changed = new boolean[64];

    /** Whether it is of a process of which it is not known yet what it is: it counts into one element until then. */
    boolean[] held = new boolean[64];

    /** Connections there are in sample {@link #nowAt}. */
    int[] now = new int[64];

    int[] nowAt = new int[64];
    /** Ends in this chunk. */
    long[] closed = new long[64];
    /** The flow with the same ends that nothing is known of a translation of. */
    int[] base = new int[64];
    /** Of such a flow the only one with a translation; {@link #NONE}, {@link #SEVERAL}. */
    int[] variant = new int[64];

    final Minutes minutes = new Minutes();
    final Proofs proofs = new Proofs();
    private final long seed;
    private final HashIndex index = new HashIndex(256);
    private int[] hashes = new int[64];
    private boolean[] there = new boolean[64];
    private int[] free = new int[16];
    private int freeCount;
    private int used;

    Flows(long seed) {
        this.seed = seed;
    }

    /** Numbers of flows are below this. */
    int limit() {
        return used;
    }

    int size() {
        return used - freeCount;
    }

    /** Whether there is a flow of that number. */
    boolean has(int flow) {
        return there[flow];
    }

    int find(FlowKey key) {
        int hash = key.hash(seed);
        for (int slot = index.first(hash); index.id(slot) >= 0; slot = index.next(slot)) {
            if (index.hash(slot) == hash && key.isAt(keys, index.id(slot) * WIDTH)) {
                return index.id(slot);
            }
        }
        return NONE;
    }

    /** Adds a flow that is not there yet. */
    int add(FlowKey key, long nowMicros, boolean isHeld) {
        int flow = freeCount > 0 ? free[--freeCount] : used++;
        if (flow == id.length) {
            grow(2 * flow);
        }
        there[flow] = true;
        put(flow, key);
        first[flow] = nowMicros;
        last[flow] = nowMicros;
        told[flow] = 0;
        chunk[flow] = NO_CHUNK;
        head[flow] = Minutes.NONE;
        tail[flow] = Minutes.NONE;
        changed[flow] = false;
        held[flow] = isHeld;
        now[flow] = 0;
        nowAt[flow] = 0;
        base[flow] = NONE;
        variant[flow] = NONE;
        return flow;
    }

    private void put(int flow, FlowKey key) {
        key.write(keys, flow * WIDTH);
        hashes[flow] = key.hash(seed);
        index.add(hashes[flow], flow);
        id[flow] = -1;
    }

    /** Gives a flow another key that no flow has. */
    void rename(int flow, FlowKey key) {
        index.remove(hashes[flow], flow);
        put(flow, key);
    }

    FlowKey key(int flow, FlowKey out) {
        return out.read(keys, flow * WIDTH);
    }

    /** Begins a chunk; the one before has been let go. */
    void open(int flow, long newChunk, int newRun) {
        chunk[flow] = newChunk;
        run[flow] = newRun;
        closed[flow] = 0;
        proofs.clear(flow);
        changed[flow] = true;
    }

    /** The element of that minute, the last one or a new one. */
    int element(int flow, int minute) {
        int last = tail[flow];
        if (last != Minutes.NONE && (held[flow] || minutes.minute[last] >= minute)) {
            return last;
        }
        int element = minutes.add(minute);
        if (last == Minutes.NONE) {
            head[flow] = element;
        } else {
            minutes.next[last] = element;
        }
        tail[flow] = element;
        changed[flow] = true;
        return element;
    }

    /** Lets the chunk go. */
    void close(int flow) {
        minutes.release(head[flow]);
        head[flow] = Minutes.NONE;
        tail[flow] = Minutes.NONE;
        chunk[flow] = NO_CHUNK;
        changed[flow] = false;
    }

    /** Forgets a flow that has no chunk. */
    void remove(int flow) {
        if (base[flow] != NONE && variant[base[flow]] == flow) {
            variant[base[flow]] = NONE;
        }
        index.remove(hashes[flow], flow);
        there[flow] = false;
        if (freeCount == free.length) {
            free = Arrays.copyOf(free, 2 * freeCount);
        }
        free[freeCount++] = flow;
    }

    private void grow(int capacity) {
        keys = Arrays.copyOf(keys, capacity * WIDTH);
        id = Arrays.copyOf(id, capacity);
        first = Arrays.copyOf(first, capacity);
        last = Arrays.copyOf(last, capacity);
        told = Arrays.copyOf(told, capacity);
        chunk = Arrays.copyOf(chunk, capacity);
        run = Arrays.copyOf(run, capacity);
        head = Arrays.copyOf(head, capacity);
        tail = Arrays.copyOf(tail, capacity);
        changed = Arrays.copyOf(changed, capacity);
        held = Arrays.copyOf(held, capacity);
        now = Arrays.copyOf(now, capacity);
        nowAt = Arrays.copyOf(nowAt, capacity);
        closed = Arrays.copyOf(closed, capacity);
        base = Arrays.copyOf(base, capacity);
        variant = Arrays.copyOf(variant, capacity);
        hashes = Arrays.copyOf(hashes, capacity);
        there = Arrays.copyOf(there, capacity);
        proofs.ensureRoom(capacity);
    }
}
