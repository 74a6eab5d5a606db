package shawk.zk.tally;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import shawk.tcp.Connection;
import shawk.zk.proto.Kind;
import shawk.zk.proto.Message;
import shawk.zk.proto.MessageSink;

/** What is added up is what came. */
final class TallyTest {
    private static final Connection CLIENT = Connection.of(0, 0xffff_0a00_0001L, 40_000, 0, 0xffff_0a00_0002L, 2_181);
    private static final TallyLimits SMALL = new TallyLimits(64, 2);

    private static Message request(String op, String path, long micros) {
        Message message = new Message();
        message.clear();
        message.kind = Kind.REQUEST;
        message.toServer = true;
        message.connection = CLIENT;
        message.op = op;
        message.micros = micros;
        message.session = 0x1000_abcdL;
        message.bytes = ("........" + path).getBytes(StandardCharsets.UTF_8);
        message.to = message.bytes.length;
        message.size = message.to;
        message.pathFrom = path.isEmpty() ? -1 : 8;
        message.pathLength = message.bytes.length - 8;
        return message;
    }

    private static Message reply(Message request, long latency, int error) {
        Message message = new Message();
        message.clear();
        message.kind = Kind.REPLY;
        message.connection = request.connection;
        message.op = request.op;
        message.micros = request.micros + latency;
        message.error = error;
        message.size = 16;
        message.latencyMicros = latency;
        message.request = request;
        return message;
    }

    private static List<String> keys(Tally tally) {
        return tally.cut(1).rows().stream().map(row -> row.key().value()).toList();
    }

    private static void check(Grouping grouping, String path, String key) {
        Tally tally = new Tally(grouping, SMALL);
        tally.message(request("getData", path, 5));
        assertThat(keys(tally)).containsExactly(key);
    }

    @Test
    void keys() {
        check(new Grouping(Grouping.By.PATH, 0), "/a/b/c", "/a/b/c");
        check(new Grouping(Grouping.By.PATH, 1), "/a/b/c", "/a");
        check(new Grouping(Grouping.By.PATH, 2), "/a/b/c", "/a/b");
        check(new Grouping(Grouping.By.PATH, 3), "/a/b/c", "/a/b/c");
        check(new Grouping(Grouping.By.PATH, 9), "/a/b/c", "/a/b/c");
        check(new Grouping(Grouping.By.PATH, 1), "/", "/");
        check(new Grouping(Grouping.By.PATH, 1), "", "-");
        check(new Grouping(Grouping.By.PATH, 0), "/a\u001b[2J", "/a\\x1b[2J");
        check(new Grouping(Grouping.By.TYPE, 0), "/a", "getData");
        check(new Grouping(Grouping.By.NAME, 0), "/a", "GetDataRequest");
        check(new Grouping(Grouping.By.CLIENT, 0), "/a", "10.0.0.1:40000");
        check(new Grouping(Grouping.By.SESSION, 0), "/a", "0x1000abcd");
    }

    @Test
    void amountsOfIntervalsAndOfAll() {
        Tally tally = new Tally(new Grouping(Grouping.By.PATH, 0), SMALL);
        Message first = request("getData", "/a", 1_000_000);
        Message second = request("getData", "/a", 1_000_100);
        tally.message(first);
        tally.message(second);
        tally.message(reply(first, 400, 0));
        TallyRow row = tally.cut(2_000_000).rows().get(0);
        assertThat(row.outstanding()).isEqualTo(1);
        assertThat(row.interval())
                .isEqualTo(new Amounts(2, 1, 0, 0, 0, 20, 16, 1, 400, 400.0, 400.0, 400.0, 400.0, 400));
        assertThat(row.total()).isEqualTo(row.interval());

        tally.message(reply(second, 1_500, -101));
        Message third = request("getData", "/a", 2_500_000);
        tally.message(third);
        tally.unanswered(third, MessageSink.Unanswered.TIMEOUT, 3_000_000);
        TallyCut cut = tally.cut(3_000_000);
        row = cut.rows().get(0);
        assertThat(cut.seconds()).isEqualTo(1.0);
        assertThat(row.outstanding()).isZero();
        assertThat(row.interval().requests()).isEqualTo(1);
        assertThat(row.interval().errors()).isEqualTo(1);
        assertThat(row.interval().unanswered()).isEqualTo(1);
        assertThat(row.total().requests()).isEqualTo(3);
        assertThat(row.total().leastMicros()).isEqualTo(400);
        assertThat(row.total().greatestMicros()).isEqualTo(1_500);
        assertThat(row.total().meanMicros()).isEqualTo(950.0);
        assertThat(cut.total().total().replies()).isEqualTo(2);
        assertThat(tally.cut(4_000_000).rows().get(0).interval()).isEqualTo(Amounts.NONE);
    }

    @Test
    void aMultiThatFailedHasFailed() {
        Message request = request("multi", "/a", 1);
        Message reply = reply(request, 1, 0);
        reply.opNumber = 14;
        reply.bytes = new byte[] {-1, -1, -1, -1, 0, 0, 0, 0, 0};
        reply.to = reply.bytes.length;
        reply.body = new shawk.zk.proto.Layout("MultiResponse");
        assertThat(Tally.hasFailed(reply)).isTrue();
        reply.bytes[4] = 1;
        assertThat(Tally.hasFailed(reply)).isFalse();
    }

    /** Against a map of texts, over thousands of keys that come and go. */
    @Test
    void nothingIsLostWhateverTheKeys() {
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            Tally tally = new Tally(new Grouping(Grouping.By.PATH, 0), SMALL);
            long sent = 0;
            long answered = 0;
            List<Message> waiting = new ArrayList<>();
            TallyCut cut = tally.cut(0);
            for (int i = 1; i < 5_000; i++) {
                if (waiting.isEmpty() || random.nextBoolean()) {
                    Message request = request("exists", "/" + random.nextInt(1 + i / 10), i);
                    tally.message(request);
                    waiting.add(request);
                    sent++;
                } else {
                    tally.message(reply(waiting.remove(random.nextInt(waiting.size())), i, 0));
                    answered++;
                }
                if (i % 500 == 0) {
                    cut = tally.cut(i);
                    assertThat(cut.rows()).hasSizeLessThanOrEqualTo(64);
                    long requests = cut.others().total().requests();
                    for (TallyRow row : cut.rows()) {
                        requests += row.total().requests();
                    }
                    assertThat(requests).isEqualTo(sent);
                }
            }
            TallyCut last = tally.cut(5_000);
            assertThat(last.total().total().requests()).isEqualTo(sent);
            assertThat(last.total().total().replies()).isEqualTo(answered);
            assertThat(last.total().total().latencies()).isEqualTo(answered);
            assertThat(last.total().outstanding()).isEqualTo(waiting.size());
            assertThat(last.letGo()).isPositive();
            assertThat(cut.letGo()).isLessThanOrEqualTo(last.letGo());
        }
    }

    /** A request that was captured late is not waited for where its reply is taken for that of an older one. */
    @Test
    void whatIsOldIsNeverWaitedFor() {
        Tally tally = new Tally(new Grouping(Grouping.By.PATH, 0), SMALL);
        tally.beginAfter(100);
        Message late = request("exists", "/a", 90);
        tally.message(late);
        assertThat(tally.cut(200).rows().get(0).outstanding()).isZero();
        Message next = request("exists", "/a", 210);
        tally.message(next);
        tally.message(reply(late, 130, 0));
        assertThat(tally.cut(300).rows().get(0).outstanding()).isEqualTo(1);
        tally.message(reply(next, 100, 0));
        TallyCut cut = tally.cut(400);
        assertThat(cut.rows().get(0).outstanding()).isZero();
        assertThat(cut.total().outstanding()).isZero();
        assertThat(cut.total().total().requests()).isEqualTo(2);
    }

    @Test
    void percentilesAreThoseOfTheTimes() {
        Random random = new Random(4);
        Latencies latencies = new Latencies(2);
        List<Long> times = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            long time = (long) Math.exp(random.nextDouble() * 15);
            times.add(time);
            latencies.add(time);
        }
        times.sort(null);
        Map<Integer, Double> found = new TreeMap<>();
        for (int percent : List.of(50, 95, 99)) {
            double exact = times.get(times.size() * percent / 100 - 1);
            found.put(percent, latencies.percentileMicros(percent));
            assertThat(found.get(percent)).isBetween(exact * 0.99, exact * 1.01);
        }
        assertThat(latencies.leastMicros()).isEqualTo(times.get(0));
        assertThat(latencies.greatestMicros()).isEqualTo(times.get(times.size() - 1));
        latencies.clear();
        assertThat(latencies.percentileMicros(50)).isNaN();
        latencies.add(7_200_000_000L);
        assertThat(latencies.greatestMicros()).isEqualTo(7_200_000_000L);
    }

    /** Kept one by one or counted in classes, times say the same. */
    @Test
    void fewTimesAreWhatManyAre() {
        Random random = new Random(5);
        Latencies sums = new Latencies(2, true);
        Latencies plain = new Latencies(2);
        for (int round = 1; round <= 60; round++) {
            Latencies few = new Latencies(2, true);
            for (int i = 0; i < round * 3; i++) {
                long time = random.nextInt(200);
                few.add(time);
                plain.add(time);
            }
            sums.add(few);
            assertThat(sums.count()).isEqualTo(plain.count());
            assertThat(sums.sumMicros()).isEqualTo(plain.sumMicros());
            assertThat(sums.countUpTo(70)).isEqualTo(plain.countUpTo(70));
            for (double percent : new double[] {0, 1, 50, 95, 99, 100}) {
                assertThat(sums.percentileMicros(percent))
                        .as("%f of %d", percent, plain.count())
                        .isEqualTo(plain.percentileMicros(percent));
            }
            few.clear();
            assertThat(few.percentileMicros(50)).isNaN();
            few.add(7);
            assertThat(few.percentileMicros(99)).isEqualTo(7);
            assertThat(few.count()).isEqualTo(1);
        }
    }

    @Test
    void pathsPutTogetherLaterAreThoseThatWereCutAtOnce() {
        Random random = new Random(11);
        String[] paths = {"/a/b/c", "/a/b/d", "/a", "/a/x", "/b/y/z", "/b/y", "/", "/c"};
        for (int depth = 1; depth < 4; depth++) {
            Tally whole = new Tally(new Grouping(Grouping.By.PATH, 0), SMALL);
            Tally cut = new Tally(new Grouping(Grouping.By.PATH, depth), SMALL);
            for (int round = 1; round <= 3; round++) {
                for (int i = 0; i < 200; i++) {
                    Message request =
                            request("getData", paths[random.nextInt(paths.length)], (200 * round + i) * 10_000L);
                    Message reply = random.nextInt(9) == 0 ? null : reply(request, random.nextInt(5_000), -101);
                    for (Tally each : List.of(whole, cut)) {
                        each.message(request);
                        if (reply != null) {
                            each.message(reply);
                        }
                    }
                }
                assertThat(byName(whole.cut(10_000_000L * round, depth)))
                        .as("depth %d, round %d", depth, round)
                        .isEqualTo(byName(cut.cut(10_000_000L * round)));
            }
        }
    }

    /** What was cut can be looked at in another way as often as is wanted; what goes on does not end by it. */
    @Test
    void theLastCutAtAnyDepth() {
        Tally tally = new Tally(new Grouping(Grouping.By.PATH, 0), SMALL);
        Tally other = new Tally(new Grouping(Grouping.By.PATH, 0), SMALL);
        for (int round = 1; round <= 3; round++) {
            for (String path : List.of("/a/b", "/a/c", "/d")) {
                Message request = request("getData", path, 1_000_000L * round);
                Message reply = reply(request, 100L * round, round == 2 ? -101 : 0);
                for (Tally each : List.of(tally, other)) {
                    each.message(request);
                    each.message(reply);
                }
            }
            TallyCut cut = tally.cut(1_000_000L * round + 500_000);
            TallyCut deep = other.cut(1_000_000L * round + 500_000, 1);
            tally.message(request("getData", "/a/new", 1_000_000L * round + 600_000));
            other.message(request("getData", "/a/new", 1_000_000L * round + 600_000));
            assertThat(totals(tally.look(0))).isEqualTo(totals(cut));
            assertThat(totals(tally.look(1))).isEqualTo(totals(deep));
            assertThat(totals(tally.look(0))).isEqualTo(totals(cut));
            assertThat(tally.look(1).seconds()).isEqualTo(deep.seconds());
        }
    }

    private static Map<String, String> totals(TallyCut cut) {
        Map<String, String> totals = new TreeMap<>();
        cut.rows().forEach(row -> totals.put(row.key().value(), row.interval() + " " + row.total()));
        return totals;
    }

    private static Map<String, String> byName(TallyCut cut) {
        Map<String, String> rows = new TreeMap<>();
        cut.rows().forEach(row -> rows.put(row.key().value(), row.toString()));
        rows.put("total", cut.total().toString());
        return rows;
    }
}
