package shawk.view.tui;

import static org.assertj.core.api.Assertions.assertThat;

import com.googlecode.lanterna.TextColor;
import com.googlecode.lanterna.TextColor.ANSI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import shawk.screen.Event;
import shawk.screen.Style;
import shawk.screen.Theme;

class LooksTest {
    private static final Set<TextColor> RED_OR_GREEN =
            Set.of(ANSI.RED, ANSI.GREEN, ANSI.RED_BRIGHT, ANSI.GREEN_BRIGHT, ANSI.YELLOW, ANSI.YELLOW_BRIGHT);

    @ParameterizedTest
    @EnumSource
    void sixteenColoursAndNothingElse(Theme theme) {
        for (Looks.Look look : Looks.of(theme, true, null).values()) {
            assertThat(look.foreground()).isInstanceOf(ANSI.class);
            assertThat(look.background()).isInstanceOf(ANSI.class);
        }
    }

    /** What must be told apart is, without asking for the colour of a letter only. */
    @ParameterizedTest
    @EnumSource
    void whatMattersLooksDifferent(Theme theme) {
        for (boolean colours : List.of(true, false)) {
            Map<Style, Looks.Look> looks = Looks.of(theme, colours, new Event.Background(true));
            assertThat(looks.get(Style.CURSOR)).isNotEqualTo(looks.get(Style.PLAIN));
            assertThat(looks.get(Style.BAD)).isNotEqualTo(looks.get(Style.WARN));
            assertThat(looks.get(Style.SORTED)).isNotEqualTo(looks.get(Style.HEADER));
        }
    }

    @Test
    void theColourBlindThemeNeedsNoRedAndNoGreen() {
        for (Looks.Look look : Looks.of(Theme.COLOUR_BLIND, true, null).values()) {
            assertThat(RED_OR_GREEN).doesNotContain(look.foreground(), look.background());
        }
    }

    @Test
    void byTheBackground() {
        Map<Style, Looks.Look> safe = Looks.of(Theme.AUTO, true, null);
        assertThat(Looks.of(Theme.AUTO, true, new Event.Background(true)))
                .isEqualTo(Looks.of(Theme.DARK, true, null))
                .isNotEqualTo(safe);
        assertThat(Looks.of(Theme.AUTO, true, new Event.Background(false)))
                .isEqualTo(Looks.of(Theme.LIGHT, true, null))
                .isNotEqualTo(safe);
        assertThat(Looks.of(Theme.AUTO, false, new Event.Background(true))).isEqualTo(Looks.of(Theme.MONO, true, null));
    }

    @Test
    void whoWouldPrintTheQuestionIsNotAsked() {
        for (String deaf : List.of("linux", "vt100", "vt220-w", "ansi", "linux-16color")) {
            assertThat(Backgrounds.canBeAsked(deaf)).as(deaf).isFalse();
        }
        for (String term : List.of("xterm-256color", "screen", "tmux-256color", "foot")) {
            assertThat(Backgrounds.canBeAsked(term)).as(term).isTrue();
        }
    }
}
