package shawk.view.tui;

import org.jspecify.annotations.Nullable;
import shawk.screen.Event;

/** The mouse as SGR mode (1006) reports it: {@code [<0;12;5M}. Pure. */
final class MouseReports {
    private static final int LEFT = 0;
    private static final int WHEEL_UP = 64;
    private static final int WHEEL_DOWN = 65;
    /** Shift, Meta and Ctrl change nothing. */
    private static final int MODIFIERS = 4 | 8 | 16;

    /** Cells of no terminal that there is. */
    private static final int MOST = 10_000;

    private MouseReports() {}

    /** What a sequence, without its Esc, reports; null = nothing that means something here, such as a release. */
    static @Nullable Event parse(String sequence) {
        if (!sequence.startsWith("[<") || !sequence.endsWith("M")) {
            return null;
        }
        String[] parts = sequence.substring(2, sequence.length() - 1).split(";", -1);
        if (parts.length != 3) {
            return null;
        }
        int button = number(parts[0]);
        int column = number(parts[1]);
        int row = number(parts[2]);
        if (button < 0 || column < 1 || row < 1) {
            return null;
        }
        return switch (button & ~MODIFIERS) {
            case LEFT -> new Event.Clicked(column - 1, row - 1, false);
            case WHEEL_UP -> new Event.Wheeled(-1);
            case WHEEL_DOWN -> new Event.Wheeled(1);
            default -> null;
        };
    }

    private static int number(String digits) {
        if (digits.isEmpty() || digits.length() > 5) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            value = value * 10 + c - '0';
        }
        return value > MOST ? -1 : value;
    }
}
