package shawk.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import shawk.support.Captures;
import shawk.support.Golden;
import shawk.tcp.PacketBatch;
import shawk.tcp.Packets;

/** What {@code zk zab}, {@code zk fle} and {@code zk omni} write of the capture of an ensemble. */
class ZkServersCommandTest {
    private static final String ZAB = " --port 2881-2884";
    private static final String FLE = " --port 3881-3884";

    /** The whole capture at once, as often as it is opened. */
    private static final class WholeCapture implements Packets {
        private boolean taken;

        @Override
        public Outcome next(PacketBatch batch, int waitMillis) {
            if (taken) {
                return Outcome.END;
            }
            taken = true;
            PacketBatch all = Captures.read("ensemble-full.pcap");
            batch.bytes = all.bytes;
            batch.count = all.count;
            batch.micros = all.micros;
            batch.offset = all.offset;
            batch.captured = all.captured;
            batch.wire = all.wire;
            batch.link = all.link;
            return Outcome.PACKETS;
        }

        @Override
        public long dropped() {
            return 0;
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }

    private static ZkServersSettings parse(String line) throws Failure {
        return new ZkServersParser(ArgumentParser.parse(line.split(" ")), Map.of("LANG", "C.UTF-8"), ZoneOffset.UTC)
                .parse();
    }

    private static String run(String line) throws Failure, IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Notices notices = new Notices(new PrintStream(err, true, StandardCharsets.UTF_8));
        int status = new ZkServersCommand(
                        parse(line), (settings, said) -> new WholeCapture(), notices, DebugLog.open(null))
                .run(out);
        assertThat(status).isZero();
        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
        return out.toString(StandardCharsets.UTF_8);
    }

    private static final String FILE = " --offline -";

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "zab-blocks.txt, zk zab --count 60" + ZAB,
                "zab-oneline.txt, zk zab --oneline -p --count 150" + ZAB,
                "zab.ndjson, zk zab --format ndjson --count 80" + ZAB,
                "zab.csv, zk zab --format csv --count 60" + ZAB,
                "zab-timing.txt, zk zab --timing" + ZAB,
                "zab-timing-count.txt, zk zab --timing --count 3" + ZAB,
                "zab-timing.json, zk zab --timing --format json" + ZAB,
                "zab-timing.csv, zk zab --timing --format csv" + ZAB,
                "fle-blocks.txt, zk fle --count 12" + FLE,
                "fle-oneline.txt, zk fle --oneline -c --count 20" + FLE,
                "fle.json, zk fle --format json --count 10" + FLE,
                "fle-outcome.txt, zk fle --outcome" + FLE,
                "fle-outcome.json, zk fle --outcome --format json" + FLE,
                "fle-outcome.csv, zk fle --outcome --format csv" + FLE,
                "omni-oneline.txt, zk omni --oneline --count 150",
                "omni.csv, zk omni --format csv --count 90"
            })
    void formsOfTheOutput(String golden, String line) throws Failure, IOException {
        Golden.check("zk/out/" + golden, run(line + FILE));
    }

    @Test
    void filtersTakeWhatServersSay() throws Failure, IOException {
        assertThat(run("zk zab --oneline -f op=NEWLEADER" + ZAB + FILE).lines()).hasSize(12);
        assertThat(run("zk zab --oneline -f op=setACL" + ZAB + FILE).lines())
                .isNotEmpty()
                .allMatch(line -> line.contains("setACL"));
        assertThat(run("zk zab --format csv -f op!=PROPOSAL" + ZAB + FILE)).doesNotContain(",PROPOSAL,");
        assertThat(run("zk omni --oneline -f path=/app/c2" + FILE).lines())
                .isNotEmpty()
                .allMatch(line -> line.contains("path=/app/c2") || line.contains("Reply("));
    }

    @Test
    void idsOfAclsAreShown() throws Failure, IOException {
        assertThat(run("zk zab --oneline" + ZAB + FILE)).contains("alice:aYXl");
        assertThat(run("zk omni --format ndjson" + FILE)).contains("\"id\":\"alice:aYXl");
    }

    @Test
    void omniSaysWhatItLearnedOfAFile() throws Failure, IOException {
        String file = " --offline src/test/resources/zk/ensemble-full.pcap";
        List<String> lines = run("zk omni --oneline" + file).lines().toList();
        assertThat(lines).filteredOn(line -> line.contains("=learned: ")).hasSize(4);
        assertThat(lines.indexOf(lines.stream()
                        .filter(line -> line.contains("learned: "))
                        .findFirst()
                        .orElse("")))
                .isBetween(0, 10);
    }

    @Test
    void omniKnowsWhatItWasTold() throws Failure, IOException {
        String told = run("zk omni --oneline --ports fle=3881-3884,zab=2881,2882-2884,zk=2191-2194" + FILE);
        String learned = run("zk omni --oneline" + FILE);
        assertThat(told).doesNotContain("learned:");
        assertThat(learned.lines().filter(line -> !line.contains("learned:")))
                .containsExactlyInAnyOrderElementsOf(told.lines().toList());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "zk zab --timing --oneline | --oneline and --timing, which writes no messages, exclude each other",
                "zk fle --outcome -c | --colors and --outcome, which writes no messages",
                "zk zab --format json --oneline | --oneline and --format, which is not text",
                "zk fle --body-bytes 3 | --body-bytes is for JSON and CSV; add --format json",
                "zk omni --ports 3888 | expected fle=, zab= or zk= and ports; type --ports fle=",
                "zk omni --ports raft=1 | expected fle=, zab= or zk= and ports",
                "zk omni --ports fle=70000 | expected fle=, zab= or zk= and ports"
            })
    void whatMakesNoSenseIsWrongUsage(String line, String message) {
        assertThatThrownBy(() -> parse(line)).isInstanceOf(Failure.class).hasMessageContaining(message);
    }
}
