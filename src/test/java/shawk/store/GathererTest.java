package shawk.store;

import static org.assertj.core.api.Assertions.assertThat;
import static shawk.support.Kernel.bundle;
import static shawk.support.Kernel.closed;
import static shawk.support.Kernel.meter;
import static shawk.support.RawSampleBuilder.Socket.listen;
import static shawk.support.RawSampleBuilder.Socket.tcp;
import static shawk.support.RawSampleBuilder.at;

import org.junit.jupiter.api.Test;
import shawk.model.Meter;
import shawk.support.RawSampleBuilder;
import shawk.support.RawSampleBuilder.Socket;

/** Snapshots in, chunks out: every amount once, under the flow that it is of. */
final class GathererTest {
    private static final String LOCAL = "10.0.0.1:40000";
    private static final String REMOTE = "10.0.0.2:80";
    /** Seconds into a chunk at which the samples' clock begins. */
    private static final int BEGUN = 200;

    private static Socket watched(double opened) {
        return tcp(LOCAL, REMOTE).cookie(2).inode(22).life(opened, 1).by(10, 2);
    }

    private static RawSampleBuilder exact(double seconds, long ended) {
        return at(seconds)
                .self()
                .source("ebpf")
                .process(10, 5, "curl")
                .details(10, 5, "/usr/bin/curl", "")
                .kernel(meter(Meter.ENDED, ended), meter(Meter.ESTABLISHED, ended));
    }

    private static void check(String expected, RawSampleBuilder... samples) {
        Gathering inOne = new Gathering().take(samples).finish();
        assertThat(inOne.kept.text()).isEqualTo(expected);
        Gathering each = new Gathering();
        for (RawSampleBuilder sample : samples) {
            each.take(sample).flush();
        }
        assertThat(each.finish().kept.text()).isEqualTo(expected);
        assertThat(each.kept.live).isEmpty();
    }

    @Test
    void aConnectionIsCountedOnce() {
        check(
                "curl(/usr/bin/curl) out tcp 10.0.0.1 10.0.0.2:80 1/1/0 peak 1 bytes 0/1500 retrans 3\n",
                exact(1, 0),
                exact(2, 0)
                        .socket(watched(1.5)
                                .set("fresh", 1)
                                .set("bytes_received", 1000)
                                .set("bytes_acked", 1)
                                .set("total_retrans", 2)),
                exact(3, 0)
                        .socket(watched(1.5)
                                .set("bytes_received", 1400)
                                .set("bytes_acked", 1)
                                .set("total_retrans", 2)),
                exact(4, 1)
                        .kernel(bundle("10.0.0.1", "10.0.0.2", 80, 1)
                                .by(10)
                                .set("opened_now", 0)
                                .set("retrans", 3)
                                .set("rx_bytes", 1500)
                                .set("rx_now", 100)),
                exact(5, 1));
    }

    @Test
    void whatNoSampleShowsIsCountedToo() {
        check(
                "curl(/usr/bin/curl) out tcp 10.0.0.1 10.0.0.2:80 9/9/2 peak 0 bytes 40/0 retrans 0\n",
                exact(1, 4).kernel(bundle("10.0.0.1", "10.0.0.2", 80, 4).by(10)),
                exact(2, 9)
                        .kernel(bundle("10.0.0.1", "10.0.0.2", 80, 5)
                                .by(10)
                                .set("failed", 2)
                                .set("tx_now", 40)
                                .set("tx_bytes", 40)));
    }

    @Test
    void amountsGoIntoTheMinuteAndTheChunkOfTheirSample() {
        Gathering gathering = new Gathering();
        for (int second = 1; second <= 1_200; second++) {
            gathering.take(exact(second, second)
                    .kernel(bundle("10.0.0.1", "10.0.0.2", 80, 1).by(10)));
            if (second % 7 == 0) {
                gathering.flush();
            }
        }
        Kept kept = gathering.finish().kept;
        assertThat(kept.opened()).isEqualTo(1_200);
        assertThat(kept.chunks()).hasSize(3);
        Chunk whole = kept.chunks().get(1);
        assertThat(whole.minutes()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        assertThat(whole.opened()).containsOnly(60);
        assertThat(whole.atMicros() % Chunk.LENGTH_MICROS).isZero();
        assertThat(whole.failed()).isEmpty();
        assertThat(Kept.sum(kept.chunks().get(0).opened())).isEqualTo(600 - BEGUN - 1);
    }

    @Test
    void aProcessThatIsKnownLaterIsOne() {
        Socket socket = tcp(LOCAL, REMOTE).cookie(2).inode(22).heldBy(10);
        Socket listener = listen("10.0.0.1:80").cookie(9).inode(9).heldBy(10);
        check(
                "curl(/usr/bin/curl) out tcp 10.0.0.1 10.0.0.2:80 1/0/0 peak 1 bytes 0/0 retrans 0\n",
                at(1).self(),
                at(2).self().process(10, 5, "curl").sockets(socket, listener),
                at(3).self()
                        .process(10, 5, "curl")
                        .details(10, 5, "/usr/bin/curl", "")
                        .sockets(socket, listener));
    }

    private static Socket comesIn(int pid, int proof) {
        return tcp("10.0.0.2:80", "10.0.0.1:40000")
                .cookie(2)
                .life(1.5, 1)
                .by(pid, proof)
                .set("direction", 2)
                .set("bytes_acked", 0);
    }

    private static RawSampleBuilder activated(double seconds, long ended) {
        return exact(seconds, ended).process(1, 1, "systemd").details(1, 1, "/usr/bin/systemd", "");
    }

    @Test
    void whatWaitsToBeAcceptedIsOfWhoAcceptsIt() {
        check(
                "curl(/usr/bin/curl) in tcp 10.0.0.2 10.0.0.1:80 1/0/0 peak 1 bytes 0/1300 retrans 0\n",
                activated(1, 0),
                activated(2, 0).socket(comesIn(1, 1).set("fresh", 1).set("bytes_received", 1000)),
                activated(3, 0).socket(comesIn(1, 1).set("bytes_received", 1200)),
                activated(4, 0).socket(comesIn(10, 2).inode(22).heldBy(10).set("bytes_received", 1300)));
    }

    @Test
    void whatWaitedToBeAcceptedAndHasEndedIsOfWhomItsEndIs() {
        check(
                "curl(/usr/bin/curl) in tcp 10.0.0.2 10.0.0.1:80 1/1/0 peak 0 bytes 0/1300 retrans 0\n",
                activated(1, 0),
                activated(2, 0).socket(comesIn(1, 1).set("fresh", 1).set("bytes_received", 1000)),
                activated(3, 1)
                        .kernel(
                                bundle("10.0.0.2", "10.0.0.1", 80, 1)
                                        .by(10)
                                        .set("direction", 2)
                                        .set("opened_now", 0)
                                        .set("rx_bytes", 1300)
                                        .set("rx_now", 300),
                                closed(2.9, "10.0.0.2:80", "10.0.0.1:40000")
                                        .by(10)
                                        .set("direction", 2)
                                        .set("cookie", 2)),
                activated(4, 1));
    }

    @Test
    void whatNobodyAcceptsIsOfWhoListens() {
        RawSampleBuilder[] samples = new RawSampleBuilder[8];
        samples[0] = activated(1, 0);
        for (int i = 1; i < samples.length; i++) {
            samples[i] = activated(1 + i, 0).socket(comesIn(1, 1).set("fresh", i == 1 ? 1 : 0));
        }
        check("systemd(/usr/bin/systemd) in tcp 10.0.0.2 10.0.0.1:80 1/0/0 peak 1 bytes 0/0 retrans 0\n", samples);
    }

    @Test
    void whatWasWaitingAtTheLastSampleIsOfWhoListens() {
        check(
                "systemd(/usr/bin/systemd) in tcp 10.0.0.2 10.0.0.1:80 1/0/0 peak 0 bytes 0/0 retrans 0\n",
                activated(1, 0),
                activated(2, 0).socket(comesIn(1, 1).set("fresh", 1)));
    }

    @Test
    void evidenceIsThatOfAllConnections() {
        Gathering gathering = new Gathering();
        int begin = 400;
        gathering.take(exact(begin - 1, 0), exact(begin, 0));
        gathering.take(exact(begin + 1, 1)
                .socket(watched(begin + 0.5).set("fresh", 1))
                .kernel(
                        bundle("10.0.0.1", "10.0.0.2", 80, 1).by(10),
                        closed(begin + 0.9, "10.0.0.1:40001", REMOTE).by(10)));
        Chunk chunk = gathering.flush().kept.chunks().get(0);
        assertThat(chunk.evidence()).containsExactlyInAnyOrder(hash(40000), hash(40001));
        assertThat(chunk.complete()).isTrue();
        gathering.take(exact(begin + 2, 2)
                .socket(watched(begin + 0.5))
                .kernel(bundle("10.0.0.1", "10.0.0.2", 80, 1).by(10)));
        Chunk partial = gathering.flush().kept.chunks().get(0);
        assertThat(partial.complete()).as("one of them was not told of").isFalse();
    }

    private static long hash(int port) {
        long low = 0xffff_0a00_0001L;
        return Evidence.of(6, 0, low + 1, 80, 0, low, port);
    }
}
