package shawk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import shawk.screen.zk.TopColumn;
import shawk.screen.zk.TopGroup;
import shawk.screen.zk.TopTable;
import shawk.source.pcap.CaptureFilter;
import shawk.source.pcap.FilePackets;
import shawk.zk.proto.Dissector;
import shawk.zk.proto.Ports;

/** What captures of real servers add up to on the screen. */
class ZkTopFeedTest {
    private static ZkTopFeed fed(String capture, String filter, String... options) throws Exception {
        List<String> words = new ArrayList<>(List.of("zk", "top", "--offline", "src/test/resources/zk/" + capture));
        words.addAll(List.of(options));
        if (!filter.isEmpty()) {
            words.addAll(List.of("-f", filter));
        }
        ZkTopSettings settings = new ZkTopParser(ArgumentParser.parse(words.toArray(String[]::new))).parse();
        ZkTopFeed feed = new ZkTopFeed(
                settings.filter(),
                settings.capture().pings(),
                settings.depth(),
                settings.intervalMillis(),
                new SelfCosts());
        Notices notices = new Notices(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));
        CaptureSettings capturing = settings.capture();
        new ZkRun(capturing, (each, said) -> open(each), notices, DebugLog.OFF)
                .aside()
                .run(new Dissector(capturing.portSet(), new Ports(), new Ports(), capturing.limits(), feed), feed);
        feed.ended("over");
        return feed;
    }

    private static FilePackets open(CaptureSettings settings) throws Failure {
        try {
            return FilePackets.open(
                    String.valueOf(settings.offline()),
                    new CaptureFilter(settings.ports(), List.of(), List.of(), settings.packetFilter()));
        } catch (shawk.tcp.PacketsException e) {
            throw Failure.missing(e.getMessage());
        }
    }

    private static TopTable table(ZkTopFeed feed, TopGroup group) {
        return feed.latest().tables().get(group.ordinal());
    }

    private static double sum(TopTable table, TopColumn column) {
        double sum = 0;
        for (double value : table.values()[column.ordinal()]) {
            sum += value;
        }
        return sum;
    }

    /** The reference decode has 1,004 requests, as many replies, 125 events. */
    @Test
    void everyGroupAddsUpToAllOfThem() throws Exception {
        ZkTopFeed feed = fed("java-pipeline.pcap", "");
        for (TopGroup group : TopGroup.values()) {
            TopTable table = table(feed, group);
            assertThat(table.group()).isEqualTo(group);
            assertThat(sum(table, TopColumn.COUNT)).as(group.name()).isEqualTo(1_004 + 125);
            assertThat(sum(table, TopColumn.OPEN)).as(group.name()).isZero();
            assertThat(sum(table, TopColumn.ERRORS)).as(group.name()).isZero();
        }
        assertThat(feed.latest().totals().dropped()).isZero();
        assertThat(feed.latest().totals().missing()).isZero();
        assertThat(feed.latest().totals().undecoded()).isZero();
    }

    @Test
    void pathsAreCutWhenNothingComesAnyMoreToo() throws Exception {
        ZkTopFeed feed = fed("java-pipeline.pcap", "");
        double all = sum(table(feed, TopGroup.PATH), TopColumn.COUNT);
        feed.depth(1);
        feed.tickEnded();
        TopTable cut = table(feed, TopGroup.PATH);
        assertThat(cut.depth()).isEqualTo(1);
        assertThat(cut.keys().size()).isLessThan(5);
        assertThat(sum(cut, TopColumn.COUNT)).isEqualTo(all);
    }

    /** The reference decode has errors -101 -102 -103 -108 -110 -111 -114 -115. */
    @Test
    void aFilterLetsThroughWhatItSays() throws Exception {
        assertThat(sum(table(fed("java-pipeline.pcap", "op = create"), TopGroup.TYPE), TopColumn.COUNT))
                .isEqualTo(251);
        TopTable failed = table(fed("java-mix.pcap", "error != Ok"), TopGroup.TYPE);
        assertThat(sum(failed, TopColumn.COUNT)).isZero();
        assertThat(sum(failed, TopColumn.ERRORS)).isGreaterThan(7);
    }

    @Test
    void whatIsRefusedAndWhatMore() throws Exception {
        ZkTopFeed feed = new ZkTopFeed(message -> true, false, 0, 1_000, new SelfCosts());
        assertThat(feed.refusal("op = create")).isNull();
        assertThat(feed.refusal("op = create and nonsense = 1"))
                .satisfies(refusal -> assertThat(refusal.at()).isEqualTo(16));
        feed.ended("the interface is gone");
        assertThat(feed.failure()).isEqualTo("the interface is gone");
        assertThat(feed.refusal("op = create").line()).startsWith("nothing more comes");
    }
}
