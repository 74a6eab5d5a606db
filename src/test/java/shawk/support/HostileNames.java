package shawk.support;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import shawk.model.RawText;

/** Names that a process, a namespace or a file may have, chosen to do harm where they are shown as they are. */
public final class HostileNames {
    /** All of them. */
    public static final List<RawText> ALL = all();

    private HostileNames() {}

    /** The first code point of {@code text} that may not reach a terminal; -1 = it is harmless. */
    public static int harmIn(String text) {
        return text.codePoints()
                .filter(codePoint -> switch (Character.getType(codePoint)) {
                    case Character.CONTROL,
                            Character.FORMAT,
                            Character.SURROGATE,
                            Character.UNASSIGNED,
                            Character.PRIVATE_USE,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR -> true;
                    default -> codePoint == 0xfffd;
                })
                .findFirst()
                .orElse(-1);
    }

    private static List<RawText> all() {
        List<RawText> names = new ArrayList<>();
        IntStream.rangeClosed(1, 0x1f).forEach(c -> names.add(bytes('a', c, 'b')));
        names.add(bytes('a', 0x7f, 'b'));
        IntStream.rangeClosed(0x80, 0x9f).forEach(c -> names.add(RawText.of("a" + (char) c + "b")));
        IntStream.rangeClosed(0x80, 0x9f).forEach(c -> names.add(bytes('a', c, 'b')));
        sequences().forEach(text -> names.add(RawText.of(text)));
        names.addAll(brokenUtf8());
        return List.copyOf(names);
    }

    private static List<String> sequences() {
        String esc = "\u001b";
        return List.of(
                esc + "[2J" + esc + "[H",
                esc + "[31mred" + esc + "[0m",
                esc + "]0;title\u0007",
                esc + "]8;;http://example.org/\u0007link" + esc + "]8;;\u0007",
                esc + "]52;c;ZXZpbA==\u0007",
                esc + "P$q\"p" + esc + "\\",
                esc + "_Gf=24;AAAA" + esc + "\\",
                esc + "c",
                esc + "[6n",
                esc + "[?1049l",
                "\u009b31m",
                "\u009d0;title\u009c",
                "nginx\n tcp  ESTABLISHED 10.0.0.1 22 sshd(1)",
                "nginx\r\nroot,0,0",
                "a\rb",
                "a\bb",
                "a\u0000b",
                "\u202etxt.exe",
                "\u2066a\u2069",
                "\u200bzero\u200d\u2060\ufeffwidth",
                "line\u2028separator\u2029",
                "next\u0085line",
                "tag\udb40\udc41\udb40\udc42",
                "\ue000private",
                "\u115f\u1160\u3164\uffa0filler",
                "soft\u00adhyphen",
                "z" + "\u0300".repeat(500),
                "%s%n%x%p",
                "{0}${jndi:ldap://x}",
                "=cmd|' /C calc'!A0",
                "+1+1",
                "-1+1",
                "@SUM(1+1)",
                "\t=1+1",
                "\uff1d1+1",
                "a;=1+1",
                "\"quoted\",\"comma\"",
                "'; DROP TABLE flows; --",
                "<script>alert(1)</script>",
                "../../etc/passwd",
                "\u4f60\u597d \ud83d\ude80",
                "\\x1b[31m",
                " ",
                "",
                "a".repeat(4096));
    }

    private static List<RawText> brokenUtf8() {
        return List.of(
                bytes(0xe4, 0xbd),
                bytes(0xf0, 0x9f, 0x9a),
                bytes(0xc0, 0xaf),
                bytes(0xe0, 0x80, 0x9b),
                bytes(0xed, 0xa0, 0x80, 0xed, 0xb0, 0x80),
                bytes(0xf4, 0x90, 0x80, 0x80),
                bytes(0xff, 0xfe, 'x'),
                bytes(0xc2, 0x1b, '[', 'm'),
                bytes(0xe2, 0x80, 0xe2, 0x80, 0xae));
    }

    private static RawText bytes(int... values) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int value : values) {
            if (value < 0x80) {
                out.writeBytes(String.valueOf((char) value).getBytes(StandardCharsets.US_ASCII));
            } else {
                out.write(value);
            }
        }
        return RawText.of(out.toByteArray());
    }
}
