package shawk.source.replay;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;
import shawk.model.BundleRecord;
import shawk.model.RawSample;
import shawk.model.RawSection;
import shawk.model.SocketRecord;

/**
 * Which connections were shown in samples that are left out: of what the kernel's programs count, openings and bytes
 * are told as new only once. Those that still live in the sample that is handed out are new there; of those that do not
 * a bundle says so. Used by one thread.
 */
final class Shown {
    /** Value of {@link SocketRecord#direction()}. */
    private static final int OUT = 1;

    private static final int FRESH = place(RawSection.SOCKETS, "fresh");
    private static final int PORT = place(RawSection.BUNDLES, "port");
    private static final int PROCESS = place(RawSection.BUNDLES, "process");
    private static final int OPENED_NOW = place(RawSection.BUNDLES, "opened_now");
    private static final int TX_NOW = place(RawSection.BUNDLES, "tx_now");
    private static final int RX_NOW = place(RawSection.BUNDLES, "rx_now");
    /** Of what a socket and a bundle both have: from, to, length. */
    private static final List<int[]> SAME = Stream.of(
                    "netns", "laddr", "raddr", "protocol", "family", "direction", "proof", "mptcp")
            .map(field -> new int[] {
                place(RawSection.SOCKETS, field),
                place(RawSection.BUNDLES, field),
                Objects.requireNonNull(RawSection.BUNDLES.layout().get(field))[1]
            })
            .toList();

    private final Map<Connection, Life> lives = new HashMap<>();
    /** The sockets that were handed out last. */
    private ByteBuffer before = ByteBuffer.allocate(0);

    private int beforeCount;
    private boolean indexed;

    private record Connection(long netns, long cookie, long ordinal) {
        static Connection of(SocketRecord r) {
            return new Connection(r.netns(), r.cookie(), r.ordinal());
        }
    }

    /** What one connection had counted when it was handed out last, and what it has by now. */
    private static final class Life {
        private final ByteBuffer bundle = ByteBuffer.allocate(BundleRecord.SIZE).order(ByteOrder.nativeOrder());
        private final long sentBefore;
        private final long receivedBefore;
        private boolean opened;

        Life(long sentBefore, long receivedBefore) {
            this.sentBefore = sentBefore;
            this.receivedBefore = receivedBefore;
        }
    }

    /** Takes the connections of a sample that is left out; {@code owners}: numbers of processes, plus 1. */
    void leaveOut(RawSample sample, IntUnaryOperator owners) {
        index();
        SocketRecord r = new SocketRecord(sample.buffer(RawSection.SOCKETS));
        for (int i = 0; i < sample.count(RawSection.SOCKETS); i++) {
            if (!isCounted(r.at(i))) {
                continue;
            }
            Life life = lives.computeIfAbsent(
                    Connection.of(r), key -> r.fresh() != 0 ? new Life(0, 0) : new Life(sent(r), r.bytesReceived()));
            life.opened |= r.fresh() != 0;
            note(life, r, sample.buffer(RawSection.SOCKETS), i, owners);
        }
    }

    private void index() {
        if (!indexed) {
            SocketRecord r = new SocketRecord(before);
            for (int i = 0; i < beforeCount; i++) {
                if (isCounted(r.at(i))) {
                    lives.put(Connection.of(r), new Life(sent(r), r.bytesReceived()));
                }
            }
            indexed = true;
        }
    }

    private static boolean isCounted(SocketRecord r) {
        return r.has(SocketRecord.HAS_LIFE) && r.mptcp() != SocketRecord.MPTCP_SUBFLOW;
    }

    /** Payload, but for a byte. */
    private static long sent(SocketRecord r) {
        return Math.max(0, r.bytesAcked() - (r.direction() == OUT ? 1 : 0));
    }

    private static void note(Life life, SocketRecord r, ByteBuffer sockets, int index, IntUnaryOperator owners) {
        ByteBuffer bundle = life.bundle;
        for (int[] each : SAME) {
            bundle.put(each[1], sockets, index * SocketRecord.SIZE + each[0], each[2]);
        }
        int port = r.direction() == OUT ? r.rport() : r.direction() == 0 ? 0 : r.lport();
        bundle.putShort(PORT, (short) port);
        bundle.putInt(PROCESS, owners.applyAsInt(r.owner()));
        bundle.putLong(OPENED_NOW, life.opened ? 1 : 0);
        bundle.putLong(TX_NOW, Math.max(0, sent(r) - life.sentBefore));
        bundle.putLong(RX_NOW, Math.max(0, r.bytesReceived() - life.receivedBefore));
    }

    private static int place(RawSection section, String field) {
        return Objects.requireNonNull(section.layout().get(field))[0];
    }

    /** Where bundles go. */
    interface Bundles {
        /** Adds record {@code index} of {@code from}. */
        int add(ByteBuffer from, int index);
    }

    /** The sockets of {@code sample}, those new that opened in one before; those gone go into {@code bundles}. */
    RawSample.Section join(RawSample sample, Bundles bundles) {
        int count = sample.count(RawSection.SOCKETS);
        ByteBuffer sockets = copy(sample, ByteBuffer.allocate(0));
        SocketRecord r = new SocketRecord(sockets);
        for (int i = 0; i < count && !lives.isEmpty(); i++) {
            Life life = isCounted(r.at(i)) ? lives.remove(Connection.of(r)) : null;
            if (life != null && life.opened) {
                sockets.put(i * SocketRecord.SIZE + FRESH, (byte) 1);
            }
        }
        for (Life life : lives.values()) {
            BundleRecord bundle = new BundleRecord(life.bundle);
            if (bundle.openedNow() + bundle.txNow() + bundle.rxNow() > 0) {
                bundles.add(life.bundle, 0);
            }
        }
        return new RawSample.Section(sockets, count);
    }

    /** The sample that is handed out. */
    void handOut(RawSample sample) {
        lives.clear();
        indexed = false;
        beforeCount = Carried.exact(sample) ? sample.count(RawSection.SOCKETS) : 0;
        before = beforeCount == 0 ? before : copy(sample, before);
    }

    private static ByteBuffer copy(RawSample sample, ByteBuffer room) {
        int bytes = sample.count(RawSection.SOCKETS) * SocketRecord.SIZE;
        ByteBuffer copy = room.capacity() >= bytes
                ? room
                : ByteBuffer.allocate(bytes + bytes / 4).order(ByteOrder.nativeOrder());
        return copy.put(0, sample.buffer(RawSection.SOCKETS), 0, bytes);
    }
}
