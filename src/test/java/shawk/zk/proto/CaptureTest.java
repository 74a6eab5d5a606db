package shawk.zk.proto;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import shawk.support.Recut;

/** What was captured of real servers, message by message against what Apache's own classes read in it. */
final class CaptureTest {
    /** Time since the first packet, packet, ends, message. */
    private static final Pattern LINE = Pattern.compile(" *(\\d+)\\.(\\d{6}) #\\d+ (.*)");

    private static final Pattern CLIENT = Pattern.compile(".*>[^ ]+ (REQ|REP|EVT|4LW) .*", Pattern.DOTALL);

    @Test
    void everyOperation() {
        check("java-mix");
    }

    @Test
    void manyMessagesInASegment() {
        check("java-pipeline");
    }

    @Test
    void lengthsInSegmentsOfTheirOwn() {
        check("c-client-mix");
    }

    @Test
    void watchesSetAgain() {
        check("java-reconnect-setwatches2");
    }

    @Test
    void sessionsUsedAgainAndExpired() {
        check("java-session-reuse-expired");
    }

    @Test
    void fourLetterWords() {
        Told told = check("four-letter-words");
        assertThat(told.answers)
                .hasSize(16)
                .contains("127.0.0.1:2181>127.0.0.1:59476 4LWREPLY 4 bytes")
                .contains("127.0.0.1:2181>127.0.0.1:38556 4LWREPLY " + (8192 + 8120) + " bytes");
        assertThat(told.unanswered)
                .containsExactlyInAnyOrder(
                        "DOUBT 127.0.0.1:55548>127.0.0.1:2181 REQ len=8 xid=-2 ping ",
                        "CLOSED 127.0.0.1:38578>127.0.0.1:2181 4LW hash",
                        "CLOSED 127.0.0.1:38592>127.0.0.1:2181 4LW xxxx");
    }

    @Test
    void anEnsemble() {
        check("ensemble-full");
    }

    private static Told check(String name) {
        Told told = Told.of(Recut.read(name));
        assertThat(told.lines).hasSizeGreaterThan(12);
        assertThat(String.join("\n", told.lines)).isEqualTo(String.join("\n", reference(name)));
        assertThat(told.notes).isEmpty();
        assertThat(told.balances()).isTrue();
        return told;
    }

    static List<String> reference(String name) {
        try (InputStream in =
                Objects.requireNonNull(CaptureTest.class.getResourceAsStream("/zk/" + name + ".ref.txt"))) {
            Stream<String> lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines();
            List<String> expected = new ArrayList<>();
            lines.takeWhile(line -> !line.startsWith("---")).forEach(line -> {
                var matcher = LINE.matcher(line);
                if (matcher.matches() && CLIENT.matcher(line).matches()) {
                    long micros = Long.parseLong(matcher.group(1)) * 1_000_000 + Long.parseLong(matcher.group(2));
                    expected.add(micros + " " + matcher.group(3));
                }
            });
            return expected;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
