package shawk.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import shawk.screen.zk.TopLevel;
import shawk.screen.zk.TopPhase;

/** What becomes of the thread that captures. */
class ZkTopCommandTest {
    private static final String FILE = "src/test/resources/zk/java-mix.pcap";

    /** However it fails: the screen has the reason, and the terminal no stack trace. */
    @Test
    void whatFailsIsSaidOnTheScreen() throws Exception {
        ZkTopSettings settings = new ZkTopParser(ArgumentParser.parse("zk", "top")).parse();
        ZkTopFeed feed = new ZkTopFeed(
                ZkTopInput.LIVE, message -> true, "", false, 0, settings.intervalMillis(), new SelfCosts());
        Notices notices = new Notices(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));
        ZkTopCommand command = new ZkTopCommand(
                settings,
                Preferences.of(Config.empty()),
                Map.of(),
                (capture, said) -> new NoPackets(),
                notices,
                DebugLog.OFF);
        feed.levels(List.of(new TopLevel(1, "nonsense = 1")));
        command.new Capture(feed, ZkTopInput.LIVE, new NoPackets(), notices).run();
        assertThat(feed.failure()).isEqualTo("the capture has failed: nonsense = 1");
        assertThat(feed.fixed()).isEqualTo(feed.failure());
        assertThat(feed.latest().phase()).isEqualTo(TopPhase.OVER);
    }

    @Test
    void aFileHasNoIntervals() throws Exception {
        check("opened", "--offline", FILE);
        check("opened", "-i", "5s");
        check(
                "--interval is of what comes as time goes on, and --offline reads a file as a whole; leave one away",
                "--offline",
                FILE,
                "-i",
                "5s");
    }

    private static void check(String expected, String... options) throws Exception {
        List<String> words = new ArrayList<>(List.of("zk", "top"));
        words.addAll(List.of(options));
        ZkTopCommand command = new ZkTopCommand(
                new ZkTopParser(ArgumentParser.parse(words.toArray(String[]::new))).parse(),
                Preferences.of(Config.empty()),
                Map.of(),
                (capture, said) -> {
                    throw Failure.usage("opened");
                },
                new Notices(System.err),
                DebugLog.OFF);
        assertThatThrownBy(() -> command.run(OutputStream.nullOutputStream()))
                .isInstanceOfSatisfying(Failure.class, failure -> {
                    assertThat(failure.line()).isEqualTo(expected);
                    assertThat(failure.status()).isEqualTo(ExitStatus.USAGE);
                });
    }
}
