package shawk.flow;

import java.nio.ByteBuffer;
import java.util.Arrays;
import shawk.model.Address;
import shawk.model.Column;
import shawk.model.Direction;
import shawk.model.FlowRecord;
import shawk.model.OwnerProof;
import shawk.model.Protocol;
import shawk.model.RawSample;
import shawk.model.RawSection;
import shawk.model.RowKind;
import shawk.model.SocketState;
import shawk.model.SocketTable;

/**
 * Shows UDP flows: in the row of their socket where that is connected, else in rows of their own. Used by one thread.
 */
final class FlowRows {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final int NO_RECORD = -1;

    private final UdpFlows flows;
    private final Connections connections;
    private final Listeners listeners;
    private final AddressSet hosts;
    private final Namespaces namespaces;
    private final Processes processes;
    private final Owners owners;
    private final Texts texts;
    private SocketTable.Builder table = new SocketTable.Builder(0);
    private int[] own = new int[16];
    private int ownCount;
    /** By flow its row in this sample. */
    private int[] rowOf = new int[16];

    private FlowRecord records = new FlowRecord(ByteBuffer.allocate(0));
    private final SocketKey key = new SocketKey();
    private long sequence;
    private long nowNanos;
    private long elapsedNanos;

    FlowRows(
            UdpFlows flows,
            Connections connections,
            Listeners listeners,
            AddressSet hosts,
            Namespaces namespaces,
            Processes processes,
            Owners owners,
            Texts texts) {
        this.flows = flows;
        this.connections = connections;
        this.listeners = listeners;
        this.hosts = hosts;
        this.namespaces = namespaces;
        this.processes = processes;
        this.owners = owners;
        this.texts = texts;
    }

    /** The flow that belongs to a socket, and so into its row; {@link UdpFlows#NONE} where there is none. */
    int join(SocketKey key) {
        if (flows.size() == 0 || key.protocol != Protocol.UDP || key.kind != RowKind.CONNECTION) {
            return UdpFlows.NONE;
        }
        int flow = flows.find(key);
        if (flow != UdpFlows.NONE) {
            flows.join(flow);
        }
        return flow;
    }

    /** How many flows have rows of their own. */
    int size() {
        return ownCount;
    }

    /** In which row a record of the sample is counted, -1 = in none. */
    int rowOf(int record) {
        key.read(records.at(record));
        int flow = flows.find(key);
        return flow == UdpFlows.NONE ? -1 : rowOf[flow];
    }

    /** Finds out which flows have rows of their own, all sockets being joined; returns how many. */
    int count(RawSample sample) {
        records = new FlowRecord(sample.buffer(RawSection.FLOWS));
        ownCount = 0;
        if (rowOf.length < flows.size()) {
            rowOf = new int[flows.size() + flows.size() / 4];
        }
        Arrays.fill(rowOf, -1);
        for (int flow = 0; flow < flows.size(); flow++) {
            if (!flows.isJoined(flow)) {
                if (ownCount == own.length) {
                    own = Arrays.copyOf(own, 2 * ownCount);
                }
                own[ownCount++] = flow;
            }
        }
        return ownCount;
    }

    void begin(SocketTable.Builder newTable, long newSequence, long newNowNanos, long newElapsedNanos) {
        table = newTable;
        sequence = newSequence;
        nowNanos = newNowNanos;
        elapsedNanos = newElapsedNanos;
    }

    /** Writes the bytes of a connected socket; without a flow none has come or gone while anybody looked. */
    void writeJoined(int row, SocketKey socket) {
        int flow = flows.find(socket);
        writeBytes(row, flow);
        if (flow != UdpFlows.NONE) {
            rowOf[flow] = row;
        }
    }

    private void writeBytes(int row, int flow) {
        if (flow != UdpFlows.NONE) {
            table.set(Column.TX_BYTES, row, flows.txBytes[flow]);
            table.set(Column.RX_BYTES, row, flows.rxBytes[flow]);
            table.set(Column.IDLE_MILLIS, row, millisSince(flows.lastNanos[flow]));
        }
        long sent = flow == UdpFlows.NONE ? 0 : flows.txNow(flow);
        long received = flow == UdpFlows.NONE ? 0 : flows.rxNow(flow);
        table.set(Column.TX_NOW, row, sent);
        table.set(Column.RX_NOW, row, received);
        if (elapsedNanos > 0) {
            table.set(Column.TX_RATE, row, rate(sent));
            table.set(Column.RX_RATE, row, rate(received));
        }
    }

    private long rate(long bytes) {
        return Math.round(bytes * NANOS_PER_SECOND / elapsedNanos);
    }

    private long millisSince(long nanos) {
        return Math.max(0, nowNanos - nanos) / 1_000_000;
    }

    /**
     * Writes the rows of flows that have their own.
     *
     * @param rowRecord by row of a socket its record
     */
    void write(int firstRow, int[] rowRecord) {
        for (int i = 0; i < ownCount; i++) {
            write(firstRow + i, own[i], rowRecord);
        }
    }

    private void write(int row, int flow, int[] rowRecord) {
        rowOf[flow] = row;
        table.set(Column.PROTOCOL, row, Protocol.UDP.ordinal());
        long high = flows.ends.lHigh[flow];
        long low = flows.ends.lLow[flow];
        table.set(Column.FAMILY, row, RowWriter.family(high, low).ordinal());
        table.set(Column.STATE, row, SocketState.UNCONN.ordinal());
        table.set(Column.KIND, row, RowKind.CONNECTION.ordinal());
        table.set(Column.NETNS, row, flows.ends.netns[flow]);
        table.set(Column.COOKIE, row, flows.ends.cookie[flow]);
        table.set(Column.UID, row, flows.uid[flow]);
        table.set(Column.USER, row, texts.userNumber(flows.uid[flow]));
        table.set(Column.LADDR_HIGH, row, high);
        table.set(Column.LADDR_LOW, row, low);
        table.set(Column.LPORT, row, flows.ends.ports[flow] >>> 16);
        table.set(Column.OPENED, row, 0);
        table.set(Column.OPENED_NOW, row, elapsedNanos > 0 ? 0 : SocketTable.ABSENT);
        writeDirection(row, flow);
        if (flows.hasPeer(flow)) {
            writePeer(row, flow);
        }
        writeBytes(row, flow);
        table.set(Column.AGE_MILLIS, row, millisSince(flows.firstNanos[flow]));
        writeOwner(row, flow, rowRecord);
    }

    private void writeDirection(int row, int flow) {
        int ports = flows.ends.ports[flow];
        long space = flows.ends.netns[flow];
        Direction direction = UdpFlows.direction(
                ports, namespaces.isEphemeral(space, ports >>> 16), namespaces.isEphemeral(space, ports & 0xffff));
        table.set(Column.DIRECTION, row, direction.ordinal());
        if (direction != Direction.UNKNOWN) {
            int port = direction == Direction.IN ? ports >>> 16 : ports & 0xffff;
            table.set(Column.PORT, row, port);
            table.set(Column.SERVICE, row, texts.service(Protocol.UDP, port));
        }
    }

    private void writePeer(int row, int flow) {
        long high = flows.ends.rHigh[flow];
        long low = flows.ends.rLow[flow];
        int port = flows.ends.ports[flow] & 0xffff;
        table.set(Column.RADDR_HIGH, row, high);
        table.set(Column.RADDR_LOW, row, low);
        table.set(Column.RPORT, row, port);
        if (Address.isLoopback(high, low) || hosts.contains(0, high, low)) {
            int waiting = listeners.find(flows.ends.netns[flow], Protocol.UDP, high, low, port, Listeners.ANY_DEVICE);
            if (waiting != Listeners.NONE && listeners.owner(waiting) != Connections.NOBODY) {
                table.set(Column.PEER_OWNER, row, processes.place(listeners.owner(waiting)));
            }
        }
    }

    /** Whoever was seen to send or receive; else who owns the socket. */
    private void writeOwner(int row, int flow, int[] rowRecord) {
        int socket = connections.findSocket(flows.ends.netns[flow], flows.ends.cookie[flow]);
        boolean alive = socket >= 0 && connections.seen[socket] == sequence;
        int owner = flows.owner[flow];
        OwnerProof proof = flows.proof[flow];
        if (owner == Connections.NOBODY && alive) {
            owner = connections.owner[socket];
            proof = owner == Connections.NOBODY ? OwnerProof.UNKNOWN : OwnerProof.INFERRED;
        }
        if (owner != Connections.NOBODY) {
            table.set(Column.OWNER, row, processes.place(owner));
        }
        table.set(Column.OWNER_PROOF, row, proof.ordinal());
        owners.list(row, alive ? rowRecord[connections.row[socket]] : NO_RECORD);
    }
}
