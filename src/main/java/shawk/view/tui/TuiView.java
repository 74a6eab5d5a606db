package shawk.view.tui;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import shawk.model.Snapshot;
import shawk.screen.Acts;
import shawk.screen.Effect;
import shawk.screen.Event;
import shawk.screen.Grid;
import shawk.screen.Monitor;
import shawk.screen.SampleFeed;
import shawk.screen.Theme;
import shawk.screen.UiState;

/**
 * The monitor on a terminal: {@link #run} draws until somebody quits, and gives the terminal back as it was, however it
 * ends. It draws on the thread that calls it; keys are read on another.
 */
public final class TuiView {
    /**
     * Frames are at least this far apart, so that a burst of keys or samples is one frame; with it and what a frame
     * takes a key is still answered within 50 ms.
     */
    private static final long FRAME_MILLIS = 20;

    /** How often the terminal's size is looked at: no signal can be missed, and a look costs next to nothing. */
    private static final long SIZE_MILLIS = 200;

    /** How long the end of the program waits for the terminal to take what restores it. */
    private static final long END_MILLIS = 1_000;

    /** How long a terminal may take to say what its background is; later answers count, but are not waited for. */
    private static final long ANSWER_MILLIS = 2_000;

    /** How long after the question the end waits for the answer. */
    private static final long ANSWER_END_MILLIS = 150;

    private final SampleFeed feed;
    private final Acts acts;
    private final TerminalControl control;
    private final InputStream in;
    private final LongConsumer idle;
    private final TerminalSession session;
    private final Monitor monitor;
    private final TuiOptions options;
    private final KeyDecoder decoder = new KeyDecoder();
    private final Clicks clicks = new Clicks();
    private final Mailbox mailbox = new Mailbox();
    private final Grid grid = new Grid();
    private Theme theme;
    private Event.@Nullable Background background;
    private long asked;
    private boolean dirty = true;
    private boolean whole = true;
    private long lastFrame;
    private boolean quit;
    private boolean leaveFrame;
    private boolean gone;
    private long handled;
    private long toldIdle;

    /**
     * A view that has not touched the terminal yet.
     *
     * @param feed where snapshots come from
     * @param acts does what the screen asks for outside
     * @param control the terminal
     * @param in its bytes, unbuffered
     * @param out where frames go, unbuffered: each is one write
     * @param idle is told how many keys have been handled, each time that the frame after the last of them is out and
     *     no other is waiting: who drives the monitor by keys can wait for that
     */
    public TuiView(
            SampleFeed feed,
            Acts acts,
            TerminalControl control,
            InputStream in,
            OutputStream out,
            TuiOptions options,
            LongConsumer idle) {
        this.feed = feed;
        this.acts = acts;
        this.control = control;
        this.in = in;
        this.idle = idle;
        this.options = options;
        this.theme = options.setup().theme();
        this.session = new TerminalSession(control, out, palette());
        UiState initial = UiState.initial(options.arrangement(), options.intervalMillis())
                .withKeys(options.keys())
                .withSetup(options.setup())
                .withColumns(options.columns())
                .withZone(ZoneId.systemDefault())
                .withNumeric(options.numeric())
                .saying(options.greeting());
        this.monitor = new Monitor(initial, options.host(), options.ascii(), feed.names());
    }

    private Palette palette() {
        return new Palette(Looks.of(theme, !options.mono(), background));
    }

    /** How it ended. */
    public enum End {
        /** A key said so. */
        QUIT,
        /** The terminal went away. */
        GONE
    }

    /**
     * Runs until it ends. Whatever is thrown, the terminal is given back first.
     *
     * @throws IOException where the terminal cannot be set up
     */
    public End run() throws IOException {
        Thread hook = new Thread(this::endInTime, "terminal-restore");
        InputThread input = new InputThread(in, control, mailbox, decoder);
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            control.onSignal(TerminalControl.Signal.SUSPEND, mailbox::suspend);
            control.onSignal(TerminalControl.Signal.CONTINUED, mailbox::continued);
            session.mouse(options.setup().mouse());
            askForBackground();
            session.enter();
            feed.onNews(mailbox::news);
            mailbox.news();
            input.start();
            loop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            awaitAnswer();
            input.finish();
            endQuietly();
            removeHook(hook);
        }
        return gone ? End.GONE : End.QUIT;
    }

    private void loop() throws InterruptedException {
        while (!quit && !gone) {
            long sinceFrame = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - lastFrame);
            Mailbox.Mail mail = mailbox.await(dirty ? Math.max(0, FRAME_MILLIS - sinceFrame) : SIZE_MILLIS);
            try {
                take(mail);
                if (decoder.expecting() && !answerIsDue(ANSWER_MILLIS)) {
                    decoder.expect(false);
                }
                if (dirty && !quit && System.nanoTime() - lastFrame >= TimeUnit.MILLISECONDS.toNanos(FRAME_MILLIS)) {
                    draw();
                }
                tellIdle();
            } catch (IOException e) {
                // Reading its size or writing to it fails only when the terminal is no more.
                gone = true;
            }
        }
    }

    private void tellIdle() {
        if (!dirty && handled != toldIdle) {
            toldIdle = handled;
            idle.accept(handled);
        }
    }

    private void take(Mailbox.Mail mail) throws IOException {
        if (mail.fault() != null) {
            throw new IllegalStateException("the input thread has failed", mail.fault());
        }
        gone |= mail.gone();
        resize();
        if (mail.news()) {
            Snapshot newest = feed.latest();
            if (newest.sequence() > 0) {
                monitor.on(new Event.SampleArrived(newest));
            }
            takeTime();
            String line = feed.said();
            if (!line.isEmpty()) {
                monitor.on(new Event.Said(line));
            }
            dirty = true;
        }
        for (Event event : mail.input()) {
            if (!quit) {
                dirty = true;
                handled += event instanceof Event.Background ? 0 : 1;
                take(event);
            }
        }
        for (String line : mail.said()) {
            monitor.on(new Event.Said(line));
            dirty = true;
        }
        if (mail.suspend()) {
            suspend();
        } else if (mail.continued()) {
            resume();
        }
    }

    private void takeTime() {
        monitor.on(new Event.TimeTold(feed.timeline().status()));
        Snapshot moment = feed.timeline().moment();
        if (moment != null) {
            monitor.on(new Event.MomentShown(moment));
        }
    }

    private void take(Event event) throws IOException {
        if (event instanceof Event.Background answer) {
            background = answer;
            recolour();
        } else {
            Event.Clicked click = event instanceof Event.Clicked pressed ? pressed : null;
            carryOut(monitor.on(click == null ? event : clicks.on(click, System.nanoTime())));
        }
    }

    private void recolour() {
        session.palette(palette());
        whole = true;
        dirty = true;
    }

    /** Where the colours depend on it, and the terminal takes the question for one. */
    private void askForBackground() {
        if (theme == Theme.AUTO && !options.mono() && background == null && Backgrounds.canBeAsked(options.term())) {
            decoder.expect(true);
            asked = System.nanoTime();
            session.askForBackground();
        }
    }

    private boolean answerIsDue(long millis) {
        return decoder.expecting() && System.nanoTime() - asked < TimeUnit.MILLISECONDS.toNanos(millis);
    }

    /** An answer that came after the end would be typed into the shell: it is given a moment. */
    private void awaitAnswer() {
        try {
            while (!gone && !Thread.currentThread().isInterrupted() && answerIsDue(ANSWER_END_MILLIS)) {
                gone |= mailbox.await(FRAME_MILLIS).gone();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void resize() throws IOException {
        TerminalControl.Size size = control.size();
        // A terminal that does not tell, such as a serial line, is taken for what terminals once were.
        int columns = size.columns() > 0 ? size.columns() : 80;
        int rows = size.rows() > 0 ? size.rows() : 24;
        UiState state = monitor.state();
        if (columns != state.columns() || rows != state.rows()) {
            monitor.on(new Event.Resized(columns, rows));
            dirty = true;
        }
    }

    private void carryOut(List<Effect> effects) throws IOException {
        for (Effect effect : effects) {
            if (effect instanceof Effect.Quit quits) {
                quit = true;
                leaveFrame = quits.leaveFrame();
            } else if (effect instanceof Effect.SetInterval interval) {
                feed.intervalMillis(interval.millis());
            } else if (effect instanceof Effect.Statistics statistics) {
                feed.statistics(statistics.on());
            } else if (effect instanceof Effect.Travel travel) {
                feed.timeline().travel(travel.command());
            } else if (effect instanceof Effect.Redraw) {
                whole = true;
            } else if (effect instanceof Effect.Act act) {
                acts.perform(act, mailbox::said);
            } else if (effect instanceof Effect.Copy copy) {
                session.send(Clipboard.sequence(copy.text(), options.term()));
            } else if (effect instanceof Effect.ReportMouse report) {
                session.mouse(report.on());
            } else if (effect instanceof Effect.Recolour recolour) {
                theme = recolour.theme();
                recolour();
            } else if (effect instanceof Effect.Suspend) {
                suspend();
            }
        }
    }

    private void suspend() throws IOException {
        session.leave();
        try {
            control.suspend();
        } catch (IOException e) {
            monitor.on(new Event.Said(String.valueOf(e.getMessage())));
        }
        resume();
    }

    /** Whoever had the terminal in between may have left it in any state, and with another size. */
    private void resume() throws IOException {
        session.enter();
        resize();
        whole = true;
        dirty = true;
    }

    private void draw() throws IOException {
        monitor.draw(grid, feed.self(), feed.failure());
        session.draw(grid, whole);
        whole = false;
        dirty = false;
        lastFrame = System.nanoTime();
    }

    private void endQuietly() {
        try {
            session.end(leaveFrame);
        } catch (IOException e) {
            // Nobody is there any more to see the terminal.
        }
    }

    /** The program is ending: a terminal that takes nothing any more must not keep it. */
    private void endInTime() {
        Thread ending = new Thread(this::endQuietly, "terminal-restore-write");
        ending.setDaemon(true);
        ending.start();
        try {
            ending.join(END_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The program is ending already: the hook has run, or is about to and finds nothing to do.
        }
    }
}
