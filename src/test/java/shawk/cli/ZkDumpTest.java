package shawk.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import shawk.support.Golden;
import shawk.support.Json;

/** What {@code zk dump} writes of captures of real servers, in each form, and what it says where it cannot. */
final class ZkDumpTest {
    private static final String FOLDER = "src/test/resources/zk/";

    private record Result(int status, String out, String err) {
        long lines() {
            return out.lines().count();
        }
    }

    /** Runs over a capture; times are UTC's. */
    private static Result run(String capture, String... options) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Notices notices = new Notices(new PrintStream(err, true, StandardCharsets.UTF_8));
        int status;
        String line = "";
        try {
            status = command(notices, capture, "C.UTF-8", options).run(out, null);
        } catch (Failure e) {
            status = e.status();
            line = e.line() + "\n";
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return new Result(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8) + line);
    }

    private static ZkDumpCommand command(Notices notices, String capture, String locale, String... options)
            throws Failure {
        String[] words = Arrays.copyOf(new String[] {"zk", "dump", "--offline", capture}, 4 + options.length);
        System.arraycopy(options, 0, words, 4, options.length);
        Map<String, String> variables = Map.of("LANG", locale);
        ZkDumpSettings settings = new ZkDumpParser(ArgumentParser.parse(words), variables, ZoneOffset.UTC).parse();
        return new ZkDumpCommand(settings, ZkOpener::query, notices, DebugLog.OFF);
    }

    private static String of(String capture, String... options) {
        Result result = run(FOLDER + capture + ".pcap", options);
        assertThat(result.err()).isEmpty();
        assertThat(result.status()).isZero();
        return result.out();
    }

    private static void check(String golden, String capture, String... options) {
        Golden.check("zk/dump/" + golden, of(capture, options));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "java-mix",
                "c-client-mix",
                "four-letter-words",
                "java-reconnect-setwatches2",
                "java-session-reuse-expired"
            })
    void asZkTrafficPrintsIt(String capture) {
        check(capture + ".txt", capture);
    }

    @Test
    void everyForm() {
        check("unpaired.txt", "java-mix", "--unpaired");
        check("pings.txt", "four-letter-words", "-p", "--unpaired", "-f", "op = ping");
        check("colors.txt", "java-mix", "-c", "--count", "40");
        check("mix.ndjson", "java-mix", "--format", "ndjson");
        check("mix.json", "java-mix", "--format", "json", "--count", "5", "--body-bytes", "2");
        check("mix.csv", "java-mix", "--format", "csv");
        check("four-letter-words.ndjson", "four-letter-words", "--format", "ndjson");
        check("credentials.ndjson", "java-mix", "--format", "ndjson", "--show-credentials", "-f", "op = auth");
    }

    @Test
    void everyTable() {
        check("count-path.txt", "java-mix", "--count-requests", "1000");
        check("count-depth.txt", "java-mix", "--count-requests", "1000", "--aggregation-depth", "1");
        check("count-type.txt", "java-mix", "--count-requests", "1000", "--sort-by", "type");
        check("count-client.csv", "java-mix", "--count-requests", "1000", "--group-by", "client", "--format", "csv");
        check("latency-path.txt", "java-mix", "--measure-latency", "1000");
        check("latency-type.txt", "java-mix", "--measure-latency", "1000", "--group-by", "type", "--sort-by", "count");
        check("latency-seconds.txt", "java-mix", "--measure-latency", "10", "--seconds");
        check("latency.json", "java-mix", "--measure-latency", "1000", "--group-by", "client", "--format", "json");
        check("latency.csv", "java-mix", "--measure-latency", "1000", "--group-by", "client", "--format", "csv");
    }

    @Test
    void jsonIsJsonAndComplete() {
        for (String capture : List.of("java-pipeline", "java-mix", "ensemble-full")) {
            String[] ports = {"--zookeeper-port", "2181,2191-2193", "--format", "json"};
            List<?> messages = (List<?>) Json.parse(of(capture, ports));
            assertThat(messages).isNotEmpty();
            assertThat(of(capture, "--zookeeper-port", "2181,2191-2193", "--format", "ndjson")
                            .lines())
                    .hasSize(messages.size());
        }
    }

    @Test
    void secretsAreMasked() {
        for (String format : List.of("text", "ndjson", "csv")) {
            String masked = of("java-mix", "--format", format);
            assertThat(masked).contains("alice:***").doesNotContain("secret", "YWxpY2U6");
        }
        assertThat(of("java-mix", "--show-credentials"))
                .contains("credential=alice:")
                .doesNotContain("***");
    }

    @Test
    void arrowsInALocaleWithoutThem() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        command(Notices.none(), FOLDER + "java-mix.pcap", "C", "--count", "1").run(out, null);
        assertThat(out.toString(StandardCharsets.UTF_8).lines().toList().get(1)).startsWith("---->23:56:43:049141 ");
    }

    @Test
    void filters() {
        matching(2, "op = create2");
        matching(2, "client = 127.0.0.1:42154 and op = getData");
        matching(4, "client_port = 46598 and not op = connect");
        matching(2, "error = NoAuth or error = -115");
        matching(13, "error != 0");
        matching(13, "not error = ok");
        matching(2, "latency > 20ms and op != connect");
        matching(4, "path ~ '^/app/m1' and op = getData or path = /nope/child and size < 60 or xid = 49");
        matching(5, "session = 0x100001714150002");
        matching(1, "zxid = 0x2");
        matching(0, "server in 10.0.0.0/8");
        matching(10, "op in (addWatch, checkWatches) or whoAmI");
    }

    private static void matching(int messages, String filter) {
        assertThat(of("java-mix", "--format", "ndjson", "-f", filter).lines())
                .as(filter)
                .hasSize(messages);
    }

    @Test
    void aFilterOfTextLooksAtPairs() {
        assertThat(of("java-mix", "-f", "error = NoAuth"))
                .contains("GetDataRequest(xid=1, path=/app/c2", "————►", "FailedGetDataReply(xid=1")
                .hasLineCount(2);
    }

    @Test
    void onlyWhatWasAskedFor() {
        assertThat(of("java-mix", "--client-port", "46598")).hasLineCount(6);
        assertThat(of("java-mix", "--count", "3")).hasLineCount(6);
        assertThat(of("java-mix", "--duration", "100ms")).hasLineCount(2);
        assertThat(of("java-mix", "--include-host", "127.0.0.1", "--count", "1"))
                .hasLineCount(2);
        assertThat(of("java-mix", "--packet-filter", "port 46598")).hasLineCount(6);
        Result nobody = run(FOLDER + "java-mix.pcap", "--exclude-host", "127.0.0.1");
        assertThat(nobody.out()).isEmpty();
        assertThat(nobody.status()).isZero();
    }

    @Test
    void aPortThatIsNotZooKeepers() {
        Result result = run(FOLDER + "java-mix.pcap", "--zookeeper-port", "9999");
        assertThat(result.status()).isZero();
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .isEqualTo("shawk: of 168 packets none is of port 9999; most are of port 2181: name the servers' with"
                        + " --zookeeper-port\n");
        assertThat(run(FOLDER + "ensemble-full.pcap", "--zookeeper-port", "2881")
                        .out())
                .doesNotContain("Request(", "Reply(");
    }

    @Test
    void aReplyThatIsLateHasItsLatency() {
        String[] slow = {"--timeout", "1ms", "-f", "op = exists"};
        assertThat(of("java-mix", slow))
                .contains("no reply: it took too long", ", latency=", ", late=True)")
                .doesNotContain(", late=False");
        assertThat(of("java-mix", "--timeout", "1ms", "-f", "op = exists and latency > 1ms", "--format", "ndjson"))
                .contains("\"path\":\"/", "\"late\":true}");
        String rows = of("java-mix", "--timeout", "1ms", "-f", "op = exists and latency > 1ms", "--format", "csv");
        assertThat(rows.lines().skip(1)).isNotEmpty().allMatch(row -> row.contains(",reply,exists,"));
        assertThat(rows.lines().skip(1)).allMatch(row -> row.contains(",/"));
    }

    @Test
    void answersToFourLetterWordsAreCutWhereBodiesAre() {
        String[] mntr = {"--format", "ndjson", "-f", "op = mntr", "--body-bytes", "20000"};
        assertThat(of("four-letter-words", mntr))
                .contains("\"body\":{\"len\":16312,\"text\":\"zk_version", "zk_max_latency");
        mntr[5] = "5";
        assertThat(of("four-letter-words", mntr)).contains("\"body\":{\"len\":16312,\"text\":\"zk_ve\"}");
    }

    @Test
    void aSummaryOfEveryByte() {
        assertThat(run(FOLDER + "java-mix.pcap", "--summary", "--count", "1").err())
                .startsWith("shawk: packets 168: segments 168, not IP 0,")
                .contains("\nshawk: bytes ")
                .hasLineCount(2);
    }

    @Test
    void aCaptureThatIsCut(@TempDir Path folder) throws Exception {
        byte[] whole = Files.readAllBytes(Path.of(FOLDER + "java-mix.pcap"));
        Path cut = folder.resolve("cut.pcap");
        Files.write(cut, Arrays.copyOf(whole, 5_000));
        Result result = run(cut.toString(), "--format", "json");
        assertThat(result.status()).isEqualTo(3);
        assertThat(result.err()).contains(cut + " ends in the middle of a packet");
        assertThat((List<?>) Json.parse(result.out())).hasSizeGreaterThan(10);
    }

    @Test
    void noCapture(@TempDir Path folder) throws Exception {
        Path text = Files.writeString(folder.resolve("a.txt"), "nothing of the kind\n".repeat(10));
        assertThat(run(text.toString()).err()).contains("is no capture").hasLineCount(1);
        assertThat(run(text.toString()).status()).isEqualTo(3);
        assertThat(run(folder.resolve("none").toString()).err()).contains("no file ");
        assertThat(run(folder.toString()).err()).contains("is a folder");
        assertThat(run(FOLDER + "java-mix.pcap", "--packet-filter", "tcp prot 5")
                        .status())
                .isNotZero();
        assertThat(run(FOLDER + "java-mix.pcap", "--include-host", "no.such.host.invalid")
                        .status())
                .isEqualTo(3);
    }

    @Test
    void nobodyReadsIt() {
        OutputStream closed = new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        assertThatThrownBy(() -> command(Notices.none(), FOLDER + "java-pipeline.pcap", "C", "--format", "ndjson")
                        .run(closed, null))
                .isInstanceOf(IOException.class);
    }
}
