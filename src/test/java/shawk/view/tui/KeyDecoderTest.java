package shawk.view.tui;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import shawk.screen.Key;

class KeyDecoderTest {
    /** Labels of the keys that some bytes are, the end of the input being a time-out. */
    private static String decode(byte[] bytes) {
        KeyDecoder decoder = new KeyDecoder();
        List<Key> keys = new ArrayList<>();
        decoder.feed(bytes, bytes.length, keys);
        decoder.timeout(keys);
        assertThat(decoder.pending()).isFalse();
        return labels(keys);
    }

    private static String labels(List<Key> keys) {
        return String.join(" ", keys.stream().map(Key::label).toList());
    }

    private static void check(String input, String expected) {
        assertThat(decode(input.getBytes(StandardCharsets.UTF_8))).isEqualTo(expected);
    }

    @Test
    void characters() {
        check("qQ? /", "q Q ? Space /");
        check("\u00e9\u540d\ud83d\ude00", "\u00e9 \u540d \ud83d\ude00");
        check("\r\n\t\177\b", "Enter Enter Tab Backspace Backspace");
        check("\003\014\032", "Ctrl-C Ctrl-L Ctrl-Z");
    }

    @Test
    void sequences() {
        check("\033[A\033[B\033[C\033[D", "Up Down Right Left");
        check("\033OA\033OB\033OC\033OD", "Up Down Right Left");
        check("\033[5~\033[6~\033[H\033[F\033[1~\033[4~\033OH\033OF", "PgUp PgDn Home End Home End Home End");
        check("\033OP\033[11~\033[[A\033[15~\033[17~\033[21~", "F1 F1 F1 F5 F6 F10");
    }

    @Test
    void escapeAlone() {
        check("\033", "Esc");
        check("\033\033", "Esc Esc");
        check("\033q", "Esc q");
        check("\033\033[A", "Esc Up");
    }

    @Test
    void whatMeansNothingIsSkippedWhole() {
        check("\033[1;5Aq", "q");
        check("\033[<0;10;10Mq", "q");
        check("\033[200~q", "q");
        check("\033[" + "9".repeat(100), "9 ".repeat(70).strip());
        check("\0\034\037q", "q");
        assertThat(decode(new byte[] {(byte) 0xff, (byte) 0xc3, 'q', (byte) 0x80, (byte) 0xe5, (byte) 0x90}))
                .isEqualTo("q");
        assertThat(decode(new byte[] {(byte) 0xc2, (byte) 0x9b, 'A'})).as("C1").isEqualTo("A");
        assertThat(decode(new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80}))
                .as("surrogate")
                .isEmpty();
    }

    @Test
    void cutAnywhere() {
        byte[] bytes = "a\033[5~\u540d\033OP\033[21~z".getBytes(StandardCharsets.UTF_8);
        for (int cut = 0; cut <= bytes.length; cut++) {
            KeyDecoder decoder = new KeyDecoder();
            List<Key> keys = new ArrayList<>();
            decoder.feed(bytes, cut, keys);
            byte[] rest = java.util.Arrays.copyOfRange(bytes, cut, bytes.length);
            decoder.feed(rest, rest.length, keys);
            assertThat(labels(keys)).isEqualTo("a PgUp \u540d F1 F10 z");
        }
    }

    @Test
    void noBytesLeaveItStuck() {
        for (int seed = 0; seed < 2_000; seed++) {
            byte[] bytes = new byte[60];
            Random random = new Random(seed);
            random.nextBytes(bytes);
            KeyDecoder decoder = new KeyDecoder();
            List<Key> keys = new ArrayList<>();
            decoder.feed(bytes, bytes.length, keys);
            decoder.timeout(keys);
            keys.clear();
            decoder.feed(new byte[] {'q'}, 1, keys);
            assertThat(labels(keys)).as("seed %d", seed).isEqualTo("q");
        }
    }
}
