package shawk.view.tui;

import java.util.Arrays;
import shawk.text.DisplayWidth;

/** As much of a terminal as the monitor uses: what stands where after some bytes, and the modes that were set. */
final class Emulator {
    final int columns;
    final int rows;
    boolean cursorVisible = true;
    boolean alternate;
    private final String[][] cells;
    private int column;
    private int row;

    Emulator(int columns, int rows) {
        this.columns = columns;
        this.rows = rows;
        this.cells = new String[rows][columns];
        clear();
    }

    private void clear() {
        for (String[] line : cells) {
            Arrays.fill(line, " ");
        }
    }

    /** Takes text as a terminal gets it; anything that it does not know is an error. */
    void feed(String text) {
        for (int i = 0; i < text.length(); ) {
            int codePoint = text.codePointAt(i);
            if (codePoint == 0x1b) {
                i = sequence(text, i + 1);
            } else if (codePoint < 0x20 || codePoint >= 0x7f && codePoint < 0xa0) {
                throw new AssertionError("control character " + codePoint);
            } else {
                put(codePoint);
                i += Character.charCount(codePoint);
            }
        }
    }

    private void put(int codePoint) {
        int width = DisplayWidth.of(codePoint);
        if (column + width > columns || row >= rows) {
            throw new AssertionError("beyond the edge at " + column + "," + row);
        }
        cells[row][column] = Character.toString(codePoint);
        if (width == 2) {
            cells[row][column + 1] = "";
        }
        column += width;
    }

    private int sequence(String text, int at) {
        if (text.charAt(at) == ']') {
            // A string, such as a question: up to ESC \.
            int bell = text.indexOf('\007', at);
            int end = text.indexOf("\033\\", at);
            return bell >= 0 && (end < 0 || bell < end) ? bell + 1 : end + 2;
        }
        if (text.charAt(at) != '[') {
            throw new AssertionError("escape sequence " + text.charAt(at));
        }
        int end = at + 1;
        while (text.charAt(end) < 0x40) {
            end++;
        }
        String parameters = text.substring(at + 1, end);
        switch (text.charAt(end)) {
            case 'H' -> {
                String[] place = parameters.split(";");
                row = Integer.parseInt(place[0]) - 1;
                column = Integer.parseInt(place[1]) - 1;
            }
            case 'J' -> clear();
            case 'm' -> {}
            case 'h', 'l' -> mode(parameters, text.charAt(end) == 'h');
            default -> throw new AssertionError("sequence " + parameters + text.charAt(end));
        }
        return end + 1;
    }

    private void mode(String parameters, boolean on) {
        switch (parameters) {
            case "?25" -> cursorVisible = on;
            case "?1049" -> alternate = on;
            case "?2026", "?1000", "?1006" -> {}
            default -> throw new AssertionError("mode " + parameters);
        }
    }

    /** The lines, without the blanks at their ends. */
    String text() {
        StringBuilder out = new StringBuilder();
        for (String[] line : cells) {
            out.append(String.join("", line).stripTrailing()).append('\n');
        }
        return out.toString();
    }
}
