package shawk.view.tui;

import com.googlecode.lanterna.TextCharacter;
import com.googlecode.lanterna.screen.Screen;
import com.googlecode.lanterna.screen.TerminalScreen;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import shawk.screen.Grid;

/**
 * The terminal while the monitor has it: entered, drawn on, left as it was. Frames are drawn by one thread;
 * {@link #end} may be called by any, at any moment, any number of times.
 */
final class TerminalSession {
    /** How long an end waits for a frame that is being written: a terminal that takes nothing must not keep us. */
    private static final long END_WAIT_MILLIS = 300;

    private final TerminalControl control;
    private final OutputStream out;
    private final FrameStream frame;
    private Palette palette;
    private boolean mouse;
    private boolean asking;
    private final ReentrantLock lock = new ReentrantLock();
    private final Grid shown = new Grid();
    private @Nullable FrameTerminal terminal;
    private @Nullable TerminalScreen screen;
    private volatile boolean entered;
    private volatile boolean ended;

    TerminalSession(TerminalControl control, OutputStream out, Palette palette) {
        this.control = control;
        this.out = out;
        this.frame = new FrameStream(out);
        this.palette = palette;
    }

    /** Takes the terminal: raw, alternate screen, no cursor. The next frame is drawn whole. */
    void enter() throws IOException {
        lock.lock();
        try {
            if (ended) {
                return;
            }
            entered = true;
            control.raw();
            frame.discard();
            terminal = new FrameTerminal(frame);
            screen = new TerminalScreen(terminal);
            screen.setCursorPosition(null);
            screen.startScreen();
            frame.ascii(mouse ? FrameTerminal.MOUSE_ON : "");
            frame.ascii(asking ? Backgrounds.QUERY : "");
            asking = false;
            frame.flush();
            shown.reset(0, 0);
        } finally {
            lock.unlock();
        }
    }

    /** Whether the mouse is reported: from now on, and again after each {@link #enter}. */
    void mouse(boolean on) throws IOException {
        lock.lock();
        try {
            mouse = on;
            if (entered && !ended) {
                frame.discard();
                frame.ascii(on ? FrameTerminal.MOUSE_ON : FrameTerminal.MOUSE_OFF);
                frame.flush();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Sends a sequence of its own, between two frames. */
    void send(String sequence) throws IOException {
        lock.lock();
        try {
            if (entered && !ended) {
                frame.discard();
                frame.ascii(sequence);
                frame.flush();
            }
        } finally {
            lock.unlock();
        }
    }

    /** The next {@link #enter} asks what the background is. */
    void askForBackground() {
        lock.lock();
        try {
            asking = true;
        } finally {
            lock.unlock();
        }
    }

    /** Other colours; the next frame is to be drawn whole. */
    void palette(Palette changed) {
        lock.lock();
        try {
            palette = changed;
        } finally {
            lock.unlock();
        }
    }

    /** Draws a frame: what differs from the one before, in one write; none where nothing does. */
    void draw(Grid grid, boolean whole) throws IOException {
        lock.lock();
        try {
            FrameTerminal currentTerminal = terminal;
            TerminalScreen currentScreen = screen;
            if (ended || !entered || currentTerminal == null || currentScreen == null) {
                return;
            }
            boolean resized = grid.columns() != shown.columns() || grid.rows() != shown.rows();
            if (!whole && grid.sameAs(shown)) {
                return;
            }
            frame.discard();
            currentTerminal.beginFrame();
            if (resized) {
                currentTerminal.resize(grid.columns(), grid.rows());
                currentScreen.doResizeIfNecessary();
            }
            copy(grid, currentScreen);
            currentScreen.refresh(whole || resized ? Screen.RefreshType.COMPLETE : Screen.RefreshType.DELTA);
            currentTerminal.endFrame();
            shown.copyFrom(grid);
        } finally {
            lock.unlock();
        }
    }

    private void copy(Grid grid, TerminalScreen target) {
        for (int row = 0; row < grid.rows(); row++) {
            for (int column = 0; column < grid.columns(); column++) {
                int codePoint = grid.codePoint(column, row);
                if (codePoint != Grid.CONTINUED) {
                    TextCharacter cell = palette.cell(codePoint, grid.style(column, row));
                    target.setCharacter(column, row, cell);
                }
            }
        }
    }

    /** Gives the terminal back for a while; {@link #enter} takes it again. */
    void leave() throws IOException {
        lock.lock();
        try {
            if (entered) {
                entered = false;
                giveBack();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Gives the terminal back for good: nothing is drawn any more. Waits a little for a frame that is being written, so
     * that nothing of it comes after; a writer that is stuck does not stop it.
     *
     * @param leaveFrame whether the last frame is to stand on the main screen
     */
    void end(boolean leaveFrame) throws IOException {
        boolean locked = false;
        try {
            locked = lock.tryLock(END_WAIT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try {
            boolean had = entered;
            ended = true;
            entered = false;
            if (had) {
                giveBack();
                if (leaveFrame) {
                    out.write(lastFrame().getBytes(StandardCharsets.UTF_8));
                    out.flush();
                }
            }
        } finally {
            if (locked) {
                lock.unlock();
            }
        }
    }

    /** Without the hints, whose keys do nothing any more, and without blank lines, so that its head stays in sight. */
    private String lastFrame() {
        List<String> lines = shown.toString().stripTrailing().lines().toList();
        return lines.stream()
                .limit(Math.max(0, lines.size() - 1))
                .filter(line -> !line.isBlank())
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }

    /** The settings first: they never wait, while a write may. */
    private void giveBack() throws IOException {
        control.restore();
        out.write(FrameTerminal.LEAVE.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }
}
