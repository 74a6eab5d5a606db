package shawk.view.tui;

import com.googlecode.lanterna.TerminalSize;
import com.googlecode.lanterna.terminal.ansi.ANSITerminal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import shawk.text.DisplayWidth;

/**
 * Lanterna's ANSI terminal, writing into a {@link FrameStream}. It never reads: its own way to ask for the size would
 * wait for an answer that the input thread takes.
 */
final class FrameTerminal extends ANSITerminal {
    /** Main screen to alternate screen, with the title and cursor kept; cursor hidden. */
    static final String ENTER = "\033[?1049h\033[?25l\033[0m\033[2J";

    /**
     * A frame that was cut is shown, then all is as before {@link #ENTER}. A terminal without an alternate screen, such
     * as the Linux console, is left blank rather than with a prompt in the middle of the last frame.
     */
    static final String LEAVE = "\033[?1006l\033[?1000l\033[?2026l\033[0m\033[2J\033[1;1H\033[?1049l\033[?25h";

    /** Presses and the wheel are reported, in a form that no screen is too wide for. */
    static final String MOUSE_ON = "\033[?1000h\033[?1006h";

    static final String MOUSE_OFF = "\033[?1006l\033[?1000l";

    /** A terminal that knows it shows what follows at once; others ignore it. */
    private static final String BEGIN_FRAME = "\033[?2026h";

    private static final String END_FRAME = "\033[?2026l";

    private final FrameStream out;
    private TerminalSize size = new TerminalSize(80, 24);
    private int column;
    private int row;

    FrameTerminal(FrameStream out) {
        super(InputStream.nullInputStream(), out, StandardCharsets.UTF_8);
        this.out = out;
    }

    /** Tells the size that counts from now on; Lanterna's screen takes it over when it is asked to. */
    void resize(int columns, int rows) throws IOException {
        size = new TerminalSize(Math.max(1, columns), Math.max(1, rows));
        getTerminalSize();
    }

    @Override
    protected TerminalSize findTerminalSize() {
        // Called by the constructor of the class above, before there is a size here.
        return size == null ? new TerminalSize(80, 24) : size;
    }

    void beginFrame() {
        out.ascii(BEGIN_FRAME);
    }

    void endFrame() throws IOException {
        out.ascii(END_FRAME);
        out.flush();
    }

    @Override
    public void enterPrivateMode() {
        out.ascii(ENTER);
    }

    @Override
    public void exitPrivateMode() {
        out.ascii(LEAVE);
    }

    /** A frame is flushed as a whole, by {@link #endFrame}. */
    @Override
    public void flush() {
        // The screen calls this when it has written what changed; the end of the frame is still to come.
    }

    @Override
    public void setCursorVisible(boolean visible) {
        // Hidden all the time: what is typed has a caret of its own.
    }

    @Override
    public void setCursorPosition(int newColumn, int newRow) {
        column = newColumn;
        row = newRow;
        out.ascii("\033[");
        out.ascii(Integer.toString(newRow + 1));
        out.write(';');
        out.ascii(Integer.toString(newColumn + 1));
        out.write('H');
    }

    /**
     * Writes a cell. Terminals disagree about the width of what is not ASCII: behind such a character the cursor is
     * set, so that a line never shifts.
     */
    @Override
    public void putString(String text) {
        boolean plain = true;
        for (int i = 0; i < text.length(); ) {
            int codePoint = text.codePointAt(i);
            out.codePoint(codePoint);
            plain &= codePoint < 0x7f;
            column += DisplayWidth.of(codePoint);
            i += Character.charCount(codePoint);
        }
        if (!plain && column < size.getColumns()) {
            setCursorPosition(column, row);
        }
    }
}
