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
    void whatFitsIsNeverHalfOfACharacter() {
        checkFits("nginx", 9, "nginx");
        checkFits("nginx", 4, "ngin");
        checkFits("nginx", 0, "");
        checkFits("\u4f60\u597d\u4f60", 5, "\u4f60\u597d");
        checkFits("\ud83d\ude80x", 1, "");
        checkFits("e\u0301e\u0301e\u0301", 2, "e\u0301e\u0301");
    }

    @Test
    void noNameLeavesItsCells() {
        assertThat(HostileNames.ALL).allSatisfy(name -> {
            String text = SafeText.of(name).value();
            for (int cells = 0; cells < 12; cells++) {
                String fits = text.substring(0, DisplayWidth.fitting(text, cells));
                assertThat(DisplayWidth.of(fits)).as(text).isLessThanOrEqualTo(cells);
                assertThat(HostileNames.harmIn(fits)).isEqualTo(-1);
            }
        });
    }

    private static void check(String text, int cells) {
        assertThat(DisplayWidth.of(text)).as(text).isEqualTo(cells);
    }

    private static void checkFits(String text, int cells, String expected) {
        assertThat(text.substring(0, DisplayWidth.fitting(text, cells))).isEqualTo(expected);
    }
}
