package shawk.tcp;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * From packets to conversations: knows the connections, puts the bytes of each direction in order, and says what is
 * missing. A connection is known from its SYN or, where that was not captured, from its first data.
 *
 * <p>In order, bytes go to the conversation where they lie. Behind a hole they are held until it is filled, or until it
 * is given up: when too much is behind it, when the receiver has acknowledged it some time ago, so that it is one of
 * the capture alone, or when nothing has filled it for long. Any bytes at all: it never throws. Used by one thread.
 */
public final class Streams {
    /** Connections that are over and still known, so that what is captured again is not taken for another one. */
    private static final int MOST_OVER = 4_096;

    /** Segments with new data after which a connection was not over. */
    private static final int LATE_BELIEVED = 3;

    /** How often holes are looked at, in time of the capture. */
    private static final long TICK_MICROS = 10_000;

    /** Connections with holes that are looked at each time: a file may say that much time passes with each packet. */
    private static final int MOST_HOLES = 256;

    private final Conversations conversations;
    private final StreamLimits limits;
    private final ByteLedger ledger = new ByteLedger();
    private final TcpCounts counts = new TcpCounts();
    private final Half.Shared shared;
    private final Frame frame = new Frame();
    private final Recency open = new Recency();
    private final Recency over = new Recency();
    private final Recency holders = new Recency();
    private @Nullable FlowTable table;
    private @Nullable Flow[] holes = new Flow[16];
    private int holeCount;
    private int nextHole;
    private long memory;
    private long lastTick = Long.MIN_VALUE / 2;

    public Streams(Conversations conversations, StreamLimits limits) {
        this.conversations = conversations;
        this.limits = limits;
        shared = new Half.Shared(limits, ledger, counts, new SpareBytes());
    }

    /** Where bytes have gone, of all connections. */
    public ByteLedger ledger() {
        return ledger;
    }

    public TcpCounts counts() {
        return counts;
    }

    /** Connections that are known and not over. */
    public int connections() {
        return open.size();
    }

    /** Bytes of memory that streams hold. */
    public long memory() {
        return memory;
    }

    /** Bytes that are held: behind a hole, or as the beginning of a message. */
    public long heldBytes() {
        return table == null ? 0 : table.heldBytes();
    }

    /** Takes the packets of a batch; nothing of it is needed afterwards. */
    public void take(PacketBatch batch) {
        for (int i = 0; i < batch.count; i++) {
            take(batch.bytes, batch.offset[i], batch.captured[i], batch.wire[i], batch.link[i], batch.micros[i]);
        }
    }

    /**
     * Takes a packet.
     *
     * @param captured bytes that are there from {@code from} on
     * @param wire bytes that it had
     * @param link its link type
     * @param micros when it was captured
     */
    public void take(byte[] bytes, int from, int captured, int wire, int link, long micros) {
        counts.packets++;
        if (holeCount > 0) {
            tick(micros);
        }
        switch (frame.parse(bytes, from, captured, wire, link)) {
            case SEGMENT -> segment(bytes, micros);
            case NOT_IP -> counts.notIp++;
            case NOT_TCP -> counts.notTcp++;
            case FRAGMENT -> counts.fragments++;
            case CUT -> counts.cutHeaders++;
            case BAD -> counts.bad++;
        }
    }

    private void segment(byte[] bytes, long micros) {
        counts.segments++;
        if (frame.dataTo - frame.dataFrom < frame.dataLength) {
            counts.cutData++;
        }
        if (!conversations.mayWant(frame.sourcePort, frame.destinationPort)) {
            counts.unwanted++;
            counts.otherPorts++;
            counts.ports.add(likelyServer());
            return;
        }
        FlowTable known = table;
        if (known == null) {
            known = new FlowTable(micros * 0x9e37_79b9_7f4a_7c15L);
            table = known;
        }
        Flow flow = known.find(frame);
        if ((frame.flags & (Frame.SYN | Frame.RST)) == Frame.SYN) {
            flow = synchronised(known, flow, micros);
        } else if (flow == null && frame.dataLength > 0) {
            flow = begin(known, sentByServer(), false, micros);
        }
        if (flow == null || flow.conversation == null) {
            counts.unwanted++;
            return;
        }
        boolean toServer = FlowTable.isUp(frame) == flow.clientIsA;
        if (flow.over) {
            late(known, flow, toServer, bytes, micros);
        } else {
            advance(known, flow, toServer, bytes, micros);
        }
    }

    /** The port of a segment's server, if nothing is known of either port. */
    private int likelyServer() {
        return switch (frame.flags & (Frame.SYN | Frame.ACK)) {
            case Frame.SYN -> frame.destinationPort;
            case Frame.SYN | Frame.ACK -> frame.sourcePort;
            default -> Math.min(frame.sourcePort, frame.destinationPort);
        };
    }

    /** Whether the sender of a segment of an unknown connection is its server. */
    private boolean sentByServer() {
        boolean source = conversations.isServerPort(frame.sourcePort);
        boolean destination = conversations.isServerPort(frame.destinationPort);
        return source == destination ? frame.sourcePort < frame.destinationPort : source;
    }

    /** The connection of a SYN: the one that is known, or a new one with the same ends. */
    private Flow synchronised(FlowTable known, @Nullable Flow flow, long micros) {
        boolean answer = (frame.flags & Frame.ACK) != 0;
        Flow it = flow;
        if (it == null || !isAgain(it)) {
            if (it != null) {
                forget(known, it, Conversation.End.REPLACED, micros);
            }
            it = begin(known, answer, true, micros);
        }
        boolean toServer = FlowTable.isUp(frame) == it.clientIsA;
        Half mine = toServer ? it.toServer : it.toClient;
        Half others = toServer ? it.toClient : it.toServer;
        if (mine != null && others != null) {
            if (!mine.isStarted()) {
                mine.start(frame.sequence + 1);
            }
            if (answer && !others.isStarted()) {
                others.start(frame.acknowledgement);
            }
        }
        return it;
    }

    /** Whether a SYN is of the connection that is known, and not of the next one. */
    private boolean isAgain(Flow flow) {
        boolean toServer = FlowTable.isUp(frame) == flow.clientIsA;
        Half mine = toServer ? flow.toServer : flow.toClient;
        if (mine == null) {
            return false;
        }
        return mine.isStarted()
                ? mine.beginsAt(frame.sequence + 1)
                : flow.whole && !flow.over && toServer == ((frame.flags & Frame.ACK) == 0);
    }

    private Flow begin(FlowTable known, boolean byServer, boolean whole, long micros) {
        if (open.size() >= limits.connections() || over.size() > MOST_OVER) {
            makeRoom(known, micros);
        }
        Flow flow = known.add(frame);
        flow.clientIsA = FlowTable.isUp(frame) != byServer;
        flow.whole = whole;
        Conversation conversation = conversations.open(flow.connection(), whole, ledger, micros);
        open.touch(flow.use);
        if (conversation != null) {
            counts.connections++;
            counts.midStream += whole ? 0 : 1;
            flow.conversation = conversation;
            flow.toServer = new Half(shared, conversation, true);
            flow.toClient = new Half(shared, conversation, false);
        }
        return flow;
    }

    private void makeRoom(FlowTable known, long micros) {
        Flow ended = over.oldest();
        if (ended != null && over.size() > MOST_OVER) {
            drop(known, ended);
        }
        Flow oldest = open.oldest();
        if (oldest != null && open.size() >= limits.connections()) {
            counts.crowded += oldest.conversation == null ? 0 : 1;
            evict(known, oldest, micros);
        }
    }

    private void advance(FlowTable known, Flow flow, boolean toServer, byte[] bytes, long micros) {
        open.touch(flow.use);
        Half client = flow.toServer;
        Half server = flow.toClient;
        if (client == null || server == null) {
            return;
        }
        Half mine = toServer ? client : server;
        Half others = toServer ? server : client;
        int flags = frame.flags;
        if ((flags & Frame.ACK) != 0) {
            if (others.isStarted()) {
                others.acknowledged(frame.acknowledgement);
            } else if (flow.whole && (flags & Frame.SYN) == 0 && mine.isAtFirst()) {
                // The answer to the SYN was not captured, but what it is answered with says where it was.
                others.start(frame.acknowledgement);
            }
        }
        int sequence = frame.sequence + ((flags & Frame.SYN) != 0 ? 1 : 0);
        if (frame.dataLength > 0) {
            if (!mine.isStarted()) {
                mine.startAnywhere(sequence, flow.whole, micros);
            }
            mine.data(bytes, frame.dataFrom, frame.dataTo, frame.dataLength, sequence, micros);
        }
        if ((flags & Frame.RST) != 0 && mine.canEndAt(frame.sequence)) {
            flow.reset = true;
            mine.endsAt(frame.sequence, micros);
        } else if ((flags & Frame.FIN) != 0) {
            mine.endsAt(sequence + frame.dataLength, micros);
        }
        settle(known, flow, micros);
    }

    /** After a segment: whether the connection is over, has holes, holds too much. */
    private void settle(FlowTable known, Flow flow, long micros) {
        Half client = flow.toServer;
        Half server = flow.toClient;
        if (client == null || server == null) {
            return;
        }
        // An RST may be captured before what its sender sent before it.
        if (flow.reset ? !client.hasHole() && !server.hasHole() : client.isOver() && server.isOver()) {
            end(flow, flow.howItEnded(), micros);
            over.touch(flow.use);
            return;
        }
        boolean hole = client.watchHole(micros);
        hole |= server.watchHole(micros);
        if (hole != flow.holeIndex >= 0) {
            if (hole) {
                addHole(flow);
            } else {
                removeHole(flow);
            }
        }
        int held = client.memory() + server.memory();
        if (held != flow.memory || held > 0) {
            hold(known, flow, held, micros);
        }
    }

    private void hold(FlowTable known, Flow flow, int held, long micros) {
        memory += held - flow.memory;
        flow.memory = held;
        if (held == 0) {
            Recency.leave(flow.holder);
            return;
        }
        holders.touch(flow.holder);
        while (memory > limits.maxBuffer()) {
            Flow oldest = holders.oldest();
            if (oldest == null) {
                return;
            }
            evict(known, oldest, micros);
        }
    }

    private void addHole(Flow flow) {
        if (holeCount == holes.length) {
            holes = Arrays.copyOf(holes, holeCount * 2);
        }
        flow.holeIndex = holeCount;
        holes[holeCount++] = flow;
    }

    private void removeHole(Flow flow) {
        if (flow.holeIndex < 0) {
            return;
        }
        Flow last = holes[--holeCount];
        holes[holeCount] = null;
        if (last != null && last != flow) {
            holes[flow.holeIndex] = last;
            last.holeIndex = flow.holeIndex;
        }
        flow.holeIndex = -1;
    }

    /** A segment of a connection that is over. */
    private void late(FlowTable known, Flow flow, boolean toServer, byte[] bytes, long micros) {
        Half mine = toServer ? flow.toServer : flow.toClient;
        if (mine == null || frame.dataLength == 0) {
            return;
        }
        if (flow.late + 1 < LATE_BELIEVED) {
            flow.late += mine.late(frame.dataFrom, frame.dataTo, frame.sequence) ? 1 : 0;
            return;
        }
        drop(known, flow);
        Flow again = begin(known, !toServer, false, micros);
        if (again.conversation != null) {
            advance(known, again, FlowTable.isUp(frame) == again.clientIsA, bytes, micros);
        }
    }

    /** Tells the conversation that it is over; holes are given up first. */
    private void end(Flow flow, Conversation.End why, long micros) {
        if (!flow.over && flow.conversation != null && flow.toServer != null && flow.toClient != null) {
            flow.toServer.finish();
            flow.toClient.finish();
            flow.conversation.end(why == Conversation.End.OVER ? flow.howItEnded() : why, micros);
            flow.conversation = Silence.INSTANCE;
            flow.toServer.forget();
            flow.toClient.forget();
        }
        flow.over = true;
        release(flow);
    }

    /** Nothing is held any more. */
    private void release(Flow flow) {
        memory -= flow.memory;
        flow.memory = 0;
        Recency.leave(flow.holder);
        removeHole(flow);
    }

    private void forget(FlowTable known, Flow flow, Conversation.End why, long micros) {
        end(flow, why, micros);
        drop(known, flow);
    }

    private void drop(FlowTable known, Flow flow) {
        release(flow);
        Recency.leave(flow.use);
        known.remove(flow);
    }

    private void evict(FlowTable known, Flow flow, long micros) {
        if (flow.conversation != null && flow.toServer != null && flow.toClient != null) {
            counts.evicted++;
            flow.toServer.evict();
            flow.toClient.evict();
            flow.conversation.end(Conversation.End.EVICTED, micros);
        }
        drop(known, flow);
    }

    /**
     * It is {@code micros} now: gives up holes that have been there for too long. Packets bring their own times; this
     * is for the time in which there are none.
     */
    public void tick(long micros) {
        FlowTable known = table;
        if (holeCount == 0 || known == null || micros >= lastTick && micros - lastTick < TICK_MICROS) {
            return;
        }
        lastTick = micros;
        for (int left = Math.min(holeCount, MOST_HOLES); left > 0 && holeCount > 0; left--) {
            nextHole = nextHole < holeCount ? nextHole : 0;
            Flow flow = holes[nextHole];
            if (flow != null) {
                expire(known, flow, micros);
            }
            // Where it has none any more, another one has taken its place.
            nextHole += flow == holes[nextHole] ? 1 : 0;
        }
    }

    private void expire(FlowTable known, Flow flow, long micros) {
        if (flow.toServer == null || flow.toClient == null) {
            return;
        }
        if (flow.toServer.hasHole()) {
            flow.toServer.expire(micros);
        }
        if (flow.toClient.hasHole()) {
            flow.toClient.expire(micros);
        }
        settle(known, flow, micros);
    }

    /** Nothing more comes: gives up all holes and ends all conversations, longest idle first. */
    public void finish(long micros) {
        FlowTable known = table;
        for (Flow flow = open.oldest(); known != null && flow != null; flow = open.oldest()) {
            forget(known, flow, Conversation.End.OVER, micros);
        }
        for (Flow flow = over.oldest(); known != null && flow != null; flow = over.oldest()) {
            drop(known, flow);
        }
        conversations.finish();
    }
}
