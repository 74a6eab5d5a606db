package shawk.screen;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import shawk.text.DisplayWidth;

class GridTest {
    private static final int WIDE = 0x540d;

    private static Grid grid() {
        Grid grid = new Grid();
        grid.reset(6, 2);
        return grid;
    }

    @Test
    void aWideCharacterTakesTwoCells() {
        Grid grid = grid();
        grid.put(1, 0, WIDE, 2, Style.BAD);
        assertThat(grid.codePoint(2, 0)).isEqualTo(Grid.CONTINUED);
        assertThat(grid.style(2, 0)).isEqualTo(Style.BAD);
        assertThat(grid.line(0)).isEqualTo(" \u540d");
    }

    @Test
    void halfOfOneIsNeverLeft() {
        for (int column : new int[] {1, 2}) {
            Grid grid = grid();
            grid.put(1, 0, WIDE, 2, Style.PLAIN);
            grid.put(column, 0, 'x', 1, Style.PLAIN);
            assertThat(grid.line(0)).isEqualTo(column == 1 ? " x" : "  x");
        }
    }

    @Test
    void nothingIsWrittenBeyondTheEdge() {
        Grid grid = grid();
        grid.put(5, 0, WIDE, 2, Style.PLAIN);
        grid.put(6, 0, 'x', 1, Style.PLAIN);
        grid.put(-1, 1, 'x', 1, Style.PLAIN);
        grid.put(0, 2, 'x', 1, Style.PLAIN);
        grid.restyle(-3, -1, 100, Style.BAD);
        assertThat(grid.toString()).isEqualTo("\n\n");
    }

    @Test
    void equalityIsOfWhatShows() {
        Grid a = grid();
        Grid b = grid();
        a.put(0, 0, 'x', 1, Style.PLAIN);
        assertThat(a.sameAs(b)).isFalse();
        b.copyFrom(a);
        assertThat(a.sameAs(b)).isTrue();
        b.restyle(0, 0, 1, Style.BAD);
        assertThat(a.sameAs(b)).isFalse();
        b.reset(5, 2);
        assertThat(a.sameAs(b)).isFalse();
    }

    /**
     * Whatever is put on top of what, each continued cell has its wide character, and each such one its second cell.
     */
    @Test
    void randomTextsLeaveNoHalves() {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            Grid grid = new Grid();
            grid.reset(1 + random.nextInt(12), 2);
            Pen pen = new Pen(grid, Symbols.UTF8);
            for (int i = 0; i < 20; i++) {
                String text = "a\u540dbc\u0301\ud83d\ude00x".substring(random.nextInt(3));
                pen.text(random.nextInt(14) - 1, random.nextInt(2), random.nextInt(9), text, Style.PLAIN);
            }
            for (int row = 0; row < 2; row++) {
                for (int column = 0; column < grid.columns(); column++) {
                    int codePoint = grid.codePoint(column, row);
                    boolean wide = codePoint != Grid.CONTINUED && DisplayWidth.of(codePoint) == 2;
                    boolean continued =
                            column + 1 < grid.columns() && grid.codePoint(column + 1, row) == Grid.CONTINUED;
                    assertThat(wide).as("seed %d", seed).isEqualTo(continued);
                }
                assertThat(grid.codePoint(0, row)).isNotEqualTo(Grid.CONTINUED);
            }
        }
    }
}
