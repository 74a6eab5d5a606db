package shawk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import shawk.screen.zk.TopLevel;
import shawk.screen.zk.TopPhase;
import shawk.tcp.PacketBatch;
import shawk.tcp.Packets;

/** What becomes of the thread that captures. */
class ZkTopCommandTest {
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

    private static final class NoPackets implements Packets {
        @Override
        public Outcome next(PacketBatch batch, int waitMillis) {
            return Outcome.END;
        }

        @Override
        public long dropped() {
            return 0;
        }

        @Override
        public void close() {}
    }
}
