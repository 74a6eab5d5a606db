package shawk.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import shawk.screen.Binding;
import shawk.screen.Key;
import shawk.screen.Keys;

/**
 * Every key of the table, pressed in a real terminal, and what it brings on the screen. After a key the test waits
 * until the program has handled it and drawn, which its debug log tells.
 */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KeysInTerminalTest {
    private static final int FIRST_ROW = 3;

    /** The frame is out: only tmux may be behind. */
    private static final Duration ONCE_IDLE = Duration.ofSeconds(8);

    @TempDir
    Path folder;

    private final List<AutoCloseable> sockets = new ArrayList<>();
    private ServerSocket server;
    private Tmux tmux;
    private PressedKeys keys;

    /**
     * A key at work.
     *
     * @param first keys that lead to where it is pressed, under tmux's names
     * @param shows what the screen then is like
     */
    private record Trial(List<String> first, Predicate<String> shows, Cursor cursor) {}

    /** Where the cursor then is. */
    private enum Cursor {
        ANYWHERE,
        ON_FIRST_ROW,
        BELOW_IT
    }

    @BeforeAll
    void connect() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        sockets.add(server);
        for (int i = 0; i < 3; i++) {
            sockets.add(new Socket(server.getInetAddress(), server.getLocalPort()));
            sockets.add(server.accept());
        }
    }

    @AfterAll
    void disconnect() throws Exception {
        for (AutoCloseable socket : sockets) {
            socket.close();
        }
    }

    private void startMonitor() throws Exception {
        keys = new PressedKeys(tmux, folder);
        String port = "" + server.getLocalPort();
        tmux.line("clear; SHAWK_CMDB_URL=postgres://127.0.0.1:1/none SHAWK_SPOOL=" + folder.resolve("spool")
                + " SHAWK_DEBUG=" + keys.log() + " " + MonitorProgram.in(folder) + " -f 'port = " + port
                + "' -i 200ms; echo status=$?");
        // With rates there have been two samples: a first one is kept to go back to.
        tmux.until(
                "this test's connections",
                screen -> screen.contains("(6 conns)") && screen.contains("java") && screen.contains("B/s"));
    }

    /** What each binding does, by its id. */
    private static Map<String, Trial> trials() {
        Map<String, Trial> trials = new LinkedHashMap<>();
        dialogs(trials);
        ends(trials);
        views(trials);
        order(trials);
        moves(trials);
        time(trials);
        calm(trials);
        return trials;
    }

    private static void dialogs(Map<String, Trial> trials) {
        trials.put("help", after(screen -> screen.contains("Esc closes, arrows scroll")));
        trials.put("filter", after(screen -> lastLine(screen).contains("filter: port = ")));
        trials.put("arrange", after(screen -> screen.contains("Group by")));
        trials.put("palette", after(screen -> screen.contains("sort by count of connections")));
        trials.put("interval", after(screen -> lastLine(screen).contains("interval:")));
        trials.put("chips", after(screen -> screen.contains("ESTABLISHED")));
        trials.put("columns", after(screen -> screen.contains("Columns")));
        trials.put("export", after(screen -> screen.contains("shawk-20")));
        trials.put("copy", after(screen -> lastLine(screen).contains("copied")));
        trials.put("kill-connections", after(screen -> screen.contains("6 connections")));
        trials.put("kill-process", after(screen -> screen.contains("TERM") && screen.contains("java")));
        trials.put("mouse", after(screen -> lastLine(screen).contains("mouse")));
    }

    private static void ends(Map<String, Trial> trials) {
        trials.put("quit", after(screen -> screen.contains("status=0")));
        trials.put("quit-anywhere", after(screen -> screen.contains("status=0"), "/"));
        trials.put("quit-leaving-frame", after(s -> s.contains("status=0") && s.contains("PROCESS / PEER")));
        trials.put("suspend", after(screen -> screen.contains("Stopped")));
        trials.put("redraw", after(screen -> screen.contains("PROCESS / PEER") && screen.contains("java")));
    }

    private static void views(Map<String, Trial> trials) {
        trials.put("view-flows", after(screen -> heads(screen).contains("PROCESS / PEER / PORT"), "6"));
        trials.put("view-connections", after(screen -> heads(screen).contains("CONNECTION")));
        trials.put("view-listening", after(screen -> heads(screen).contains("LISTENER")));
        trials.put("view-closed", after(screen -> heads(screen).contains("ENDED▲")));
        trials.put("view-self", after(screen -> heads(screen).contains("This program")));
        trials.put("view-processes", after(screen -> heads(screen).contains("USER")));
        trials.put("view-peers", after(screen -> heads(screen).contains("PEER / PROCESS / PORT")));
        trials.put("view-next", after(screen -> heads(screen).contains("CONNECTION")));
        trials.put("view-previous", after(screen -> heads(screen).contains("This program")));
        trials.put("open", after(screen -> heads(screen).contains("CONNECTION")));
        trials.put("back", after(screen -> heads(screen).contains("PROCESS / PEER"), "Enter"));
        trials.put("details", after(screen -> screen.contains("Esc closes") && screen.contains("java")));
    }

    private static void order(Map<String, Trial> trials) {
        trials.put(
                "sort-left",
                after(screen -> heads(screen).contains("DIR▲") || heads(screen).contains("DIR▼")));
        trials.put("sort-right", after(screen -> heads(screen).contains("ESTAB▼")));
        trials.put("sort-next", after(screen -> heads(screen).contains("ESTAB▼")));
        trials.put("reverse", after(screen -> heads(screen).contains("CONNS▲")));
        trials.put("sort-conns", after(screen -> heads(screen).contains("CONNS▼"), "T"));
        trials.put("sort-rate", after(screen -> heads(screen).contains("TX/S▼")));
        trials.put("sort-rtt", after(screen -> heads(screen).contains("RTT▼")));
        trials.put(
                "sort-age",
                after(screen -> screen.contains("sort: age") || heads(screen).contains("AGE▼")));
        trials.put("sort-name", after(screen -> heads(screen).contains("PORT▲")));
    }

    /** View 2 has six rows. */
    private static void moves(Map<String, Trial> trials) {
        trials.put("up", moving(Cursor.ON_FIRST_ROW, "2", "Down"));
        trials.put("down", moving(Cursor.BELOW_IT, "2", "Home"));
        trials.put("page-up", moving(Cursor.ON_FIRST_ROW, "2", "End"));
        trials.put("page-down", moving(Cursor.BELOW_IT, "2", "Home"));
        trials.put("half-page-up", moving(Cursor.ON_FIRST_ROW, "2", "End"));
        trials.put("half-page-down", moving(Cursor.BELOW_IT, "2", "Home"));
        trials.put("first", moving(Cursor.ON_FIRST_ROW, "2", "End"));
        trials.put("last", moving(Cursor.BELOW_IT, "2", "Home"));
        trials.put("unfold", after(screen -> screen.contains("▾ java")));
        trials.put("fold", after(screen -> screen.contains("▸ java"), "Right", "Home"));
        trials.put("unfold-all", after(screen -> screen.contains("▾ java")));
    }

    private static void time(Map<String, Trial> trials) {
        trials.put("pause", after(screen -> screen.contains("PAUSED")));
        trials.put("time-back", after(screen -> screen.contains("PAUSED"), "p"));
        trials.put("time-forward", after(screen -> screen.contains("PAUSED"), "p", "[", "["));
        trials.put(
                "time-jump",
                after(screen ->
                        lastLine(screen).contains("to:") || lastLine(screen).contains("jump")));
        trials.put("slower", after(screen -> !lastLine(screen).contains("F1 help")));
        trials.put("faster", after(screen -> !lastLine(screen).contains("F1 help")));
        trials.put("interval-longer", after(screen -> firstLine(screen).contains(" 250ms ")));
        trials.put("interval-shorter", after(screen -> firstLine(screen).contains(" 0.1s ")));
    }

    private static void calm(Map<String, Trial> trials) {
        trials.put("freeze", after(screen -> firstLine(screen).contains("FROZEN")));
        trials.put("watch", after(screen -> screen.contains("watch")));
        trials.put("mark", after(screen -> heads(screen).contains("CHANGE"), "m"));
        trials.put("bits", after(screen -> screen.contains("bit/s")));
        trials.put("interfaces", after(screen -> screen.contains("pkt/s")));
        trials.put("names", after(screen -> !lastLine(screen).contains("F1 help")));
        trials.put("ended", after(screen -> screen.contains("+ended")));
        // To a server that is not there.
        trials.put("flush", after(screen -> screen.contains("not stored")));
    }

    private static String firstLine(String screen) {
        return screen.lines().findFirst().orElse("");
    }

    private static String lastLine(String screen) {
        return screen.lines().skip(29).findFirst().orElse("");
    }

    private static String heads(String screen) {
        return screen.lines().skip(2).findFirst().orElse("");
    }

    private static Trial after(Predicate<String> shows, String... first) {
        return new Trial(List.of(first), shows, Cursor.ANYWHERE);
    }

    private static Trial moving(Cursor to, String... first) {
        return new Trial(List.of(first), screen -> heads(screen).contains("CONNECTION"), to);
    }

    @Test
    void everyBindingHasATrial() {
        assertThat(trials().keySet())
                .containsExactlyInAnyOrderElementsOf(
                        Keys.all().stream().map(Binding::id).toList());
    }

    @TestFactory
    Stream<DynamicTest> everyKeyDoesWhatItSays() {
        Map<String, Trial> trials = trials();
        return Keys.all().stream()
                .flatMap(binding -> binding.keys().stream()
                        .map(key -> DynamicTest.dynamicTest(
                                binding.id() + " by " + key.label(), () -> check(trials.get(binding.id()), key))));
    }

    private void check(Trial trial, Key key) throws Exception {
        tmux = new Tmux(150, 30);
        try {
            press(trial, key);
        } finally {
            tmux.end();
        }
    }

    private void press(Trial trial, Key key) throws Exception {
        startMonitor();
        for (String before : trial.first()) {
            keys.press(before);
        }
        keys.press(Tmux.name(key));
        tmux.until(key.label() + " to work", trial.shows(), ONCE_IDLE);
        switch (trial.cursor()) {
            case ANYWHERE -> {}
            case ON_FIRST_ROW -> assertThat(tmux.cursorLine(FIRST_ROW)).isEqualTo(FIRST_ROW);
            case BELOW_IT -> assertThat(tmux.cursorLine(FIRST_ROW)).isGreaterThan(FIRST_ROW);
        }
    }
}
