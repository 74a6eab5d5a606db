package shawk.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import shawk.model.SafeText;
import shawk.support.HostileNames;

final class DisplayWidthTest {
    @Test
    void widths() {
        check("", 0);
        check("nginx", 5);
        check("Grüße", 5);
        check("\u4f60\u597d", 4);
        check("\uff21\uff22", 4);
        check("\uff71", 1);
        check("\ud83d\ude80", 2);
        check("e\u0301", 1);
        check("\uac00", 2);
        check("\u1112\u1161\u11ab", 2);
        check("\u00b1\u2026\u25b8", 3);
        check("\u2e80\u303f\u3041", 5);
        check("\ud840\udc00\ud87f\udffd", 4);
        check("\u231a\u231c", 3);
        check("a\u200bb", 2);
    }

    @Test
    void cuts() {
        checkCut("nginx", 5, "nginx");
        checkCut("nginx", 9, "nginx");
        checkCut("nginx", 4, "ngi…");
        checkCut("nginx", 1, "…");
        checkCut("nginx", 0, "");
        checkCut("\u4f60\u597d\u4f60", 5, "\u4f60\u597d…");
        checkCut("\u4f60\u597d\u4f60", 4, "\u4f60…");
        checkCut("\u4f60", 1, "…");
        checkCut("e\u0301e\u0301e\u0301", 2, "e\u0301…");
        StringBuilder ascii = new StringBuilder();
        DisplayWidth.appendCut(ascii, "nginx", 3, true);
        assertThat(ascii).hasToString("ng~");
    }

    @Test
    void fills() {
        checkIn("abc", 5, false, "abc  ");
        checkIn("abc", 5, true, "  abc");
        checkIn("abcdef", 5, true, "abcd…");
        checkIn("\u4f60\u597d\u4f60", 4, false, "\u4f60… ");
        checkIn("", 2, true, "  ");
    }

    @Test
    void noNameLeavesItsCell() {
        assertThat(HostileNames.ALL).allSatisfy(name -> {
            String text = SafeText.of(name).value();
            for (int cells = 0; cells < 12; cells++) {
                StringBuilder out = new StringBuilder();
                DisplayWidth.appendIn(out, text, cells, cells % 2 == 0, false);
                assertThat(DisplayWidth.of(out)).as(text).isEqualTo(cells);
                assertThat(HostileNames.harmIn(out.toString())).isEqualTo(-1);
            }
        });
    }

    private static void check(String text, int cells) {
        assertThat(DisplayWidth.of(text)).as(text).isEqualTo(cells);
    }

    private static void checkCut(String text, int cells, String expected) {
        StringBuilder out = new StringBuilder();
        int used = DisplayWidth.appendCut(out, text, cells, false);
        assertThat(out).hasToString(expected);
        assertThat(used).isEqualTo(DisplayWidth.of(expected)).isLessThanOrEqualTo(cells);
    }

    private static void checkIn(String text, int cells, boolean right, String expected) {
        StringBuilder out = new StringBuilder();
        DisplayWidth.appendIn(out, text, cells, right, false);
        assertThat(out).hasToString(expected);
    }
}
