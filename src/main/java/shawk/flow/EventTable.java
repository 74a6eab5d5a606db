package shawk.flow;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import shawk.model.Column;
import shawk.model.EndReason;
import shawk.model.EventKind;
import shawk.model.EventRecord;
import shawk.model.Holders;
import shawk.model.NamespaceInfo;
import shawk.model.PeerNames;
import shawk.model.ProcessInfo;
import shawk.model.ProcessTexts;
import shawk.model.RowKind;
import shawk.model.SafeText;
import shawk.model.Snapshot;
import shawk.model.SocketState;
import shawk.model.SocketTable;
import shawk.model.TextDictionary;

/** Makes a snapshot whose rows are single events. Used once, by one thread. */
final class EventTable {
    private static final long NO_MIN_RTT = 0xffff_ffffL;
    private static final ProcessTexts.Text[] TEXTS = ProcessTexts.Text.values();

    private final SampleHead head;
    private final SocketTable.Builder table;
    private final TextDictionary.Builder texts;
    private final SocketKey key = new SocketKey();
    /** By object: what an ended process was called stays, whoever bears its number now. */
    private final IdentityHashMap<ProcessInfo, Integer> places = new IdentityHashMap<>();

    private final List<ProcessInfo> processes = new ArrayList<>();
    private final int[] starts;
    private int[] holders = new int[16];
    private int rows;

    EventTable(SampleHead head, int capacity) {
        this.head = head;
        this.table = new SocketTable.Builder(capacity);
        this.texts = new TextDictionary.Builder(head.seed());
        this.starts = new int[capacity + 1];
        for (NamespaceInfo each : head.namespaces()) {
            texts.number(each.name());
        }
    }

    /** Adds the event at {@code at}; {@link #addHolder} then adds to it. {@code r}: a flyweight over the records. */
    void add(EventStore events, EventRecord r, int at) {
        int row = rows++;
        starts[rows] = starts[row];
        key.read(r.at(at));
        writeEnds(row);
        table.set(Column.DIRECTION, row, events.direction(at).ordinal());
        if (events.port(at) >= 0) {
            table.set(Column.PORT, row, events.port(at));
        }
        text(Column.SERVICE, row, events.service(at));
        text(Column.IFACE, row, events.device(at));
        text(Column.USER, row, events.user(at));
        text(Column.COUNTRY, row, events.country(at));
        text(Column.ASN, row, events.system(at));
        table.set(Column.UID, row, r.uid());
        table.set(Column.OWNER_PROOF, row, events.proof(at).ordinal());
        ProcessInfo owner = events.owner(at);
        if (owner != null) {
            table.set(Column.OWNER, row, place(owner));
        }
        table.set(Column.EVENT_NANOS, row, r.monotonicNanos());
        switch (r.kind()) {
            case EventRecord.OPENED -> writeOpened(row, r);
            case EventRecord.FAILED -> writeFailed(row, r);
            default -> writeClosed(row, r);
        }
    }

    /** A process that holds the socket of the row added last, besides those added before. */
    void addHolder(@Nullable ProcessInfo process) {
        if (process == null) {
            return;
        }
        if (starts[rows] == holders.length) {
            holders = Arrays.copyOf(holders, 2 * holders.length);
        }
        holders[starts[rows]++] = place(process);
    }

    private int place(ProcessInfo process) {
        Integer known = places.get(process);
        if (known != null) {
            return known;
        }
        processes.add(process);
        places.put(process, processes.size() - 1);
        return processes.size() - 1;
    }

    private void text(Column column, int row, SafeText text) {
        if (!text.isEmpty()) {
            table.set(column, row, texts.number(text));
        }
    }

    private void writeEnds(int row) {
        table.set(Column.PROTOCOL, row, key.protocol.ordinal());
        table.set(Column.FAMILY, row, RowWriter.family(key.lHigh, key.lLow).ordinal());
        table.set(Column.NETNS, row, key.netns);
        table.set(Column.COOKIE, row, key.cookie);
        table.set(Column.ORDINAL, row, key.ordinal);
        table.set(Column.LADDR_HIGH, row, key.lHigh);
        table.set(Column.LADDR_LOW, row, key.lLow);
        table.set(Column.LPORT, row, key.lport);
        table.set(Column.RADDR_HIGH, row, key.rHigh);
        table.set(Column.RADDR_LOW, row, key.rLow);
        table.set(Column.RPORT, row, key.rport);
    }

    private void writeOpened(int row, EventRecord r) {
        table.set(Column.KIND, row, RowKind.CONNECTION.ordinal());
        table.set(Column.STATE, row, SocketState.ESTABLISHED.ordinal());
        table.set(Column.EVENT, row, EventKind.OPENED.ordinal());
        writeCounts(row, 1, 0, 0, r);
        writeTimes(row, r);
    }

    private void writeClosed(int row, EventRecord r) {
        table.set(Column.KIND, row, RowKind.ENDED.ordinal());
        table.set(Column.EVENT, row, EventKind.CLOSED.ordinal());
        writeCounts(row, r.openedNanos() == 0 ? 0 : 1, 1, 0, r);
        writeEnd(row, r);
        writeTimes(row, r);
        table.set(Column.TX_BYTES, row, r.txBytes());
        table.set(Column.RX_BYTES, row, r.rxBytes());
        table.set(Column.RETRANS, row, r.retrans());
        table.set(Column.SEGS_OUT, row, r.segsOut());
    }

    private void writeFailed(int row, EventRecord r) {
        table.set(Column.KIND, row, RowKind.ENDED.ordinal());
        table.set(Column.EVENT, row, EventKind.FAILED.ordinal());
        writeCounts(row, 0, 0, 1, r);
        writeEnd(row, r);
        table.set(Column.RETRANS, row, r.retrans());
        table.set(Column.SEGS_OUT, row, r.segsOut());
    }

    private void writeCounts(int row, int opened, int closed, int failed, EventRecord r) {
        table.set(Column.OPENED, row, opened);
        table.set(Column.CLOSED, row, closed);
        table.set(Column.FAILED, row, failed);
        if (head.elapsedNanos() > 0) {
            long begin = head.monotonicNanos() - head.elapsedNanos();
            boolean now = r.monotonicNanos() > begin;
            table.set(Column.OPENED_NOW, row, opened != 0 && Math.max(r.openedNanos(), openedAt(r)) > begin ? 1 : 0);
            table.set(Column.CLOSED_NOW, row, now ? closed : 0);
            table.set(Column.FAILED_NOW, row, now ? failed : 0);
        }
    }

    private static long openedAt(EventRecord r) {
        return r.kind() == EventRecord.OPENED ? r.monotonicNanos() : 0;
    }

    private void writeEnd(int row, EventRecord r) {
        table.set(Column.END_REASON, row, EndReason.of(r.reason()).ordinal());
        table.set(Column.ENDED_MILLIS, row, Math.max(0, head.monotonicNanos() - r.monotonicNanos()) / 1_000_000);
        if (r.openedNanos() != 0) {
            table.set(Column.DURATION_MICROS, row, Math.max(0, r.monotonicNanos() - r.openedNanos()) / 1_000);
        }
    }

    private void writeTimes(int row, EventRecord r) {
        if (r.rttMicros() != 0) {
            table.set(Column.RTT, row, r.rttMicros());
        }
        if (r.minRttMicros() != NO_MIN_RTT && r.minRttMicros() != 0) {
            table.set(Column.MIN_RTT, row, r.minRttMicros());
        }
        if (r.connectMicros() != 0) {
            table.set(Column.CONNECT_MICROS, row, r.connectMicros());
        }
    }

    /** Finds out who was at the other ends: processes whose own ends are among the rows, or that others know. */
    void joinEnds() {
        EndedPairs pairs = new EndedPairs(table);
        for (int row = 0; row < rows; row++) {
            pairs.add(row, owner(row));
        }
        PeerNames peers = head.peers();
        SafeText host = peers.host();
        table.peers(peers, host.isEmpty() ? SocketTable.ABSENT : texts.number(host));
        for (int row = 0; row < rows; row++) {
            ProcessInfo other = pairs.other(row);
            PeerNames.Peer peer = other == null && peers.any() ? peers.find(table, row) : null;
            if (other != null) {
                table.set(Column.PEER_OWNER, row, place(other));
            } else if (peer != null) {
                table.set(Column.PEER_PROCESS, row, texts.number(peer.process()));
                table.set(Column.PEER_HOST, row, texts.number(peer.host()));
            }
        }
    }

    private @Nullable ProcessInfo owner(int row) {
        long owner = table.value(Column.OWNER, row);
        return owner == SocketTable.ABSENT ? null : processes.get((int) owner);
    }

    Snapshot build() {
        int[][] numbers = new int[TEXTS.length][processes.size()];
        for (int column = 0; column < TEXTS.length; column++) {
            for (int i = 0; i < processes.size(); i++) {
                numbers[column][i] = texts.number(TEXTS[column].of(processes.get(i)));
            }
        }
        Holders all = new Holders(Arrays.copyOf(starts, rows + 1), Arrays.copyOf(holders, starts[rows]));
        return head.snapshot(table.build(rows, rows), processes, all, texts.build(), new ProcessTexts(numbers));
    }
}
