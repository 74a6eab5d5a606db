package shawk.zk.proto;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import shawk.support.PacketMaker;
import shawk.support.Segment;
import shawk.tcp.ByteLedger;
import shawk.tcp.StreamLimits;
import shawk.tcp.Streams;

/** What a sink was told, as text. */
final class Told implements MessageSink {
    /** Client ports of all captures. */
    static final Ports PORTS = Ports.of(2181, 2191, 2192, 2193, 2194);

    final List<String> lines = new ArrayList<>();
    final List<Long> latencies = new ArrayList<>();
    final List<Long> sessions = new ArrayList<>();
    final List<String> answers = new ArrayList<>();
    final List<String> notes = new ArrayList<>();
    final List<String> unanswered = new ArrayList<>();

    /** Replies that came after their requests had been told to have none: operation and path. */
    final List<String> lates = new ArrayList<>();

    /** Latencies of replies by what was told of them. */
    final Map<String, Long> latency = new HashMap<>();

    private ByteLedger ledger = new ByteLedger();
    private long start;

    /** Requests that were told, and those of them that had a reply, or were told to have none. */
    int requests;

    int settled;

    /** All that is said in segments. */
    static Told of(List<Segment> segments) {
        return of(segments, segments.get(0).micros());
    }

    /** The same, with times since {@code start}. */
    static Told of(List<Segment> segments, long start) {
        Told told = new Told();
        told.start = start;
        Dissector dissector = new Dissector(PORTS, new Ports(), new Ports(), DecodeLimits.DEFAULT, told);
        Streams streams = new Streams(dissector, StreamLimits.DEFAULT);
        PacketMaker.feed(streams, segments);
        told.ledger = streams.ledger();
        return told;
    }

    @Override
    public void message(Message message) {
        String line = ReferenceText.of(message);
        boolean asks = message.toServer && message.kind != Kind.NOTE;
        requests += asks ? 1 : 0;
        settled += !asks && message.request != null ? 1 : 0;
        Message late = message.late;
        if (late != null) {
            lates.add(late.op + " " + new String(late.bytes, late.pathFrom, late.pathLength, StandardCharsets.UTF_8));
        }
        if (message.kind == Kind.NOTE) {
            notes.add(line);
        } else if (message.kind == Kind.FOUR_LETTER && !message.toServer) {
            answers.add(line);
        } else {
            lines.add(message.micros - start + " " + line);
            latencies.add(message.latencyMicros);
            sessions.add(message.session);
            latency.put(message.micros - start + " " + line, message.latencyMicros);
        }
    }

    @Override
    public void unanswered(Message request, Unanswered why, long micros) {
        settled++;
        unanswered.add(why + " " + ReferenceText.of(request));
    }

    /** Whether every byte that came is in exactly one place. */
    boolean balances() {
        return ledger.in == ledger.decoded + ledger.ignored + ledger.malformed + ledger.evicted;
    }
}
