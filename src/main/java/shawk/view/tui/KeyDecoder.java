package shawk.view.tui;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import shawk.screen.Key;
import shawk.screen.Key.Kind;

/**
 * Bytes from a terminal to keys: UTF-8, control characters, and the escape sequences of xterm, rxvt, screen, tmux and
 * the Linux console. Pure; a sequence that means nothing here is skipped whole. Used by one thread.
 *
 * <p>An Esc that nothing follows is the key: whoever reads says by {@link #timeout} that nothing did.
 */
final class KeyDecoder {
    private static final int ESC = 0x1b;

    /** Longer sequences are none. */
    private static final int MAX_SEQUENCE = 32;

    private static final Map<String, Kind> SEQUENCES = sequences();

    private final StringBuilder sequence = new StringBuilder();
    private int codePoint;
    private int tail;

    /** Whether what was fed last may be the beginning of something. */
    boolean pending() {
        return sequence.length() > 0 || tail > 0;
    }

    /** Takes bytes; adds the keys that are complete to {@code out}. */
    void feed(byte[] bytes, int length, List<Key> out) {
        for (int i = 0; i < length; i++) {
            octet(bytes[i] & 0xff, out);
        }
    }

    /** Nothing followed for a while: what was begun is all there is. */
    void timeout(List<Key> out) {
        if (sequence.length() == 1) {
            out.add(Key.of(Kind.ESCAPE));
        }
        sequence.setLength(0);
        tail = 0;
    }

    private void octet(int octet, List<Key> out) {
        if (sequence.length() > 0) {
            escaped(octet, out);
        } else if (octet == ESC) {
            tail = 0;
            sequence.append((char) ESC);
        } else if (tail > 0 && (octet & 0xc0) == 0x80) {
            codePoint = codePoint << 6 | octet & 0x3f;
            tail--;
            if (tail == 0 && isCharacter(codePoint)) {
                out.add(Key.of(codePoint));
            }
        } else {
            tail = 0;
            first(octet, out);
        }
    }

    private static boolean isCharacter(int codePoint) {
        return Character.isValidCodePoint(codePoint)
                && codePoint >= 0xa0
                && (codePoint < Character.MIN_SURROGATE || codePoint > Character.MAX_SURROGATE);
    }

    private void first(int octet, List<Key> out) {
        if (octet >= 0xc2 && octet < 0xf5) {
            tail = octet < 0xe0 ? 1 : octet < 0xf0 ? 2 : 3;
            codePoint = octet & (0x3f >> tail);
        } else if (octet >= 0x20 && octet < 0x7f) {
            out.add(Key.of(octet));
        } else {
            Key key = control(octet);
            if (key != null) {
                out.add(key);
            }
        }
    }

    private static @Nullable Key control(int octet) {
        return switch (octet) {
            case 0x09 -> Key.of(Kind.TAB);
            case 0x0a, 0x0d -> Key.of(Kind.ENTER);
            case 0x08, 0x7f -> Key.of(Kind.BACKSPACE);
            default -> octet >= 1 && octet <= 26 ? Key.ctrl((char) ('a' + octet - 1)) : null;
        };
    }

    private void escaped(int octet, List<Key> out) {
        if (octet == ESC) {
            // Twice: the first was the key, unless something stood behind it, which then was cut off.
            timeout(out);
            sequence.append((char) ESC);
            return;
        }
        if (sequence.length() == 1 && octet != '[' && octet != 'O') {
            // Alt with a key sends this too; there are no such keys here, and Esc is not lost when typing fast.
            timeout(out);
            octet(octet, out);
            return;
        }
        sequence.append((char) octet);
        boolean console = sequence.length() == 3 && octet == '[';
        if (sequence.length() > 2 && octet >= 0x40 && octet < 0x7f && !console) {
            Kind kind = SEQUENCES.get(sequence.substring(1));
            sequence.setLength(0);
            if (kind != null) {
                out.add(Key.of(kind));
            }
        } else if (sequence.length() >= MAX_SEQUENCE || octet < 0x20 || octet > 0x7e) {
            sequence.setLength(0);
        }
    }

    private static Map<String, Kind> sequences() {
        Map<String, Kind> map = new HashMap<>();
        Kind[] arrows = {Kind.UP, Kind.DOWN, Kind.RIGHT, Kind.LEFT};
        for (int i = 0; i < arrows.length; i++) {
            map.put("[" + (char) ('A' + i), arrows[i]);
            map.put("O" + (char) ('A' + i), arrows[i]);
        }
        for (String prefix : List.of("[", "O")) {
            map.put(prefix + "H", Kind.HOME);
            map.put(prefix + "F", Kind.END);
        }
        put(map, Kind.HOME, 1, 7);
        put(map, Kind.DELETE, 3);
        put(map, Kind.END, 4, 8);
        put(map, Kind.PAGE_UP, 5);
        put(map, Kind.PAGE_DOWN, 6);
        Kind[] functions = {
            Kind.F1, Kind.F2, Kind.F3, Kind.F4, Kind.F5, Kind.F6, Kind.F7, Kind.F8, Kind.F9, Kind.F10, Kind.F11,
            Kind.F12
        };
        int[] numbers = {11, 12, 13, 14, 15, 17, 18, 19, 20, 21, 23, 24};
        for (int i = 0; i < functions.length; i++) {
            put(map, functions[i], numbers[i]);
        }
        for (int i = 0; i < 4; i++) {
            map.put("O" + (char) ('P' + i), functions[i]);
            map.put("[" + (char) ('P' + i), functions[i]);
        }
        for (int i = 0; i < 5; i++) {
            map.put("[[" + (char) ('A' + i), functions[i]);
        }
        map.put("OM", Kind.ENTER);
        return Map.copyOf(map);
    }

    private static void put(Map<String, Kind> map, Kind kind, int... numbers) {
        for (int number : numbers) {
            map.put("[" + number + "~", kind);
        }
    }
}
