package shawk.view.tui;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import shawk.screen.Event;
import shawk.screen.Key;
import shawk.screen.Key.Kind;

/**
 * Bytes from a terminal to what happened: keys in UTF-8, control characters, and the escape sequences of xterm, rxvt,
 * screen, tmux and the Linux console; the mouse as SGR reports it (1006); the answer to what the background is (OSC
 * 11). Pure; a sequence that means nothing here is skipped whole. Used by one thread.
 *
 * <p>An Esc that nothing follows is the key: whoever reads says by {@link #timeout} that nothing did. While an answer
 * is expected one that comes in pieces is waited for, and never taken for keys.
 */
final class KeyDecoder {
    private static final int ESC = 0x1b;
    private static final int BEL = 0x07;

    /** Longer sequences are none. */
    private static final int MAX_SEQUENCE = 32;

    /** Longer answers are none; their rest is skipped too. */
    private static final int MAX_STRING = 128;

    /** Time-outs that an answer in pieces may take while one is expected. */
    private static final int PATIENCE = 60;

    private static final Map<String, Kind> SEQUENCES = sequences();

    private final StringBuilder sequence = new StringBuilder();
    private int codePoint;
    private int tail;
    /** What follows ESC ] up to its end; null = no such string has begun. */
    private @Nullable StringBuilder string;

    private boolean stringEnds;
    private int waited;
    /** Whether an Esc was taken for the key that may have been the first piece of an answer. */
    private boolean lateEscape;

    private volatile boolean expecting;

    /** Whether the terminal was asked something and may still answer; any thread may say so. */
    void expect(boolean answer) {
        expecting = answer;
    }

    /** Whether an answer is still awaited. */
    boolean expecting() {
        return expecting;
    }

    /** Whether what was fed last may be the beginning of something. */
    boolean pending() {
        return sequence.length() > 0 || tail > 0 || string != null;
    }

    /** Takes bytes; adds what is complete to {@code out}. */
    void feed(byte[] bytes, int length, List<Event> out) {
        for (int i = 0; i < length; i++) {
            octet(bytes[i] & 0xff, out);
        }
    }

    /** Nothing followed for a while: what was begun is all there is. */
    void timeout(List<Event> out) {
        if (string != null && expecting && waited < PATIENCE) {
            waited++;
            return;
        }
        string = null;
        if (sequence.length() == 1) {
            out.add(pressed(Key.of(Kind.ESCAPE)));
            lateEscape = expecting;
        }
        sequence.setLength(0);
        tail = 0;
    }

    private void octet(int octet, List<Event> out) {
        boolean late = lateEscape;
        lateEscape = false;
        if (string != null) {
            inString(octet, string, out);
        } else if (late && octet == ']') {
            beginString();
        } else if (sequence.length() > 0) {
            escaped(octet, out);
        } else if (octet == ESC) {
            tail = 0;
            sequence.append((char) ESC);
        } else if (tail > 0 && (octet & 0xc0) == 0x80) {
            codePoint = codePoint << 6 | octet & 0x3f;
            tail--;
            if (tail == 0 && isCharacter(codePoint)) {
                out.add(pressed(Key.of(codePoint)));
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

    private void first(int octet, List<Event> out) {
        if (octet >= 0xc2 && octet < 0xf5) {
            tail = octet < 0xe0 ? 1 : octet < 0xf0 ? 2 : 3;
            codePoint = octet & (0x3f >> tail);
        } else if (octet >= 0x20 && octet < 0x7f) {
            out.add(pressed(Key.of(octet)));
        } else {
            Key key = control(octet);
            if (key != null) {
                out.add(pressed(key));
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

    private void escaped(int octet, List<Event> out) {
        if (octet == ESC) {
            // Twice: the first was the key, unless something stood behind it, which then was cut off.
            timeout(out);
            sequence.append((char) ESC);
            return;
        }
        if (sequence.length() == 1 && octet == ']') {
            sequence.setLength(0);
            beginString();
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
            String complete = sequence.substring(1);
            sequence.setLength(0);
            Kind kind = SEQUENCES.get(complete);
            Event event = kind != null ? pressed(Key.of(kind)) : MouseReports.parse(complete);
            if (event != null) {
                out.add(event);
            }
        } else if (sequence.length() >= MAX_SEQUENCE || octet < 0x20 || octet > 0x7e) {
            sequence.setLength(0);
        }
    }

    private static Event pressed(Key key) {
        return new Event.KeyPressed(key);
    }

    private void beginString() {
        string = new StringBuilder();
        stringEnds = false;
        waited = 0;
    }

    /** Up to BEL or ESC \; what else a terminal may send as a string is skipped. */
    private void inString(int octet, StringBuilder text, List<Event> out) {
        if (octet == BEL || stringEnds && octet == '\\') {
            string = null;
            Event.Background answer = Backgrounds.parse(text.toString());
            if (answer != null) {
                expecting = false;
                out.add(answer);
            }
        } else if (stringEnds) {
            // An Esc in the middle: the string was cut off, and another sequence begins.
            string = null;
            sequence.append((char) ESC);
            escaped(octet, out);
        } else if (octet == ESC) {
            stringEnds = true;
        } else if (text.length() < MAX_STRING) {
            text.append((char) octet);
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
        map.put("[Z", Kind.BACK_TAB);
        map.put("OM", Kind.ENTER);
        return Map.copyOf(map);
    }

    private static void put(Map<String, Kind> map, Kind kind, int... numbers) {
        for (int number : numbers) {
            map.put("[" + number + "~", kind);
        }
    }
}
