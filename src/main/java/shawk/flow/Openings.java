package shawk.flow;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import shawk.model.EventRecord;
import shawk.model.HashIndex;
import shawk.model.RawSample;
import shawk.model.RawSection;
import shawk.model.SocketRecord;

/**
 * Puts openings back into samples that were taken without events of them: each connection that lives or has ended says
 * when it was opened. So each is told once, where it was first seen. Used by one thread, sample after sample.
 */
public final class Openings {
    private static final Map<String, int[]> EVENT = EventRecord.layout();
    private static final long NO_MIN_RTT = 0xffff_ffffL;

    private final long seed;
    private ByteBuffer buffer = allocate(64);
    private int count;
    private Known before;
    private boolean begun;

    /** Connections that were seen living in one sample. */
    private static final class Known {
        private final HashIndex index = new HashIndex(64);
        private long[] keys = new long[3 * 64];
        private int size;

        boolean contains(int hashed, long netns, long cookie, long ordinal) {
            for (int slot = index.first(hashed); index.id(slot) >= 0; slot = index.next(slot)) {
                int at = 3 * index.id(slot);
                if (index.hash(slot) == hashed
                        && keys[at] == netns
                        && keys[at + 1] == cookie
                        && keys[at + 2] == ordinal) {
                    return true;
                }
            }
            return false;
        }

        void add(int hashed, long netns, long cookie, long ordinal) {
            if (3 * size == keys.length) {
                keys = Arrays.copyOf(keys, 2 * keys.length);
            }
            keys[3 * size] = netns;
            keys[3 * size + 1] = cookie;
            keys[3 * size + 2] = ordinal;
            index.add(hashed, size++);
        }
    }

    /** {@code seed}: of a hash that nobody outside can guess. */
    public Openings(long seed) {
        this.seed = seed;
        this.before = new Known();
    }

    private static ByteBuffer allocate(int records) {
        return ByteBuffer.allocateDirect(records * EventRecord.SIZE).order(ByteOrder.nativeOrder());
    }

    /** {@code sample} with the openings that it tells of, valid until the next call; the same where it has some. */
    public RawSample complete(RawSample sample) {
        EventRecord event = new EventRecord(sample.buffer(RawSection.EVENTS));
        int events = sample.count(RawSection.EVENTS);
        for (int i = 0; i < events; i++) {
            if (event.at(i).kind() == EventRecord.OPENED) {
                return sample;
            }
        }
        count = 0;
        ended(sample, event, events);
        living(sample);
        begun = true;
        if (count == 0) {
            return sample;
        }
        ensureRoom(events);
        buffer.put(count * EventRecord.SIZE, sample.buffer(RawSection.EVENTS), 0, events * EventRecord.SIZE);
        List<RawSample.Section> sections = new ArrayList<>(sample.sections());
        sections.set(RawSection.EVENTS.ordinal(), new RawSample.Section(buffer, count + events));
        return sample.withSections(sections);
    }

    private void ended(RawSample sample, EventRecord event, int events) {
        for (int i = 0; i < events; i++) {
            event.at(i);
            boolean told = before.contains(
                    hash(event.netns(), event.cookie(), event.ordinal()),
                    event.netns(),
                    event.cookie(),
                    event.ordinal());
            if (event.kind() == EventRecord.CLOSED && event.openedNanos() != 0 && !told) {
                addEnded(sample.buffer(RawSection.EVENTS), i, event);
            }
        }
    }

    /** The opening of a connection that ended unseen by any sample: its end says all but what came later. */
    private void addEnded(ByteBuffer from, int position, EventRecord event) {
        ensureRoom(1);
        int at = count++ * EventRecord.SIZE;
        buffer.put(at, from, position * EventRecord.SIZE, EventRecord.SIZE);
        put(at, "monotonic_ns", event.openedNanos());
        put(at, "kind", EventRecord.OPENED);
        for (String later : new String[] {"tx_bytes", "rx_bytes", "rtt_us", "retrans", "segs_out", "reason"}) {
            put(at, later, 0);
        }
        put(at, "min_rtt_us", NO_MIN_RTT);
    }

    private void living(RawSample sample) {
        SocketRecord socket = new SocketRecord(sample.buffer(RawSection.SOCKETS));
        Known now = new Known();
        for (int i = 0; i < sample.count(RawSection.SOCKETS); i++) {
            socket.at(i);
            boolean whole = socket.mptcp() != SocketRecord.MPTCP_SUBFLOW;
            if (!whole || !socket.has(SocketRecord.HAS_LIFE) || socket.openedNanos() == 0) {
                continue;
            }
            int hashed = hash(socket.netns(), socket.cookie(), socket.ordinal());
            if (now.contains(hashed, socket.netns(), socket.cookie(), socket.ordinal())) {
                continue;
            }
            now.add(hashed, socket.netns(), socket.cookie(), socket.ordinal());
            // What the first sample shows may have been shown before, by samples that were written over since.
            boolean told = begun
                    ? before.contains(hashed, socket.netns(), socket.cookie(), socket.ordinal())
                    : socket.fresh() == 0;
            if (!told) {
                addLiving(sample.buffer(RawSection.SOCKETS), i, socket);
            }
        }
        before = now;
    }

    private void addLiving(ByteBuffer from, int position, SocketRecord socket) {
        ensureRoom(1);
        int at = count++ * EventRecord.SIZE;
        buffer.put(at, new byte[EventRecord.SIZE]);
        Map<String, int[]> layout = SocketRecord.layout();
        for (String same : new String[] {"netns", "cookie", "laddr", "raddr", "uid", "ifindex", "lport", "rport"}) {
            copy(from, position, layout, same, at, same);
        }
        for (String same :
                new String[] {"family", "protocol", "direction", "proof", "mptcp", "ordinal", "connect_us"}) {
            copy(from, position, layout, same, at, same);
        }
        copy(from, position, layout, "owner", at, "process");
        put(at, "monotonic_ns", socket.openedNanos());
        put(at, "opened_ns", socket.openedNanos());
        put(at, "kind", EventRecord.OPENED);
        put(at, "min_rtt_us", NO_MIN_RTT);
    }

    private void copy(ByteBuffer from, int position, Map<String, int[]> layout, String field, int at, String to) {
        int[] source = layout.getOrDefault(field, new int[2]);
        int[] target = EVENT.getOrDefault(to, new int[2]);
        buffer.put(at + target[0], from, position * SocketRecord.SIZE + source[0], Math.min(source[1], target[1]));
    }

    private void put(int at, String field, long value) {
        int[] place = EVENT.getOrDefault(field, new int[2]);
        switch (place[1]) {
            case 1 -> buffer.put(at + place[0], (byte) value);
            case 4 -> buffer.putInt(at + place[0], (int) value);
            default -> buffer.putLong(at + place[0], value);
        }
    }

    private void ensureRoom(int more) {
        int needed = count + more;
        if (needed * EventRecord.SIZE > buffer.capacity()) {
            ByteBuffer larger = allocate(needed + needed / 2);
            larger.put(0, buffer, 0, count * EventRecord.SIZE);
            buffer = larger;
        }
    }

    private int hash(long netns, long cookie, long ordinal) {
        return HashIndex.fold(HashIndex.mix(HashIndex.mix(HashIndex.mix(seed, netns), cookie), ordinal));
    }
}
