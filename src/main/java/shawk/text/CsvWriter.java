package shawk.text;

import shawk.model.SafeText;

/**
 * Writes CSV as RFC 4180 has it: commas, CRLF after every row, cells with a comma, a quote or a line break in quotes.
 * It goes to a {@link StringBuilder}, which the caller drains whenever it likes.
 *
 * <p>Spreadsheets take a cell that begins with {@code = + - @}, TAB or CR for a formula, in quotes too: of a text, such
 * a beginning gets an apostrophe before it. So does one after a semicolon, at which spreadsheets of many countries cut
 * the line. Numbers are written by methods of their own and stay numbers, {@code -1} as well.
 *
 * <p>Used by one thread.
 */
public final class CsvWriter {
    private final StringBuilder out;
    private boolean rowBegun;

    /** Appends to {@code out}. */
    public CsvWriter(StringBuilder out) {
        this.out = out;
    }

    public CsvWriter text(SafeText text) {
        appendText(open(), text.value());
        return this;
    }

    /** A constant of the program: text from outside is {@link SafeText}. */
    public CsvWriter text(String constant) {
        appendText(open(), constant);
        return this;
    }

    public CsvWriter number(long number) {
        open().append(number);
        return this;
    }

    /** An empty cell where the number is not finite. */
    public CsvWriter number(double number) {
        open();
        if (Double.isFinite(number)) {
            Numbers.appendDouble(out, number);
        }
        return this;
    }

    /** Microseconds as seconds, every digit kept. */
    public CsvWriter seconds(long micros) {
        Numbers.appendSeconds(open(), micros);
        return this;
    }

    /** An empty cell: not known. */
    public CsvWriter none() {
        open();
        return this;
    }

    public CsvWriter endRow() {
        out.append("\r\n");
        rowBegun = false;
        return this;
    }

    /** Where the next cell goes, the comma before it written. */
    StringBuilder open() {
        if (rowBegun) {
            out.append(',');
        }
        rowBegun = true;
        return out;
    }

    static void appendText(StringBuilder out, String text) {
        if (isPlain(text)) {
            out.append(text);
            return;
        }
        out.append('"');
        char before = ';';
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (before == ';' && beginsFormula(c)) {
                out.append('\'');
            }
            out.append(c == '"' ? "\"" : "").append(c);
            before = c;
        }
        out.append('"');
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ',' || c == '"' || c == ';' || c < 0x20 || i == 0 && beginsFormula(c)) {
                return false;
            }
        }
        return true;
    }

    /** The full-width forms too: East Asian spreadsheets take them for the narrow ones. */
    private static boolean beginsFormula(char c) {
        return switch (c) {
            case '=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠' -> true;
            default -> false;
        };
    }
}
