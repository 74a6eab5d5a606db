package shawk.zk.proto;

import java.util.ArrayList;
import java.util.List;

/** What a sink was told, as text. */
final class Told implements MessageSink {
    final List<String> lines = new ArrayList<>();
    final List<String> answers = new ArrayList<>();
    final List<String> notes = new ArrayList<>();
    final List<String> unanswered = new ArrayList<>();
    final List<Long> latencies = new ArrayList<>();
    final WireTap tap;

    Told(DecodeLimits limits) {
        tap = new WireTap(new Dissector(CaptureTest.PORTS, new Ports(), new Ports(), limits, this));
    }

    static Told of(List<WireTap.Segment> segments) {
        Told told = new Told(DecodeLimits.DEFAULT);
        told.tap.play(segments);
        return told;
    }

    @Override
    public void message(Message message) {
        String line = ReferenceText.of(message);
        if (message.kind == Kind.NOTE) {
            notes.add(line);
        } else if (message.kind == Kind.FOUR_LETTER && !message.toServer) {
            answers.add(line);
        } else {
            lines.add(message.micros + " " + line);
            latencies.add(message.latencyMicros);
        }
    }

    @Override
    public void unanswered(Message request, Unanswered why, long micros) {
        unanswered.add(why + " " + ReferenceText.of(request));
    }
}
