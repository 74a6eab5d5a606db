package shawk.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import shawk.support.HostileNames;

final class SafeTextTest {
    @Test
    void ordinaryTextStays() {
        check("nginx: worker process", "nginx: worker process");
        check("Grüße", "Grüße");
        check("\u4f60\u597d \ud83d\ude80", "\u4f60\u597d \ud83d\ude80");
        check("e\u0301", "e\u0301");
    }

    @Test
    void controlsAreEscaped() {
        check("\u001b[31m", "\\x1b[31m");
        check("a\nb\tc\u007f", "a\\x0ab\\x09c\\x7f");
        check("\u0085\u009b", "\\u{85}\\u{9b}");
        check("\u0000", "\\x00");
    }

    @Test
    void whatReordersOrHidesIsEscaped() {
        check("\u202etxt", "\\u{202e}txt");
        check("\u200b\u2060\ufeff", "\\u{200b}\\u{2060}\\u{feff}");
        check("\u2028\u2029", "\\u{2028}\\u{2029}");
        check("\udb40\udc41", "\\u{e0041}");
        check("\u3164\uffa0\ufe0f", "\\u{3164}\\u{ffa0}\\u{fe0f}");
        check("\ue000", "\\u{e000}");
    }

    @Test
    void marksBeyondThreeAreEscaped() {
        check("z\u0300\u0301\u0302\u0303", "z\u0300\u0301\u0302\\u{303}");
        check("z\u0300\u0301\u0302y\u0303", "z\u0300\u0301\u0302y\u0303");
    }

    @Test
    void bytesThatAreNoUtf8AreEscapedOneByOne() {
        checkBytes("\\xe4\\xbd", 0xe4, 0xbd);
        checkBytes("\\xc0\\xaf", 0xc0, 0xaf);
        checkBytes("\\xed\\xa0\\x80", 0xed, 0xa0, 0x80);
        checkBytes("\\xf4\\x90\\x80\\x80", 0xf4, 0x90, 0x80, 0x80);
        checkBytes("\\xc2\\x1b", 0xc2, 0x1b);
        checkBytes("\\xe2\\x80\\u{202e}", 0xe2, 0x80, 0xe2, 0x80, 0xae);
    }

    @Test
    void unpairedSurrogatesAreEscaped() {
        assertThat(SafeText.of("a\ud800b\udc00").value()).isEqualTo("a\\u{d800}b\\u{dc00}");
    }

    @Test
    void hostileNamesComeOutHarmless() {
        assertThat(HostileNames.ALL)
                .allSatisfy(
                        name -> assertThat(HostileNames.harmIn(SafeText.of(name).value()))
                                .isEqualTo(-1));
    }

    @Test
    void anyBytesComeOutHarmlessAndNothingIsDropped() {
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(20)];
            random.nextBytes(bytes);
            String safe = SafeText.of(RawText.of(bytes)).value();
            assertThat(HostileNames.harmIn(safe)).isEqualTo(-1);
            assertThat(safe.isEmpty()).isEqualTo(bytes.length == 0);
            assertThat(SafeText.of(safe).value()).as("made harmless once more").isEqualTo(safe);
        }
    }

    @Test
    void equalTextsAreEqual() {
        assertThat(SafeText.of("a")).isEqualTo(SafeText.of(RawText.of("a"))).hasSameHashCodeAs(SafeText.of("a"));
        assertThat(SafeText.of("a")).isNotEqualTo(SafeText.of("b")).isLessThan(SafeText.of("b"));
        assertThat(SafeText.of("")).isSameAs(SafeText.EMPTY);
    }

    private static void check(String input, String expected) {
        assertThat(SafeText.of(input).value()).isEqualTo(expected);
        assertThat(SafeText.of(RawText.of(input)).value()).as("from bytes").isEqualTo(expected);
    }

    private static void checkBytes(String expected, int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        assertThat(SafeText.of(RawText.of(bytes)).value()).isEqualTo(expected);
    }
}
