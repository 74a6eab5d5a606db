package shawk.cli;

import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import shawk.screen.zk.TopScreen;
import shawk.tcp.Packets;
import shawk.view.tui.Appearance;
import shawk.view.tui.TuiOptions;
import shawk.view.tui.TuiView;
import shawk.zk.proto.Dissector;
import shawk.zk.proto.Ports;

/** {@code shawk zk top}: the screen on the thread that calls, packets on another. */
final class ZkTopCommand {
    private static final int SIGHUP = 1;
    /** What the end of the program waits for the capture to end. */
    private static final long END_MILLIS = 2_000;

    private final ZkTopSettings settings;
    private final Preferences preferences;
    private final Map<String, String> variables;
    private final ZkOpener opener;
    private final Notices notices;
    private final DebugLog log;
    private final ByteArrayOutputStream losses = new ByteArrayOutputStream();

    ZkTopCommand(
            ZkTopSettings settings,
            Preferences preferences,
            Map<String, String> variables,
            ZkOpener opener,
            Notices notices,
            DebugLog log) {
        this.settings = settings;
        this.preferences = preferences;
        this.variables = variables;
        this.opener = opener;
        this.notices = notices;
        this.log = log;
    }

    /**
     * Runs until somebody quits; returns the exit status. What cannot be captured is said before the screen is taken.
     */
    int run(OutputStream out) throws Failure, IOException {
        ZkTopInput input = ZkTopInput.query(settings.capture());
        if (input == ZkTopInput.FILE && settings.intervalAsked()) {
            throw Failure.usage("--interval is of what comes as time goes on, and --offline reads a file as a whole;"
                    + " leave one away");
        }
        Packets packets = opener.open(settings.capture(), notices);
        ZkTopFeed feed = new ZkTopFeed(
                input,
                settings.filter(),
                settings.filterText(),
                settings.capture().pings(),
                settings.depth(),
                settings.intervalMillis(),
                new SelfCosts());
        // What is lost is said once the terminal is as it was.
        Notices later = new Notices(new PrintStream(losses, true, StandardCharsets.UTF_8));
        Capture capture = new Capture(feed, input, packets, later);
        Thread thread = new Thread(capture, "zk-capture");
        thread.setDaemon(true);
        thread.start();
        try {
            return show(feed, out);
        } finally {
            capture.stop();
            join(thread);
            System.err.write(losses.toByteArray());
            System.err.flush();
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join(END_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private int show(ZkTopFeed feed, OutputStream out) throws IOException {
        // The key is no signal while the terminal is raw; one that was sent means the same.
        Signals.handle("INT", name -> System.exit(ExitStatus.OK));
        CaptureSettings capture = settings.capture();
        TopScreen screen = new TopScreen(
                feed,
                TopCommand.queryHost().value(),
                Failure.plain(capture.live() ? capture.iface() : String.valueOf(capture.offline())),
                TuiOptions.ascii(variables),
                settings.group(),
                settings.depth(),
                settings.sort(),
                settings.filterText(),
                settings.intervalMillis());
        TuiView view = new TuiView(
                screen,
                (act, said) -> said.accept("not here"),
                new NativeTerminal(),
                new FileInputStream(FileDescriptor.in),
                out,
                new Appearance(
                        preferences.setup().theme(),
                        TuiOptions.mono(variables),
                        preferences.setup().mouse(),
                        variables.getOrDefault("TERM", "")),
                keys -> log.line("idle after " + keys + " keys"));
        return view.run() == TuiView.End.QUIT ? ExitStatus.OK : ExitStatus.SIGNAL + SIGHUP;
    }

    /** The thread that takes packets: whatever ends it is said on the screen. */
    final class Capture implements Runnable {
        private static final long WAIT_NANOS = 50_000_000;

        private final ZkTopFeed feed;
        private final ZkTopInput input;
        private final Notices later;
        private @Nullable Packets first;
        private volatile boolean stopped;
        private volatile @Nullable ZkRun run;

        Capture(ZkTopFeed feed, ZkTopInput input, Packets first, Notices later) {
            this.feed = feed;
            this.input = input;
            this.first = first;
            this.later = later;
        }

        void stop() {
            stopped = true;
            ZkRun running = run;
            if (running != null) {
                running.stop();
            }
        }

        /** What there is can be looked at in other ways when nothing comes any more. */
        @Override
        public void run() {
            try {
                while (!stopped) {
                    if (feed.begins()) {
                        capture();
                    } else {
                        LockSupport.parkNanos(this, WAIT_NANOS);
                    }
                }
            } catch (RuntimeException | Error e) {
                feed.broken(line(e));
            }
        }

        private void capture() {
            CaptureSettings capture = settings.capture();
            Dissector dissector = new Dissector(capture.portSet(), new Ports(), new Ports(), capture.limits(), feed);
            String failure = "";
            try {
                ZkRun next = next(capture);
                run = next;
                if (!stopped) {
                    next.run(dissector, feed);
                }
            } catch (Failure e) {
                failure = Failure.plain(e.line());
            } catch (IOException | RuntimeException | Error e) {
                failure = line(e);
            }
            feed.ended(failure, fixed());
        }

        private String line(Throwable e) {
            log.line("capture: " + e);
            return "the capture has failed: " + Failure.plain(String.valueOf(e.getMessage()));
        }

        /** The first one reads what was opened before the screen was; what is lost in it is said at the end. */
        private ZkRun next(CaptureSettings capture) {
            Packets packets = first;
            first = null;
            return packets == null
                    ? new ZkRun(
                                    capture,
                                    opener,
                                    new Notices(new PrintStream(
                                            OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)),
                                    log)
                            .aside()
                    : new ZkRun(capture, (ignored, said) -> packets, later, log).aside();
        }

        private String fixed() {
            return switch (input) {
                case LIVE -> "the capture is over: nothing more comes that could be counted";
                case PIPE -> "what came by a pipe cannot be read again: start anew with -f";
                case FILE -> "";
            };
        }
    }
}
