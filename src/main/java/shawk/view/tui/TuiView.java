package shawk.view.tui;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import shawk.screen.Acts;
import shawk.screen.Effect;
import shawk.screen.Event;
import shawk.screen.Grid;
import shawk.screen.SampleFeed;
import shawk.screen.Stage;
import shawk.screen.Theme;

/**
 * A stage on a terminal, such as the monitor: {@link #run} draws until somebody quits, and gives the terminal back as
 * it was, however it ends. It draws on the thread that calls it; keys are read on another.
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

    private final Stage stage;
    private final Acts acts;
    private final TerminalControl control;
    private final InputStream in;
    private final LongConsumer idle;
    private final TerminalSession session;
    private final Appearance appearance;
    private final KeyDecoder decoder = new KeyDecoder();
    private final Clicks clicks = new Clicks();
    private final Mailbox mailbox = new Mailbox();
    private final Grid grid = new Grid();
    private Theme theme;
    private Event.@Nullable Background background;
    private long asked;
    private TerminalControl.Size size = new TerminalControl.Size(0, 0);
    private boolean dirty = true;
    private boolean whole = true;
    private long lastFrame;
    private boolean quit;
    private boolean leaveFrame;
    private boolean gone;
    private long handled;
    private long toldIdle;

    /**
     * A view that has not touched the terminal yet, of the monitor of connections.
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
        this(
                new MonitorStage(feed, options),
                acts,
                control,
                in,
                out,
                new Appearance(
                        options.setup().theme(), options.mono(), options.setup().mouse(), options.term()),
                idle);
    }

    /** The same of any stage. */
    public TuiView(
            Stage stage,
            Acts acts,
            TerminalControl control,
            InputStream in,
            OutputStream out,
            Appearance appearance,
            LongConsumer idle) {
        this.stage = stage;
        this.acts = acts;
        this.control = control;
        this.in = in;
        this.idle = idle;
        this.appearance = appearance;
        this.theme = appearance.theme();
        this.session = new TerminalSession(control, out, palette());
    }

    private Palette palette() {
        return new Palette(Looks.of(theme, !appearance.mono(), background));
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
            session.mouse(appearance.mouse());
            askForBackground();
            session.enter();
            stage.onNews(mailbox::news);
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
            stage.takeNews();
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
            stage.on(new Event.Said(line));
            dirty = true;
        }
        if (mail.suspend()) {
            suspend();
        } else if (mail.continued()) {
            resume();
        }
    }

    private void take(Event event) throws IOException {
        if (event instanceof Event.Background answer) {
            background = answer;
            recolour();
        } else {
            Event.Clicked click = event instanceof Event.Clicked pressed ? pressed : null;
            carryOut(stage.on(click == null ? event : clicks.on(click, System.nanoTime())));
        }
    }

    private void recolour() {
        session.palette(palette());
        whole = true;
        dirty = true;
    }

    /** Where the colours depend on it, and the terminal takes the question for one. */
    private void askForBackground() {
        if (theme == Theme.AUTO
                && !appearance.mono()
                && background == null
                && Backgrounds.canBeAsked(appearance.term())) {
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
        TerminalControl.Size told = control.size();
        // A terminal that does not tell, such as a serial line, is taken for what terminals once were.
        TerminalControl.Size now =
                new TerminalControl.Size(told.columns() > 0 ? told.columns() : 80, told.rows() > 0 ? told.rows() : 24);
        if (!now.equals(size)) {
            size = now;
            stage.on(new Event.Resized(now.columns(), now.rows()));
            dirty = true;
        }
    }

    private void carryOut(List<Effect> effects) throws IOException {
        for (Effect effect : effects) {
            if (effect instanceof Effect.Quit quits) {
                quit = true;
                leaveFrame = quits.leaveFrame();
            } else if (effect instanceof Effect.Redraw) {
                whole = true;
            } else if (effect instanceof Effect.Act act) {
                acts.perform(act, mailbox::said);
            } else if (effect instanceof Effect.Copy copy) {
                session.send(Clipboard.sequence(copy.text(), appearance.term()));
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
            stage.on(new Event.Said(String.valueOf(e.getMessage())));
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
        stage.draw(grid);
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
