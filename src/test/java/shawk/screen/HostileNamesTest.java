package shawk.screen;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import shawk.support.SnapshotBuilder;
import shawk.text.DisplayWidth;

/** A name from outside stays in its column, whatever it is, and moves nothing on the screen. */
class HostileNamesTest {
    private static List<String> corpus() {
        List<String> names = new ArrayList<>(List.of(
                "\033[2J\033[H",
                "\033]0;title\007",
                "\033]8;;http://x\033\\link\033]8;;\033\\",
                "\033]52;c;aGk=\007",
                "\033P+q\033\\",
                "a\nnginx (1)     9,999",
                "a\r\tb",
                "\u202egnirts",
                "\u2066x\u2069",
                "e\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301",
                "\u0301",
                "\u540d\u524d".repeat(40),
                "x" + "\u540d".repeat(60),
                "\ud83d\ude00\ud83d\ude00",
                "\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67",
                "\ud800",
                "\ufeff\u200b\u3164\u00ad",
                "\udb40\udc41",
                "%s%n{0}",
                "=cmd|' /C calc'!A0",
                "x".repeat(5_000),
                "\u0e01\u0e33\u0e33",
                "\u2028\u2029\u0085"));
        for (char c = 1; c < 0x20; c++) {
            names.add("c0" + c + "x");
        }
        for (char c = 0x7f; c < 0xa0; c++) {
            names.add("c1" + c + "x");
        }
        return names;
    }

    private static Driver show(boolean ascii, String name) {
        SnapshotBuilder builder = new SnapshotBuilder();
        builder.socket().owner(builder.process(7, name));
        return ascii ? Driver.ascii(builder.build()) : Driver.of(builder.build());
    }

    private static String rightOfTheName(Grid grid) {
        StringBuilder out = new StringBuilder();
        for (int column = 31; column < 80; column++) {
            out.appendCodePoint(grid.codePoint(column, 3));
        }
        return out.toString();
    }

    @Test
    void staysInItsColumn() {
        for (boolean ascii : new boolean[] {false, true}) {
            String values = rightOfTheName(show(ascii, "plain").grid());
            for (String name : corpus()) {
                Grid grid = show(ascii, name).grid();
                assertThat(rightOfTheName(grid)).as(name).isEqualTo(values);
                assertThat(grid.line(4)).as(name).isEmpty();
            }
        }
    }

    @Test
    void leavesNothingThatATerminalWouldObeyOrHide() {
        for (String name : corpus()) {
            Grid grid = show(false, name).grid();
            for (int column = 0; column < grid.columns(); column++) {
                int codePoint = grid.codePoint(column, 3);
                assertThat(codePoint == Grid.CONTINUED || DisplayWidth.of(codePoint) > 0)
                        .as(name)
                        .isTrue();
            }
            assertThat(show(true, name).screen()).as(name).matches("[\\x20-\\x7e\\n]*");
        }
    }

    @Test
    void aPastedFilterIsNoOtherWayIn() {
        Driver driver = show(false, "plain");
        for (String name : corpus()) {
            String pasted = name.length() > 50 ? name.substring(0, 50) : name;
            driver.press("/").type(pasted);
            Grid grid = driver.grid();
            for (int row = 0; row < grid.rows(); row++) {
                for (int column = 0; column < grid.columns(); column++) {
                    int codePoint = grid.codePoint(column, row);
                    assertThat(codePoint == Grid.CONTINUED || DisplayWidth.of(codePoint) > 0)
                            .isTrue();
                }
            }
            driver.press("Esc");
        }
    }
}
