package shawk.view.tui;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import shawk.screen.Event;

class KeyDecoderTest {
    /** Labels of the keys that some bytes are, the end of the input being a time-out. */
    private static String decode(byte[] bytes) {
        KeyDecoder decoder = new KeyDecoder();
        List<Event> keys = new ArrayList<>();
        decoder.feed(bytes, bytes.length, keys);
        decoder.timeout(keys);
        assertThat(decoder.pending()).isFalse();
        return labels(keys);
    }

    private static String labels(List<Event> keys) {
        return String.join(" ", keys.stream().map(KeyDecoderTest::label).toList());
    }

    private static String label(Event event) {
        if (event instanceof Event.KeyPressed pressed) {
            return pressed.key().label();
        }
        if (event instanceof Event.Clicked click) {
            return "click:" + click.column() + "," + click.row();
        }
        return event instanceof Event.Wheeled wheeled
                ? "wheel:" + wheeled.steps()
                : ((Event.Background) event).dark() ? "dark" : "light";
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
    void mouse() {
        check("\033[<0;10;4Mq", "click:9,3 q");
        check("\033[<0;10;4m", "");
        check("\033[<64;1;1M\033[<65;1;1M\033[<16;2;2M", "wheel:-1 wheel:1 click:1,1");
        for (String none :
                List.of("[<2;1;1M", "[<0;0;1M", "[<0;1M", "[<0;1;1;1M", "[<;;M", "[<99999;1;1M", "[<0;-1;1M")) {
            check("\033" + none + "q", "q");
        }
    }

    @Test
    void background() {
        check("\033]11;rgb:1e1e/1e1e/1e1e\033\\q", "dark q");
        check("\033]11;rgb:ffff/ffff/dddd\007q", "light q");
        check("\033]11;rgb:0/0/f\007\033]11;rgba:ff/ff/ff/80\007", "dark light");
        for (String none :
                List.of("]11;?", "]10;rgb:0/0/0", "]11;rgb:0/0", "]11;rgb:g/0/0", "]" + "1".repeat(500), "]")) {
            check("\033" + none + "\007q", "q");
        }
        check("\033]11;rgb:00/00", "");
        check("\033]11;rgb:00/00\033[A", "Up");
    }

    /** A slow line brings it in pieces, and none of them is a key. */
    @Test
    void anAnswerInPieces() {
        byte[] bytes = "\033]11;rgb:0000/0000/0000\033\\".getBytes(StandardCharsets.UTF_8);
        for (int cut = 1; cut < bytes.length; cut++) {
            KeyDecoder decoder = new KeyDecoder();
            decoder.expect(true);
            List<Event> events = new ArrayList<>();
            decoder.feed(bytes, cut, events);
            decoder.timeout(events);
            decoder.timeout(events);
            byte[] rest = java.util.Arrays.copyOfRange(bytes, cut, bytes.length);
            decoder.feed(rest, rest.length, events);
            assertThat(labels(events)).as("cut %d", cut).isEqualTo(cut == 1 ? "Esc dark" : "dark");
            assertThat(decoder.expecting()).isFalse();
        }
    }

    /** One that never ends is given up. */
    @Test
    void anAnswerThatDoesNotEnd() {
        KeyDecoder decoder = new KeyDecoder();
        decoder.expect(true);
        List<Event> events = new ArrayList<>();
        byte[] begun = "\033]11;rgb".getBytes(StandardCharsets.UTF_8);
        decoder.feed(begun, begun.length, events);
        for (int i = 0; decoder.pending(); i++) {
            assertThat(i).isLessThan(100);
            decoder.timeout(events);
        }
        decoder.feed(new byte[] {'q'}, 1, events);
        assertThat(labels(events)).isEqualTo("q");
    }

    @Test
    void cutAnywhere() {
        byte[] bytes =
                "a\033[5~\u540d\033OP\033[<0;3;4M\033]11;rgb:0/0/0\007\033[21~z".getBytes(StandardCharsets.UTF_8);
        for (int cut = 0; cut <= bytes.length; cut++) {
            KeyDecoder decoder = new KeyDecoder();
            List<Event> keys = new ArrayList<>();
            decoder.feed(bytes, cut, keys);
            byte[] rest = java.util.Arrays.copyOfRange(bytes, cut, bytes.length);
            decoder.feed(rest, rest.length, keys);
            assertThat(labels(keys)).isEqualTo("a PgUp \u540d F1 click:2,3 dark F10 z");
        }
    }

    @Test
    void noBytesLeaveItStuck() {
        for (int seed = 0; seed < 2_000; seed++) {
            byte[] bytes = new byte[60];
            Random random = new Random(seed);
            random.nextBytes(bytes);
            KeyDecoder decoder = new KeyDecoder();
            List<Event> keys = new ArrayList<>();
            decoder.feed(bytes, bytes.length, keys);
            decoder.timeout(keys);
            keys.clear();
            decoder.feed(new byte[] {'q'}, 1, keys);
            assertThat(labels(keys)).as("seed %d", seed).isEqualTo("q");
        }
    }
}
