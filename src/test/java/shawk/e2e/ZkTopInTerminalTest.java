package shawk.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.ZooKeeper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import shawk.screen.Key;
import shawk.screen.zk.TopKey;
import shawk.screen.zk.TopKeys;
import shawk.support.PrivateNetwork;
import shawk.support.ZooKeeperServer;
import shawk.support.ZooKeeperServer.Version;

/**
 * {@code zk top} in a real terminal: every key of its table on a capture of a real server or, where a key is about
 * time, on an interface; and what somebody sees who watches a real server. After a key the test waits until the program
 * has handled it and drawn, which its debug log tells.
 */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ZkTopInTerminalTest {
    private static final int PORT = 2181;
    private static final int FIRST_ROW = 3;
    private static final String CAPTURE = Path.of("src", "test", "resources", "zk", "java-mix.pcap")
            .toAbsolutePath()
            .toString();

    /** The frame is out: only tmux may be behind. */
    private static final Duration ONCE_IDLE = Duration.ofSeconds(8);

    @TempDir
    Path folder;

    private PrivateNetwork network;
    private Tmux tmux;
    private PressedKeys keys;

    /**
     * A key at work.
     *
     * @param live whether packets are waited for, else a file is shown
     * @param first keys that lead to where it is pressed, under tmux's names
     * @param shows what the screen then is like
     * @param cursor how many rows below the first one the cursor then is, at least; 0 = on it, -1 = anywhere
     */
    private record Trial(boolean live, List<String> first, Predicate<String> shows, int cursor) {}

    @BeforeAll
    void open() throws Exception {
        network = PrivateNetwork.open();
    }

    @AfterAll
    void close() throws Exception {
        network.close();
    }

    private void start(String options) throws Exception {
        keys = new PressedKeys(tmux, folder);
        tmux.line("clear; SHAWK_CONFIG=/dev/null SHAWK_DEBUG=" + keys.log() + " "
                + String.join(" ", network.command(List.of())) + " " + MonitorProgram.in(folder) + " zk top " + options
                + "; echo status=$?");
    }

    private void startFile() throws Exception {
        start("--offline " + CAPTURE);
        tmux.until(
                "the capture",
                screen -> line(screen, 0).contains(" END ") && line(screen, 1).contains(" 23 rows"));
    }

    private void startLive(String options) throws Exception {
        start("--iface lo " + options);
        tmux.until("no rows yet", screen -> screen.contains("nothing of ZooKeeper's has come in"));
    }

    /** What each key does, by what the table says of it. */
    private static Map<String, Trial> trials() {
        Map<String, Trial> trials = new LinkedHashMap<>();
        views(trials);
        sorting(trials);
        time(trials);
        moving(trials);
        ending(trials);
        return trials;
    }

    private static void views(Map<String, Trial> trials) {
        trials.put("help, and what cannot be seen", after(screen -> screen.contains("what the figures mean")));
        trials.put(
                "filter: counts begin of what it lets through; the others go on",
                after(screen -> last(screen).startsWith(" filter:")));
        trials.put("next view", after(screen -> heads(screen).startsWith(" TYPE")));
        trials.put("previous view", after(screen -> heads(screen).startsWith(" SESSION")));
        trials.put("by path", after(screen -> heads(screen).startsWith(" PATH"), "2"));
        trials.put("by type of operation", after(screen -> heads(screen).startsWith(" TYPE")));
        trials.put("by client", after(screen -> heads(screen).startsWith(" CLIENT")));
        trials.put("by session", after(screen -> heads(screen).startsWith(" SESSION")));
        trials.put(
                "paths by one component less; from whole ones to the first component",
                after(screen -> line(screen, 1).contains("depth: 1  5 rows")));
        trials.put(
                "paths by one component more", after(screen -> line(screen, 1).contains("depth: 2 "), "Left"));
        trials.put("whole paths", after(screen -> line(screen, 1).contains("depth: whole  23 rows"), "Left"));
        trials.put(
                "only this path, type, client or session, in the next view; Esc goes back",
                after(screen -> line(screen, 2).matches(" filter: path = \"/app\" +Esc back")
                        && line(screen, 3).startsWith(" TYPE")
                        && line(screen, 1).endsWith("over 6.4 s  15 rows")));
        trials.put(
                "back: out of the filter, to the counts that went on",
                after(
                        screen -> heads(screen).startsWith(" PATH")
                                && line(screen, 1).contains(" 23 rows"),
                        "Enter"));
    }

    private static void sorting(Map<String, Trial> trials) {
        trials.put(
                "sort by the column on the left", after(screen -> heads(screen).contains("REQ/S\u25bc")));
        trials.put(
                "sort by the column on the right", after(screen -> heads(screen).contains("ERRORS\u25bc")));
        trials.put("sort by the next column, round and round", after(s -> heads(s).contains("ERRORS\u25bc")));
        trials.put("reverse the order", after(screen -> heads(screen).contains("TOTAL\u25b2")));
        trials.put("sort by count", after(screen -> heads(screen).contains("TOTAL\u25bc"), "R"));
        trials.put("sort by rate", after(screen -> heads(screen).contains("REQ/S\u25bc")));
        trials.put(
                "sort by latency: 99th percentile",
                after(screen -> heads(screen).contains("P99\u25bc")));
        trials.put("sort by errors", after(screen -> heads(screen).contains("ERRORS\u25bc")));
        trials.put("sort by name", after(screen -> heads(screen).contains("PATH\u25b2")));
        trials.put(
                "rows keep their places, values go on; again: sorted",
                after(screen -> line(screen, 0).contains("FROZEN")));
    }

    private static void time(Map<String, Trial> trials) {
        trials.put("pause; again: go on", live(screen -> line(screen, 0).contains("PAUSED")));
        trials.put(
                "errors and times of the last interval; again: since the counts began",
                live(screen ->
                        line(screen, 0).contains("LAST 1.0s") && heads(screen).contains("ERR/S")));
        trials.put(
                "counts of what is shown begin anew",
                live(screen -> last(screen).contains("counts begin anew")));
        trials.put("longer interval", live(screen -> line(screen, 0).contains(" lo  2.0s ")));
        trials.put("shorter interval", live(screen -> line(screen, 0).contains(" lo  500ms ")));
        trials.put("type the interval", live(screen -> last(screen).startsWith(" interval:")));
        trials.put("bits or bytes a second", after(screen -> screen.contains("bit/s")));
        trials.put(
                "copy the row to the clipboard of the terminal",
                after(screen -> last(screen).contains("copied")));
    }

    private static void moving(Map<String, Trial> trials) {
        trials.put("one row up", moving(1, "Home", "Down", "Down"));
        trials.put("one row down", moving(1, "Home"));
        trials.put("one page up", moving(0, "End"));
        trials.put("one page down", moving(20, "Home"));
        trials.put("half a page up", moving(1, "End"));
        trials.put("half a page down", moving(5, "Home"));
        trials.put("first row", moving(0, "End"));
        trials.put("last row", moving(22, "Home"));
    }

    private static void ending(Map<String, Trial> trials) {
        trials.put("draw the whole screen anew", after(screen -> heads(screen).startsWith(" PATH")));
        trials.put("suspend; fg in the shell brings it back", after(screen -> screen.contains("Stopped")));
        trials.put(
                "quit, and leave the last frame on the screen",
                after(screen -> screen.contains("status=0") && screen.contains(" PATH ")));
        trials.put("quit, whatever is being typed", after(screen -> screen.contains("status=0"), "/"));
        trials.put("quit", after(screen -> screen.contains("status=0") && !screen.contains(" PATH ")));
    }

    private static Trial after(Predicate<String> shows, String... first) {
        return new Trial(false, List.of(first), shows, -1);
    }

    private static Trial live(Predicate<String> shows, String... first) {
        return new Trial(true, List.of(first), shows, -1);
    }

    private static Trial moving(int cursor, String... first) {
        return new Trial(false, List.of(first), screen -> heads(screen).startsWith(" PATH"), cursor);
    }

    private static String line(String screen, int number) {
        return screen.lines().skip(number).findFirst().orElse("");
    }

    private static String heads(String screen) {
        return line(screen, 2);
    }

    private static String last(String screen) {
        return line(screen, 29);
    }

    @Test
    void everyKeyHasATrial() {
        assertThat(trials().keySet())
                .containsExactlyElementsOf(
                        TopKeys.all().stream().map(TopKey::what).toList());
    }

    @TestFactory
    Stream<DynamicTest> everyKeyDoesWhatItSays() {
        Map<String, Trial> trials = trials();
        return TopKeys.all().stream()
                .flatMap(line -> line.keys().stream()
                        .map(key -> DynamicTest.dynamicTest(
                                line.what() + ", by " + key.label(), () -> check(trials.get(line.what()), key))));
    }

    private void check(Trial trial, Key key) throws Exception {
        tmux = new Tmux(150, 30);
        try {
            if (trial.live()) {
                startLive("");
            } else {
                startFile();
            }
            keys.press(trial.first().toArray(String[]::new));
            keys.press(Tmux.name(key));
            tmux.until(key.label() + " to work", trial.shows(), ONCE_IDLE);
            if (trial.cursor() == 0) {
                assertThat(tmux.cursorLine(FIRST_ROW)).isEqualTo(FIRST_ROW);
            } else if (trial.cursor() > 0) {
                assertThat(tmux.cursorLine(FIRST_ROW)).isGreaterThanOrEqualTo(FIRST_ROW + trial.cursor());
            }
        } finally {
            tmux.end();
        }
    }

    /** Into a row and back, a filter and back: what was counted before and meanwhile is there. */
    @Test
    void aRealServerIsWatched() throws Exception {
        tmux = new Tmux(110, 30);
        try (ZooKeeperServer server = ZooKeeperServer.alone(network, Version.V3_9, PORT)) {
            startLive("-i 200ms --sort-by count");
            ZooKeeper client = connect(server);
            for (int i = 0; i < 20; i++) {
                client.exists("/a", false);
            }
            fail(client, 5);
            row("/a", "TOTAL 20, ERRORS 20");
            row("/b", "TOTAL 5, ERRORS 5");
            keys.press("Enter");
            begun();
            client.exists("/a", false);
            fail(client, 1);
            row("exists", "TOTAL 1, ERRORS 1");
            assertThat(tmux.screen()).contains("filter: path = \"/a\"").doesNotContain("getData");
            keys.press("Escape");
            row("/a", "TOTAL 21, ERRORS 21");
            row("/b", "TOTAL 6, ERRORS 6");
            keys.press("/");
            tmux.type("op = getData");
            keys.typed(12);
            keys.press("Enter");
            begun();
            fail(client, 2);
            row("/b", "TOTAL 2, ERRORS 2");
            assertThat(tmux.screen()).contains("filter: op = getData");
            keys.press("z");
            begun();
            fail(client, 1);
            row("/b", "TOTAL 1, ERRORS 1");
            keys.press("Escape");
            row("/b", "TOTAL 9, ERRORS 9");
            client.close();
            keys.press("q");
            assertThat(tmux.until("the end", screen -> screen.contains("status=0")))
                    .doesNotContain("Exception");
        } finally {
            tmux.end();
        }
    }

    /** Waits until counts have begun: what is sent before that is not in them. */
    private void begun() throws Exception {
        tmux.until("no rows", screen -> screen.contains("nothing that the filter lets through has come in"));
    }

    private ZooKeeper connect(ZooKeeperServer server) throws Exception {
        CountDownLatch connected = new CountDownLatch(1);
        ZooKeeper client =
                network.inside(() -> new ZooKeeper("127.0.0.1:" + server.port(), 30_000, e -> connected.countDown()));
        assertThat(connected.await(60, TimeUnit.SECONDS)).as("a session").isTrue();
        return client;
    }

    private static void fail(ZooKeeper client, int times) throws Exception {
        for (int i = 0; i < times; i++) {
            try {
                client.getData("/b", false, null);
                throw new AssertionError("there is a node /b");
            } catch (KeeperException.NoNodeException e) {
                assertThat(e.getPath()).isEqualTo("/b");
            }
        }
    }

    /** Waits for a row with these figures: its second and third ones. */
    private void row(String name, String figures) throws Exception {
        tmux.until(
                name + " with " + figures,
                screen -> screen.lines().anyMatch(line -> {
                    String[] cells = line.strip().split(" +");
                    return cells.length > 4
                            && cells[0].equals(name)
                            && figures.equals("TOTAL " + cells[2] + ", ERRORS " + cells[3]);
                }));
    }
}
