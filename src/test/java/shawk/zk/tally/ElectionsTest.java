package shawk.zk.tally;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import shawk.support.Captures;
import shawk.tcp.PacketBatch;
import shawk.tcp.StreamLimits;
import shawk.tcp.Streams;
import shawk.zk.proto.DecodeLimits;
import shawk.zk.proto.Dissector;
import shawk.zk.proto.Message;
import shawk.zk.proto.MessageSink;
import shawk.zk.proto.Ports;

/** Who led when, against what was done to the ensemble while it was captured. */
class ElectionsTest {
    private final List<String> told = new ArrayList<>();
    private final PacketBatch packets = Captures.read("ensemble-full.pcap");
    private final Elections elections = new Elections(election -> told.add(String.format(
            Locale.ROOT,
            "%.1f %s %s rounds %s votes %s in %.1f ms",
            (election.beginMicros() - packets.micros[0]) / 1e6,
            election.outcome().id(),
            election.leader() == Message.ABSENT ? "nobody" : election.leader(),
            election.rounds(),
            election.votes().toString().replace(Long.toString(Long.MIN_VALUE), "nobody"),
            election.tookMicros() / 1e3)));

    private void take(int from, int to) {
        Ports fle = new Ports();
        fle.add(3881, 3884);
        MessageSink sink = new MessageSink() {
            @Override
            public void message(Message message) {
                elections.message(message);
            }

            @Override
            public void unanswered(Message request, Unanswered why, long micros) {
                throw new AssertionError("nobody asks");
            }
        };
        Dissector dissector = new Dissector(new Ports(), new Ports(), fle, DecodeLimits.DEFAULT, sink);
        Streams streams = new Streams(dissector, StreamLimits.DEFAULT);
        for (int i = from; i < to; i++) {
            streams.take(
                    packets.bytes,
                    packets.offset[i],
                    packets.captured[i],
                    packets.wire[i],
                    packets.link[i],
                    packets.micros[i]);
        }
        streams.finish(packets.micros[to - 1]);
        elections.end();
    }

    /**
     * 3 leads at the start; 4, an observer, comes; 3 is killed; 3 comes back; 1 comes back without its data; all are
     * killed, 1 and 3 come back, then 2.
     */
    @Test
    void eachPhaseHasItsOutcome() {
        take(0, packets.count);
        assertThat(told)
                .containsExactly(
                        "1.5 elected 3 rounds [1] votes {1=3, 2=3, 3=3} in 92.9 ms",
                        "15.5 joined 3 rounds [1] votes {4=nobody} in 10.4 ms",
                        "27.6 elected 2 rounds [1] votes {1=2, 2=2, 4=3} in 20.5 ms",
                        "28.6 joined 2 rounds [2] votes {4=nobody} in 6.8 ms",
                        "36.2 joined 2 rounds [1] votes {3=3} in 11.8 ms",
                        "44.8 joined 2 rounds [1] votes {1=3} in 14.6 ms",
                        "51.6 elected 3 rounds [0, 1] votes {1=3, 3=3, 4=3} in 263.9 ms",
                        "55.5 joined 3 rounds [1] votes {2=2} in 9.6 ms");
    }

    @Test
    void whatWasNotSettledIsSaidToBeSo() {
        int end = 0;
        while (packets.micros[end] - packets.micros[0] < 1_495_000) {
            end++;
        }
        take(0, end);
        assertThat(told).singleElement().asString().startsWith("1.5 undecided nobody rounds [1] votes {1=1, 2=2");
    }

    /** Captures may begin and end anywhere: an outcome is told or not, it is never another one. */
    @Test
    void partsOfItTellNothingElse() {
        take(0, packets.count);
        List<String> leaders = List.of("elected 3", "joined 3", "elected 2", "joined 2", "undecided nobody");
        Random random = new Random(7);
        for (int i = 0; i < 60; i++) {
            told.clear();
            int from = random.nextInt(packets.count);
            take(from, from + 1 + random.nextInt(packets.count - from));
            assertThat(told).allMatch(line -> leaders.stream().anyMatch(line::contains));
        }
    }
}
