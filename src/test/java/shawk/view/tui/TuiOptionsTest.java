package shawk.view.tui;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TuiOptionsTest {
    @Test
    void terminalsThatCanBeDrawnOn() {
        for (String term : List.of(
                "xterm",
                "xterm-256color",
                "screen.xterm-256color",
                "tmux-256color",
                "linux",
                "vt220",
                "rxvt-unicode-256color",
                "alacritty",
                "foot",
                "st-256color",
                "xterm-kitty",
                "putty")) {
            assertThat(TuiOptions.refusal(term, "shawk dump")).as(term).isNull();
        }
    }

    @Test
    void othersAreRefusedInOneLine() {
        for (String term : List.of("", "dumb", "unknown", "xtermy", "adm3a", "3270", "a\033[2Jb\n")) {
            assertThat(TuiOptions.refusal(term, "shawk dump"))
                    .as(term)
                    .contains("TERM")
                    .doesNotContain("\n", "\033");
        }
        assertThat(TuiOptions.refusal(null, "shawk dump")).startsWith("TERM is not set; try ");
    }

    @Test
    void asciiByTheFirstLocaleThatIsSet() {
        assertThat(TuiOptions.ascii(Map.of())).isTrue();
        assertThat(TuiOptions.ascii(Map.of("LANG", "C"))).isTrue();
        assertThat(TuiOptions.ascii(Map.of("LANG", "de_DE.ISO-8859-1"))).isTrue();
        assertThat(TuiOptions.ascii(Map.of("LANG", "C.utf8"))).isFalse();
        assertThat(TuiOptions.ascii(Map.of("LANG", "en_US.UTF-8", "LC_ALL", "C")))
                .isTrue();
        assertThat(TuiOptions.ascii(Map.of("LANG", "en_US.UTF-8", "LC_ALL", "")))
                .isFalse();
    }

    @Test
    void withoutColours() {
        assertThat(TuiOptions.mono(Map.of("TERM", "xterm"))).isFalse();
        assertThat(TuiOptions.mono(Map.of("TERM", "xterm", "NO_COLOR", ""))).isFalse();
        assertThat(TuiOptions.mono(Map.of("TERM", "xterm", "NO_COLOR", "1"))).isTrue();
        assertThat(TuiOptions.mono(Map.of("TERM", "vt220"))).isTrue();
    }
}
