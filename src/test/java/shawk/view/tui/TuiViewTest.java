package shawk.view.tui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import shawk.expr.SortKey;
import shawk.field.DefaultColumns;
import shawk.field.Fields;
import shawk.model.SafeText;
import shawk.model.Snapshot;
import shawk.screen.Acts;
import shawk.screen.Arrangement;
import shawk.screen.Effect;
import shawk.screen.Keymap;
import shawk.screen.SampleFeed;
import shawk.screen.SelfCost;
import shawk.screen.Setup;
import shawk.support.MadeUpFlows;

/** The whole view on a terminal in memory, driven by what is typed and what the feed brings. */
class TuiViewTest {
    private final FakeTerminal terminal = new FakeTerminal();
    private final FakeFeed feed = new FakeFeed();
    private final List<Effect.Act> done = new CopyOnWriteArrayList<>();
    private final Acts acts = (act, said) -> {
        done.add(act);
        said.accept("it was done");
    };
    private final FutureTask<TuiView.End> running = start();

    private static final class FakeFeed implements SampleFeed {
        volatile Snapshot latest = MadeUpFlows.host();
        volatile Runnable wake = () -> {};
        volatile long interval;
        volatile boolean broken;

        @Override
        public Snapshot latest() {
            return latest;
        }

        @Override
        public void onNews(Runnable newWake) {
            wake = newWake;
        }

        @Override
        public void intervalMillis(long millis) {
            interval = millis;
        }

        @Override
        public String failure() {
            if (broken) {
                throw new IllegalStateException("in the middle of a frame");
            }
            return "";
        }

        @Override
        public SelfCost self() {
            return SelfCost.UNKNOWN;
        }
    }

    private FutureTask<TuiView.End> start() {
        Arrangement arrangement = Arrangement.first(
                List.of(Fields.PROCESS, Fields.PEER),
                List.of(new SortKey(Fields.CONNS, true)),
                DefaultColumns.FLOWS,
                "",
                null,
                false);
        TuiOptions options = new TuiOptions(
                arrangement,
                1_000,
                SafeText.of("db01"),
                false,
                false,
                "xterm",
                Keymap.DEFAULT,
                Setup.DEFAULT,
                Map.of(),
                false,
                "");
        Callable<TuiView.End> view =
                () -> new TuiView(feed, acts, terminal, terminal.in(), terminal.out(), options, keys -> {}).run();
        FutureTask<TuiView.End> task = new FutureTask<>(view);
        Thread thread = new Thread(task, "view");
        thread.setDaemon(true);
        thread.start();
        return task;
    }

    @AfterEach
    void end() {
        terminal.hangUp();
    }

    private TuiView.End ended() throws Exception {
        return running.get(20, TimeUnit.SECONDS);
    }

    /** What is on the screen now, which may still have the size that it had before. */
    private String screen() {
        Emulator emulator = new Emulator(250, 80);
        String written = terminal.written();
        emulator.feed(written.substring(Math.max(0, written.lastIndexOf("\033[2J"))));
        return emulator.text();
    }

    private void awaitScreen(String text) {
        FakeTerminal.await("'" + text + "' on the screen", () -> screen().contains(text));
    }

    @Test
    void aKeyQuits() throws Exception {
        awaitScreen("nginx (1000)");
        terminal.type("q");
        assertThat(ended()).isEqualTo(TuiView.End.QUIT);
        assertThat(terminal.calls).startsWith("raw", "write").endsWith("restore", "write");
        assertThat(terminal.written()).startsWith(FrameTerminal.ENTER).endsWith(FrameTerminal.LEAVE);
    }

    @Test
    void whatIsDoneElsewhereIsSaid() throws Exception {
        awaitScreen("nginx (1000)");
        terminal.type("jX");
        awaitScreen("Press y to kill");
        terminal.type("y");
        awaitScreen("it was done");
        assertThat(done).hasSize(1).first().isInstanceOf(Effect.KillConnections.class);
        terminal.type("c");
        FakeTerminal.await("the clipboard", () -> terminal.written().contains("\033]52;c;"));
        terminal.type("q");
        ended();
    }

    @Test
    void theMouseIsReportedUntilTheEnd() throws Exception {
        awaitScreen("nginx (1000)");
        assertThat(terminal.written()).contains(FrameTerminal.MOUSE_ON);
        terminal.type("\033[<0;5;6M");
        FakeTerminal.await("a frame after the click", () -> terminal.writes() > 2);
        terminal.type("M");
        FakeTerminal.await("the mouse off", () -> terminal.written().contains(FrameTerminal.MOUSE_OFF));
        terminal.type("q");
        ended();
        assertThat(FrameTerminal.LEAVE).startsWith(FrameTerminal.MOUSE_OFF);
        assertThat(terminal.written()).endsWith(FrameTerminal.LEAVE);
    }

    @Test
    void theTerminalsAnswerIsNoKey() throws Exception {
        FakeTerminal.await("the question", () -> terminal.written().contains(Backgrounds.QUERY));
        terminal.type("\033]11;rgb:ffff/ff");
        terminal.type("ff/ffff\033\\");
        // White on blue: the head of the light theme.
        FakeTerminal.await(
                "light colours",
                () -> terminal.written().contains("\033[44m")
                        || terminal.written().contains(";44"));
        terminal.type("q");
        assertThat(ended()).isEqualTo(TuiView.End.QUIT);
    }

    @Test
    void theLastFrameCanBeLeft() throws Exception {
        awaitScreen("nginx (1000)");
        terminal.type("Q");
        ended();
        assertThat(terminal.written().substring(terminal.written().indexOf(FrameTerminal.LEAVE)))
                .contains("nginx (1000)")
                .doesNotContain("q quit")
                .endsWith("\n");
    }

    /** Nobody could quit any more, and what Java prints of a thread that ends by itself would stand in the screen. */
    @Test
    void anExceptionOfTheThreadThatReadsKeys() {
        awaitScreen("nginx (1000)");
        terminal.type("more than is read at once ".repeat(100));
        assertThatThrownBy(this::ended)
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseInstanceOf(IndexOutOfBoundsException.class);
        assertThat(terminal.calls).endsWith("restore", "write");
    }

    @Test
    void theTerminalGoes() throws Exception {
        awaitScreen("nginx (1000)");
        terminal.hangUp();
        assertThat(ended()).isEqualTo(TuiView.End.GONE);
        assertThat(terminal.calls).contains("restore");
    }

    @Test
    void theTerminalTakesNothingAnyMore() throws Exception {
        awaitScreen("nginx (1000)");
        terminal.broken = true;
        terminal.type("j");
        assertThat(ended()).isEqualTo(TuiView.End.GONE);
        assertThat(terminal.calls).contains("restore");
    }

    @Test
    void anExceptionInTheMiddleOfAFrameComesAfterTheRestore() {
        awaitScreen("nginx (1000)");
        feed.broken = true;
        terminal.type("j");
        assertThatThrownBy(this::ended)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(IllegalStateException.class);
        assertThat(terminal.calls).endsWith("restore", "write");
        assertThat(terminal.written()).endsWith(FrameTerminal.LEAVE);
    }

    @Test
    void samplesAreDrawn() {
        awaitScreen(" 401 conns ");
        feed.latest = MadeUpFlows.sample(3, 20, 1);
        feed.wake.run();
        awaitScreen(" 21 conns ");
    }

    @Test
    void theSameAgainIsNotWritten() {
        awaitScreen("nginx (1000)");
        int writes = terminal.writes();
        feed.wake.run();
        terminal.type("/\033");
        terminal.type("/x");
        awaitScreen(" filter: x");
        int afterKeys = terminal.writes();
        assertThat(afterKeys).isGreaterThan(writes);
        for (int i = 0; i < 50; i++) {
            feed.wake.run();
        }
        terminal.type("y");
        awaitScreen(" filter: xy");
        assertThat(terminal.writes()).isEqualTo(afterKeys + 1);
    }

    @Test
    void keysReachTheFeed() {
        terminal.type("+");
        FakeTerminal.await("interval", () -> feed.interval == 2_000);
        awaitScreen("  2.0s  ");
    }

    @Test
    void anotherSizeIsNoticed() {
        awaitScreen("nginx (1000)");
        terminal.size = new TerminalControl.Size(100, 30);
        awaitScreen("NEW/S");
        terminal.size = new TerminalControl.Size(20, 3);
        awaitScreen("too small: 20x3");
    }

    @Test
    void suspendedByKeyAndBySignal() throws Exception {
        awaitScreen("nginx (1000)");
        terminal.type("\032");
        FakeTerminal.await("suspended", () -> terminal.calls.contains("suspend"));
        FakeTerminal.await(
                "raw again", () -> terminal.calls.stream().filter("raw"::equals).count() == 2);
        assertThat(terminal.calls.stream().filter(call -> !call.equals("write")))
                .startsWith("raw", "restore", "suspend", "raw");
        awaitScreen("nginx (1000)");
        terminal.handlers.get(TerminalControl.Signal.SUSPEND).run();
        FakeTerminal.await(
                "suspended again",
                () -> terminal.calls.stream().filter("suspend"::equals).count() == 2);
        terminal.handlers.get(TerminalControl.Signal.CONTINUED).run();
        FakeTerminal.await(
                "raw again", () -> terminal.calls.stream().filter("raw"::equals).count() >= 3);
        awaitScreen("nginx (1000)");
        terminal.type("q");
        assertThat(ended()).isEqualTo(TuiView.End.QUIT);
        assertThat(terminal.calls).endsWith("restore", "write");
    }

    @Test
    void aTerminalThatCannotBeSetUpIsAnError() {
        TerminalControl refusing = new TerminalControl() {
            @Override
            public Size size() {
                return new Size(80, 24);
            }

            @Override
            public void raw() throws IOException {
                throw new IOException("cannot set up the terminal: ENOTTY");
            }

            @Override
            public void restore() {
                terminal.calls.add("restore of nothing");
            }

            @Override
            public boolean waitForInput(int millis) {
                return false;
            }

            @Override
            public void suspend() {}

            @Override
            public void onSignal(Signal signal, Runnable action) {}
        };
        TuiOptions options = new TuiOptions(
                Arrangement.first(List.of(), List.of(), List.of(), "", null, false),
                1_000,
                SafeText.EMPTY,
                false,
                false,
                "vt100",
                Keymap.DEFAULT,
                Setup.DEFAULT,
                Map.of(),
                false,
                "");
        assertThatThrownBy(() ->
                        new TuiView(feed, acts, refusing, terminal.in(), terminal.out(), options, keys -> {}).run())
                .isInstanceOf(IOException.class)
                .hasMessage("cannot set up the terminal: ENOTTY");
    }
}
