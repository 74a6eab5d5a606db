package shawk.view.tui;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import shawk.screen.Grid;
import shawk.screen.Style;
import shawk.screen.Theme;
import shawk.text.DisplayWidth;

class TerminalSessionTest {
    private static final int[] CHARACTERS = {' ', 'a', 'b', 0xe9, 0x2502, 0x540d, 0x1f600, 0xff76, 0x1100};

    private final FakeTerminal terminal = new FakeTerminal();

    private static Palette palette(Theme theme) {
        return new Palette(Looks.of(theme, true, null));
    }

    private final TerminalSession session = new TerminalSession(terminal, terminal.out(), palette(Theme.AUTO));

    private static Grid grid(Random random, int columns, int rows) {
        Grid grid = new Grid();
        grid.reset(columns, rows);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; ) {
                int codePoint = CHARACTERS[random.nextInt(CHARACTERS.length)];
                int width = DisplayWidth.of(codePoint);
                Style style = Style.values()[random.nextInt(Style.values().length)];
                grid.put(column, row, codePoint, width, style);
                column += width;
            }
        }
        return grid;
    }

    /** Whatever stood there before, and whatever Lanterna thinks of a character's width, the grid is what is seen. */
    @Test
    void whatIsSeenIsTheGrid() throws IOException {
        session.enter();
        Emulator emulator = new Emulator(17, 6);
        int seen = 0;
        for (int seed = 0; seed < 2_000; seed++) {
            Grid grid = grid(new Random(seed), 17, 6);
            session.draw(grid, seed % 7 == 3);
            String written = terminal.written();
            emulator.feed(written.substring(seen));
            seen = written.length();
            assertThat(emulator.text()).as("seed %d", seed).isEqualTo(grid.toString());
        }
        assertThat(emulator.alternate).isTrue();
        assertThat(emulator.cursorVisible).isFalse();
    }

    @Test
    void oneWriteAFrameAndNoneWhereNothingChanged() throws IOException {
        session.enter();
        Grid grid = grid(new Random(1), 200, 60);
        int before = terminal.writes();
        session.draw(grid, false);
        assertThat(terminal.writes()).isEqualTo(before + 1);
        session.draw(grid, false);
        assertThat(terminal.writes()).isEqualTo(before + 1);
        grid.put(3, 3, 'x', 1, Style.BAD);
        session.draw(grid, false);
        assertThat(terminal.writes()).isEqualTo(before + 2);
        session.draw(grid, true);
        assertThat(terminal.writes()).isEqualTo(before + 3);
    }

    @Test
    void aSmallChangeIsAFewBytes() throws IOException {
        session.enter();
        Grid grid = grid(new Random(1), 200, 60);
        session.draw(grid, false);
        int before = terminal.written().length();
        grid.put(3, 3, 'x', 1, Style.BAD);
        session.draw(grid, false);
        assertThat(terminal.written().length() - before).isLessThan(120);
    }

    @Test
    void anotherSizeIsDrawnWhole() throws IOException {
        session.enter();
        session.draw(grid(new Random(1), 30, 9), false);
        int seen = terminal.written().length();
        Grid grid = grid(new Random(2), 25, 11);
        session.draw(grid, false);
        Emulator emulator = new Emulator(25, 11);
        emulator.feed(terminal.written().substring(seen));
        assertThat(emulator.text()).isEqualTo(grid.toString());
    }

    @Test
    void theEndIsOnce() throws IOException {
        session.enter();
        session.end(false);
        session.end(true);
        session.enter();
        session.draw(grid(new Random(1), 30, 9), true);
        assertThat(terminal.calls).containsExactly("raw", "write", "restore", "write");
        assertThat(terminal.written()).endsWith(FrameTerminal.LEAVE);
    }

    @Test
    void theEndBeforeTheBeginningTouchesNothing() throws IOException {
        session.end(false);
        assertThat(terminal.calls).isEmpty();
    }

    @Test
    void theLastFrameStaysWithoutBlankLinesAndHints() throws IOException {
        session.enter();
        Grid grid = new Grid();
        grid.reset(12, 5);
        String[] rows = {"head", "", "row", "", "hints"};
        for (int row = 0; row < rows.length; row++) {
            for (int column = 0; column < rows[row].length(); column++) {
                grid.put(column, row, rows[row].charAt(column), 1, Style.PLAIN);
            }
        }
        session.draw(grid, false);
        session.end(true);
        String afterwards = terminal.written();
        assertThat(afterwards.substring(afterwards.indexOf(FrameTerminal.LEAVE)))
                .isEqualTo(FrameTerminal.LEAVE + "head\nrow\n");
    }

    @Test
    void aFrameThatIsStuckDoesNotKeepTheSettings() throws Exception {
        session.enter();
        terminal.stuck = true;
        Thread drawing = new Thread(() -> {
            try {
                session.draw(grid(new Random(1), 30, 9), false);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        drawing.start();
        FakeTerminal.await("the frame is being written", () -> terminal.writes() == 2);
        Thread ending = new Thread(() -> {
            try {
                session.end(false);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        ending.start();
        FakeTerminal.await("restored", () -> terminal.calls.contains("restore"));
        terminal.stuck = false;
        ending.join();
        drawing.join();
    }

    @Test
    void withoutColoursNoneIsSent() throws IOException {
        TerminalSession mono = new TerminalSession(terminal, terminal.out(), palette(Theme.MONO));
        mono.enter();
        mono.draw(grid(new Random(3), 60, 20), false);
        assertThat(terminal.written()).doesNotContainPattern("\033\\[(3[0-7]|4[0-7]|9\\d|10\\d)m");
        session.enter();
        session.draw(grid(new Random(3), 60, 20), false);
        assertThat(terminal.written()).containsPattern("\033\\[3[0-7]m");
    }
}
