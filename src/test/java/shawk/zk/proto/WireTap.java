package shawk.zk.proto;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import shawk.model.Address;
import shawk.support.Captures;
import shawk.tcp.ByteLedger;
import shawk.tcp.Connection;
import shawk.tcp.Conversation;
import shawk.tcp.Conversations;
import shawk.tcp.PacketBatch;

/**
 * Hands what a capture holds to conversations: Ethernet, IPv4, segments in their order, none of them lost. Segments can
 * be left out, and how bytes are cut can be chosen.
 */
final class WireTap {
    /** A segment with bytes, or the first or last of its direction; times since the first packet. */
    record Segment(long micros, Connection connection, boolean toServer, boolean syn, boolean last, byte[] bytes) {}

    private static final int FIN = 1;
    private static final int SYN = 2;
    private static final int RST = 4;
    private static final int ACK = 16;

    final ByteLedger ledger = new ByteLedger();
    private final Map<Connection, Line> lines = new LinkedHashMap<>();
    private final Conversations conversations;

    WireTap(Conversations conversations) {
        this.conversations = conversations;
    }

    private static final class Line {
        final @Nullable Conversation conversation;
        final byte[][] held = {new byte[0], new byte[0]};
        int ended;

        Line(@Nullable Conversation conversation) {
            this.conversation = conversation;
        }
    }

    /** The segments of a capture, without those that were sent again. */
    static List<Segment> segments(String capture, Ports servers) {
        PacketBatch packets = Captures.read(capture);
        List<Segment> segments = new ArrayList<>();
        Map<String, Integer> next = new LinkedHashMap<>();
        for (int i = 0; i < packets.count; i++) {
            byte[] frame =
                    Arrays.copyOfRange(packets.bytes, packets.offset[i], packets.offset[i] + packets.captured[i]);
            int ip = 14;
            if (frame.length < 54 || frame[12] != 8 || frame[13] != 0 || frame[ip + 9] != 6) {
                continue;
            }
            int tcp = ip + (frame[ip] & 15) * 4;
            int sourcePort = port(frame, tcp);
            int targetPort = port(frame, tcp + 2);
            boolean toServer = servers.contains(targetPort) && !servers.contains(sourcePort);
            int flags = frame[tcp + 13];
            int data = tcp + (frame[tcp + 12] >> 4 & 15) * 4;
            int end = ip + port(frame, ip + 2);
            int sequence = Wire.int32(frame, tcp + 4);
            String key = sourcePort + ">" + targetPort;
            if ((flags & SYN) != 0) {
                next.put(key, sequence + 1);
            }
            byte[] bytes = Arrays.copyOfRange(frame, data, Math.max(data, end));
            boolean again = bytes.length > 0 && next.getOrDefault(key, sequence) - sequence > 0;
            if (again) {
                continue;
            }
            if (bytes.length > 0) {
                next.put(key, sequence + bytes.length);
            }
            Connection connection = toServer
                    ? connection(frame, ip, sourcePort, targetPort, 12, 16)
                    : connection(frame, ip, targetPort, sourcePort, 16, 12);
            segments.add(new Segment(
                    packets.micros[i] - packets.micros[0],
                    connection,
                    toServer,
                    (flags & (SYN | ACK)) == SYN,
                    (flags & (FIN | RST)) != 0,
                    bytes));
        }
        return segments;
    }

    private static int port(byte[] frame, int at) {
        return (frame[at] & 0xff) << 8 | frame[at + 1] & 0xff;
    }

    private static Connection connection(byte[] frame, int ip, int client, int server, int clientAt, int serverAt) {
        long clientLow = 0xffff_0000_0000L | Wire.int32(frame, ip + clientAt) & 0xffff_ffffL;
        long serverLow = 0xffff_0000_0000L | Wire.int32(frame, ip + serverAt) & 0xffff_ffffL;
        return Connection.of(0, clientLow, client, 0, serverLow, server);
    }

    /** A connection of the documentation's addresses. */
    static Connection madeUp(int clientPort) {
        long low = 0xffff_0000_0000L;
        assert Address.isV4(0, low);
        return Connection.of(0, low | 0xc0000201L, clientPort, 0, low | 0xc0000202L, 2181);
    }

    void play(List<Segment> segments) {
        segments.forEach(this::play);
        end();
    }

    void play(Segment segment) {
        Line line = lines.get(segment.connection);
        if (segment.syn && line != null) {
            end(line, Conversation.End.REPLACED, segment.micros);
            line = null;
        }
        if (line == null) {
            if (segment.bytes.length == 0 && !segment.syn) {
                return;
            }
            line = new Line(conversations.open(segment.connection, segment.syn, ledger, segment.micros));
            lines.put(segment.connection, line);
        }
        offer(line, segment.toServer, segment.bytes, segment.micros);
        line.ended += segment.last ? 1 : 0;
        if (line.ended == 2) {
            end(line, Conversation.End.FIN, segment.micros);
            lines.remove(segment.connection);
        }
    }

    private void offer(Line line, boolean toServer, byte[] more, long micros) {
        if (line.conversation == null || more.length == 0) {
            return;
        }
        ledger.in += more.length;
        byte[] held = line.held[toServer ? 0 : 1];
        byte[] all = Arrays.copyOf(held, held.length + more.length + 3);
        System.arraycopy(more, 0, all, held.length, more.length);
        int to = held.length + more.length;
        int taken = line.conversation.take(toServer, all, 0, to, micros);
        if (taken < 0 || taken > to) {
            throw new IllegalStateException("taken: " + taken + " of " + to);
        }
        line.held[toServer ? 0 : 1] = Arrays.copyOfRange(all, taken, to);
    }

    /** Bytes of a connection are missing. */
    void gap(Connection connection, boolean toServer, long length, long micros) {
        Line line = lines.get(connection);
        if (line != null && line.conversation != null) {
            ledger.malformed += line.held[toServer ? 0 : 1].length;
            ledger.gap += length;
            line.held[toServer ? 0 : 1] = new byte[0];
            line.conversation.gap(toServer, length, micros);
        }
    }

    /** The capture is over. */
    void end() {
        lines.values().forEach(line -> end(line, Conversation.End.OVER, 0));
        lines.clear();
    }

    private void end(Line line, Conversation.End end, long micros) {
        if (line.conversation != null) {
            ledger.malformed += line.held[0].length + line.held[1].length;
            line.conversation.end(end, micros);
        }
    }

    /** Whether every byte that came is in exactly one place. */
    boolean balances() {
        return ledger.in == ledger.decoded + ledger.ignored + ledger.malformed;
    }
}
