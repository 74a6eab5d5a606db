package shawk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import shawk.model.SafeText;
import shawk.screen.zk.TopColumn;
import shawk.screen.zk.TopFilters;
import shawk.screen.zk.TopGroup;
import shawk.screen.zk.TopLevel;
import shawk.screen.zk.TopPhase;
import shawk.screen.zk.TopSnapshot;
import shawk.screen.zk.TopTable;
import shawk.source.pcap.CaptureFilter;
import shawk.source.pcap.FilePackets;
import shawk.tcp.PacketBatch;
import shawk.tcp.Packets;
import shawk.tcp.StreamLimits;
import shawk.tcp.Streams;
import shawk.zk.proto.DecodeLimits;
import shawk.zk.proto.Dissector;
import shawk.zk.proto.Kind;
import shawk.zk.proto.Message;
import shawk.zk.proto.MessageSink;
import shawk.zk.proto.Ports;

/** What captures of real servers add up to on the screen. */
class ZkTopFeedTest {
    private static final long BEGAN = 1_700_000_000_000_000L;

    private static ZkTopSettings settings(String capture, String filter, String... options) throws Exception {
        List<String> words = new ArrayList<>(List.of("zk", "top", "--offline", "src/test/resources/zk/" + capture));
        words.addAll(List.of(options));
        if (!filter.isEmpty()) {
            words.addAll(List.of("-f", filter));
        }
        return new ZkTopParser(ArgumentParser.parse(words.toArray(String[]::new))).parse();
    }

    private static ZkTopFeed feed(ZkTopInput input, ZkTopSettings settings) {
        return new ZkTopFeed(
                input,
                settings.filter(),
                settings.filterText(),
                settings.capture().pings(),
                settings.depth(),
                settings.intervalMillis(),
                new SelfCosts());
    }

    private static ZkTopFeed fed(String capture, String filter, String... options) throws Exception {
        ZkTopSettings settings = settings(capture, filter, options);
        ZkTopFeed feed = feed(ZkTopInput.FILE, settings);
        read(feed, settings);
        return feed;
    }

    /** As often as it wants to have it read. */
    private static void read(ZkTopFeed feed, ZkTopSettings settings) throws Exception {
        Notices notices = new Notices(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));
        CaptureSettings capture = settings.capture();
        while (feed.begins()) {
            new ZkRun(capture, (each, said) -> open(each), notices, DebugLog.OFF)
                    .aside()
                    .run(new Dissector(capture.portSet(), new Ports(), new Ports(), capture.limits(), feed), feed);
            feed.ended("", "");
        }
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
        assertThat(feed.latest().totals().dropped()).isEqualTo(-1);
        assertThat(feed.latest().totals().missing()).isZero();
        assertThat(feed.latest().totals().undecoded()).isZero();
    }

    @Test
    void pathsAreCutWhenNothingComesAnyMoreToo() throws Exception {
        ZkTopFeed feed = fed("java-pipeline.pcap", "");
        double all = sum(table(feed, TopGroup.PATH), TopColumn.COUNT);
        feed.depth(1);
        assertThat(feed.begins()).isFalse();
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
        assertThat(sum(failed, TopColumn.ERRORS)).isGreaterThan(7);
        assertThat(sum(failed, TopColumn.COUNT))
                .as("the requests that failed")
                .isEqualTo(sum(failed, TopColumn.ERRORS));
        assertThat(sum(failed, TopColumn.OPEN))
                .as("which ones will fail nobody knows")
                .isNaN();
        TopTable quick = table(fed("java-pipeline.pcap", "not latency > 0us"), TopGroup.TYPE);
        assertThat(sum(quick, TopColumn.COUNT)).isLessThan(1_004 + 125);
    }

    @Test
    void filtersThatAskReplies() {
        assertThat(MessageValues.asksReplies("latency > 10ms and op = exists")).isTrue();
        assertThat(MessageValues.asksReplies("not ERROR = Ok")).isTrue();
        assertThat(MessageValues.asksReplies("path = \"/a \\\" error = Ok\" and op = exists"))
                .isFalse();
        assertThat(MessageValues.asksReplies("path ~ \"^/size(/|$)\"")).isFalse();
        assertThat(MessageValues.asksReplies("op = exists and (zxid = 0x1 or client = 10.0.0.1)"))
                .isTrue();
        assertThat(MessageValues.asksReplies("error ~ NoNode")).isTrue();
        assertThat(MessageValues.asksReplies("size > 1KiB")).isTrue();
        assertThat(MessageValues.asksReplies("path = /error")).isFalse();
        assertThat(MessageValues.asksReplies("path = '/a/size'")).isFalse();
        assertThat(MessageValues.asksReplies("path ~ latency")).isFalse();
        assertThat(MessageValues.asksReplies("error-log")).isFalse();
        assertThat(MessageValues.asksReplies("")).isFalse();
    }

    @Test
    void whatIsRefused() {
        ZkTopFeed feed = live();
        assertThat(feed.refusal("op = create")).isNull();
        assertThat(feed.refusal("op = create and nonsense = 1"))
                .satisfies(refusal -> assertThat(refusal.at()).isEqualTo(16));
        assertThat(feed.fixed()).isEmpty();
        feed.ended("the interface is gone", "nothing more comes");
        assertThat(feed.failure()).isEqualTo("the interface is gone");
        assertThat(feed.fixed()).isEqualTo("nothing more comes");
        assertThat(feed.latest().phase()).isEqualTo(TopPhase.OVER);
    }

    /** A file is read again for a row: what that comes to is what the row says. */
    @Test
    void whatARowOpensAddsUpToTheRow() throws Exception {
        ZkTopSettings settings = settings("java-mix.pcap", "");
        ZkTopFeed feed = feed(ZkTopInput.FILE, settings);
        read(feed, settings);
        List<TopTable> all = feed.latest().tables();
        assertThat(feed.latest().phase()).isEqualTo(TopPhase.OVER);
        assertThat(feed.begins()).as("nobody asked for more").isFalse();
        long id = 0;
        for (TopGroup group : TopGroup.values()) {
            TopTable table = all.get(group.ordinal());
            for (int row = 0; row < Math.min(6, table.keys().size()); row++) {
                String filter = TopFilters.of(group, table.keys().get(row).value(), false);
                if (filter == null) {
                    assertThat(group + " " + table.keys().get(row)).isEqualTo("SESSION -");
                    continue;
                }
                assertThat(feed.refusal(filter)).as(filter).isNull();
                feed.levels(List.of(new TopLevel(0, ""), new TopLevel(++id, filter)));
                read(feed, settings);
                assertThat(feed.latest().level()).isEqualTo(id);
                for (TopGroup in : TopGroup.values()) {
                    assertThat(sum(table(feed, in), TopColumn.COUNT))
                            .as(filter + " in " + in)
                            .isEqualTo(table.values()[TopColumn.COUNT.ordinal()][row]);
                }
            }
        }
        feed.levels(List.of(new TopLevel(0, "")));
        assertThat(feed.begins()).as("all of it is known already").isFalse();
        assertThat(feed.latest().level()).isZero();
        assertThat(sum(table(feed, TopGroup.PATH), TopColumn.COUNT))
                .isEqualTo(sum(all.get(TopGroup.PATH.ordinal()), TopColumn.COUNT));
    }

    /** Of a file rates are means over the time that it spans. */
    @Test
    void ratesOfAFile() throws Exception {
        ZkTopFeed feed = fed("java-pipeline.pcap", "");
        TopSnapshot shown = feed.latest();
        double seconds = (shown.untilMicros() - shown.sinceMicros()) / 1e6;
        assertThat(seconds).isPositive();
        assertThat(sum(table(feed, TopGroup.PATH), TopColumn.RATE))
                .isCloseTo((1_004 + 125) / seconds, Offset.offset(0.001));
        assertThat(shown.totals().requestRate()).isCloseTo(1_004 / seconds, Offset.offset(0.001));
        assertThat(shown.totals().dropped()).isEqualTo(-1);
    }

    /** The first line is about all that was captured, whatever began anew since. */
    @Test
    void ratesOfAllWhenCountsBeganAnew() {
        ZkTopFeed feed = live();
        feed.begins();
        feed.tick(BEGAN, STATE);
        send(feed, BEGAN + 1, "/a", "/a", "/a", "/a", "/a", "/a", "/a", "/a");
        feed.tick(BEGAN + 7_000_000, STATE);
        feed.levels(List.of(new TopLevel(1, "")));
        feed.tick(BEGAN + 7_000_001, STATE);
        feed.tick(BEGAN + 8_000_000, STATE);
        feed.ended("", "over");
        assertThat(feed.latest().sinceMicros()).isEqualTo(BEGAN + 7_000_001);
        assertThat(feed.latest().totals().requestRate()).isEqualTo(1.0);
    }

    /** Counts of what is around a filter go on while that is shown, and are there again. */
    @Test
    void levelsCountBesideEachOther() {
        ZkTopFeed feed = live();
        TopLevel all = new TopLevel(0, "");
        TopLevel some = new TopLevel(1, "path = \"/a\"");
        assertThat(feed.begins()).isTrue();
        feed.tick(BEGAN, STATE);
        send(feed, BEGAN + 1, "/a", "/b", "/b");
        feed.tick(BEGAN + 1_000_000, STATE);
        check(feed, 0, "/a 1 1.0, /b 2 2.0");
        feed.levels(List.of(all, some));
        feed.tick(BEGAN + 1_050_000, STATE);
        assertThat(feed.latest().level()).isEqualTo(1);
        assertThat(feed.latest().tables()).as("nothing is known yet").isEmpty();
        send(feed, BEGAN + 1_100_000, "/a", "/a", "/b", "/a", "/b");
        feed.tick(BEGAN + 2_050_000, STATE);
        check(feed, 1, "/a 3 3.0");
        assertThat(feed.latest().sinceMicros()).isEqualTo(BEGAN + 1_050_000);
        send(feed, BEGAN + 2_200_000, "/b");
        feed.levels(List.of(all));
        feed.tick(BEGAN + 3_000_000, STATE);
        // What came in the two seconds that it was not looked at.
        check(feed, 0, "/a 4 1.5, /b 5 1.5");
        assertThat(feed.latest().sinceMicros()).isEqualTo(BEGAN);
        feed.levels(List.of(new TopLevel(2, "")));
        feed.tick(BEGAN + 3_050_000, STATE);
        send(feed, BEGAN + 3_100_000, "/c");
        feed.tick(BEGAN + 4_050_000, STATE);
        check(feed, 2, "/c 1 1.0");
    }

    /** Another depth shows the interval that was shown, at once; it neither ends it nor forgets it. */
    @Test
    void anotherDepthKeepsRates() {
        ZkTopFeed feed = live();
        feed.begins();
        feed.tick(BEGAN, STATE);
        send(feed, BEGAN + 1, "/a/x", "/a/y", "/b");
        feed.tick(BEGAN + 1_000_000, STATE);
        send(feed, BEGAN + 1_000_001, "/a/x");
        feed.depth(1);
        feed.tick(BEGAN + 1_400_000, STATE);
        check(feed, 0, "/a 2 2.0, /b 1 1.0");
        feed.depth(0);
        feed.tick(BEGAN + 1_500_000, STATE);
        check(feed, 0, "/a/x 1 1.0, /a/y 1 1.0, /b 1 1.0");
        feed.tick(BEGAN + 2_000_000, STATE);
        check(feed, 0, "/a/x 2 1.0, /a/y 1 0.0, /b 1 0.0");
    }

    /** A reply whose request came before the counts does not make fewer wait of those that came since. */
    @Test
    void whatWaitsIsCountedFromTheBeginning() {
        ZkTopFeed feed = live();
        feed.begins();
        feed.tick(BEGAN, STATE);
        Message early = request("/a", BEGAN + 1);
        feed.message(early);
        feed.levels(List.of(new TopLevel(5, "")));
        feed.tick(BEGAN + 100, STATE);
        feed.message(request("/a", BEGAN + 101));
        feed.message(request("/a", BEGAN + 102));
        feed.message(reply(early, BEGAN + 200));
        feed.tick(BEGAN + 2_000_000, STATE);
        assertThat(sum(table(feed, TopGroup.PATH), TopColumn.OPEN)).isEqualTo(2);
    }

    /** Nobody waits for a request that counts with its reply, late or not: its row can be let go. */
    @Test
    void rowsOfLateRepliesAreLetGo() {
        ZkTopCounts counts = new ZkTopCounts(0, message -> message.latencyMicros > 10, true, Long.MIN_VALUE, 0);
        List<TopTable> tables = List.of();
        for (int i = 1; i <= 4_000; i++) {
            Message request = request("/late/" + i, BEGAN + 100L * i);
            counts.message(request);
            counts.unanswered(request, MessageSink.Unanswered.TIMEOUT, BEGAN + 100L * i + 1);
            Message reply = reply(request, BEGAN + 100L * i + 50);
            reply.request = null;
            reply.late = request;
            reply.latencyMicros = 50;
            counts.message(reply);
            if (i % 100 == 0) {
                tables = counts.cut(BEGAN + 100L * i + 99, 0);
            }
        }
        TopTable paths = tables.get(TopGroup.PATH.ordinal());
        assertThat(paths.left()).isPositive();
        assertThat(paths.keys()).contains(SafeText.of("/late/4000"));
        assertThat(sum(paths, TopColumn.COUNT)).isEqualTo(4_000);
    }

    /** What comes while counts are not shown has a row in them, however many were there before. */
    @Test
    void whatIsNotShownHasRoom() {
        ZkTopFeed feed = live();
        TopLevel all = new TopLevel(0, "");
        feed.begins();
        feed.tick(BEGAN, STATE);
        feed.levels(List.of(all, new TopLevel(1, "path = /a")));
        feed.tick(BEGAN + 1, STATE);
        for (int i = 0; i < 5_000; i++) {
            feed.message(reply(request("/short/" + i, BEGAN + 10 + i), BEGAN + 10 + i));
        }
        feed.tick(BEGAN + 2_000_000, STATE);
        send(feed, BEGAN + 2_500_000, "/hot");
        feed.levels(List.of(all));
        feed.tick(BEGAN + 3_000_000, STATE);
        TopTable paths = table(feed, TopGroup.PATH);
        assertThat(paths.keys()).contains(SafeText.of("/hot"));
        double replies = sum(paths, TopColumn.OUT) * 3;
        assertThat(replies).isCloseTo(5_000 * 20, Offset.offset(0.1));
    }

    @Test
    void asManyRowsAsTheHeapHasRoomFor() {
        assertThat(ZkTopCounts.rows(4L << 30)).isEqualTo(2_048);
        assertThat(ZkTopCounts.rows(512 << 20)).isEqualTo(894);
        assertThat(ZkTopCounts.rows(64 << 20)).isEqualTo(256);
    }

    /** The first figures of a filter come after a second, however long the interval. */
    @Test
    void aLongIntervalDoesNotHoldAFilterBack() {
        ZkTopFeed feed = live();
        feed.intervalMillis(60_000);
        feed.begins();
        feed.tick(BEGAN, STATE);
        feed.tick(BEGAN + 1_000_000, STATE);
        assertThat(feed.latest().totals().requestRate()).isZero();
        check(feed, 0, "");
        send(feed, BEGAN + 1_000_001, "/a");
        feed.tick(BEGAN + 2_000_000, STATE);
        check(feed, 0, "/a 1 1.0");
        send(feed, BEGAN + 2_000_001, "/a");
        feed.tick(BEGAN + 3_000_000, STATE);
        check(feed, 0, "/a 1 1.0");
        feed.tick(BEGAN + 62_000_000, STATE);
        check(feed, 0, "/a 2 0.0");
    }

    private static final ZkRun.State STATE = new ZkRun.State(
            new Packets() {
                @Override
                public Outcome next(PacketBatch batch, int waitMillis) {
                    return Outcome.END;
                }

                @Override
                public long dropped() {
                    return 7;
                }

                @Override
                public void close() {}
            },
            new Streams(
                    new Dissector(new Ports(), new Ports(), new Ports(), DecodeLimits.DEFAULT, live()),
                    StreamLimits.of(1 << 20, 1 << 20)));

    private static ZkTopFeed live() {
        return new ZkTopFeed(ZkTopInput.LIVE, message -> true, "", false, 0, 1_000, new SelfCosts());
    }

    private static void send(ZkTopFeed feed, long micros, String... paths) {
        for (String path : paths) {
            feed.message(request(path, micros));
        }
    }

    private static Message request(String path, long micros) {
        Message message = new Message();
        message.clear();
        message.kind = Kind.REQUEST;
        message.op = "getData";
        message.micros = micros;
        message.bytes = path.getBytes(StandardCharsets.UTF_8);
        message.to = message.bytes.length;
        message.pathFrom = 0;
        message.pathLength = message.to;
        return message;
    }

    private static Message reply(Message request, long micros) {
        Message message = new Message();
        message.clear();
        message.kind = Kind.REPLY;
        message.op = request.op;
        message.micros = micros;
        message.request = request;
        message.size = 20;
        return message;
    }

    /** Paths with their count and rate. */
    private static void check(ZkTopFeed feed, long level, String expected) {
        assertThat(feed.latest().level()).isEqualTo(level);
        TopTable paths = table(feed, TopGroup.PATH);
        List<String> rows = new ArrayList<>();
        for (int row = 0; row < paths.keys().size(); row++) {
            rows.add(String.format(
                    Locale.ROOT,
                    "%s %.0f %.1f",
                    paths.keys().get(row).value(),
                    paths.values()[TopColumn.COUNT.ordinal()][row],
                    paths.values()[TopColumn.RATE.ordinal()][row]));
        }
        assertThat(String.join(", ", rows)).isEqualTo(expected);
    }
}
