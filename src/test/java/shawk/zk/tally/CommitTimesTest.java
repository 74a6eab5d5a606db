package shawk.zk.tally;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
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

/** How long proposals took, against the times of their packets in the reference decode. */
class CommitTimesTest {
    private final List<Commit> commits = new ArrayList<>();
    private CommitTimes times = new CommitTimes(Long.MAX_VALUE, commits::add);
    private final PacketBatch packets = Captures.read("ensemble-full.pcap");

    private void takeAll() {
        Ports zab = new Ports();
        zab.add(2881, 2884);
        MessageSink sink = new MessageSink() {
            @Override
            public void message(Message message) {
                times.message(message);
            }

            @Override
            public void unanswered(Message request, Unanswered why, long micros) {
                throw new AssertionError("nobody asks");
            }
        };
        Streams streams = new Streams(
                new Dissector(new Ports(), zab, new Ports(), DecodeLimits.DEFAULT, sink), StreamLimits.DEFAULT);
        streams.take(packets);
        streams.finish(packets.micros[packets.count - 1]);
        times.end();
    }

    @Test
    void eachProposalItsAcksAndItsCommit() {
        takeAll();
        Commit create = commits.stream()
                .filter(commit -> commit.zxid() == 0x1_0000_0002L)
                .findFirst()
                .orElseThrow();
        assertThat(create.micros() - packets.micros[0]).isEqualTo(8_522_776);
        assertThat(create.leader()).isEqualTo("127.0.0.1:2883");
        assertThat(create.operation()).isEqualTo("create");
        assertThat(new String(create.path(), StandardCharsets.UTF_8)).isEqualTo("/app");
        assertThat(create.commitMicros()).isEqualTo(4_992);
        assertThat(create.informMicros()).isEqualTo(Message.ABSENT);
        assertThat(create.followers())
                .containsExactly(new Commit.Part("2", 5_277, 4_992), new Commit.Part("1", 2_897, 4_148));
    }

    @Test
    void observersAreInformed() {
        takeAll();
        Commit set = commits.stream()
                .filter(commit -> commit.zxid() == 0x1_0000_0024L)
                .findFirst()
                .orElseThrow();
        assertThat(set.commitMicros()).isEqualTo(2_356);
        assertThat(set.informMicros()).isEqualTo(2_495);
    }

    @Test
    void onlyAsManyAsAreWantedAreAddedUp() {
        times = new CommitTimes(3, commits::add);
        takeAll();
        assertThat(commits).hasSize(3);
        assertThat(times.isFull()).isTrue();
        assertThat(times.commits().count()).isEqualTo(3);
        assertThat(times.times().values())
                .allSatisfy(each -> assertThat(each.acks().count()).isLessThanOrEqualTo(3));
        assertThat(times.times().get("2").acks().count())
                .isEqualTo(commits.stream()
                        .flatMap(commit -> commit.followers().stream())
                        .filter(part -> part.follower().equals("2") && part.ackMicros() != Message.ABSENT)
                        .count());
    }

    @Test
    void eachFollowerHasItsPercentiles() {
        takeAll();
        assertThat(commits).hasSize(67).extracting(Commit::zxid).doesNotHaveDuplicates();
        assertThat(times.times().keySet()).containsExactly("1", "2", "3", "4");
        assertThat(times.times().get("1").acks().count()).isEqualTo(65);
        assertThat(times.times().get("2").commits().count()).isEqualTo(56);
        assertThat(times.commits().count()).isEqualTo(66);
    }
}
