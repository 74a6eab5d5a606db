package shawk.screen;

/**
 * What a cell is part of, and so how it looks; the colours are the terminal's business. Nothing is told by a style
 * alone: what is bad or marked says so in characters too.
 */
public enum Style {
    PLAIN,
    /** The first line: host, source, totals. */
    STATUS,
    /** A figure or mark in the first line that must be seen: PAUSED, lost samples. */
    ALERT,
    /** Heads of the columns. */
    HEADER,
    /** Head of the column that the rows are sorted by. */
    SORTED,
    /** The row that the cursor is on. */
    CURSOR,
    /** A row that stands for several. */
    GROUP,
    /** Of less weight: frames, what is not known. */
    DIM,
    WARN,
    BAD,
    /** Text that is being typed. */
    INPUT,
    /** Where the next character goes. */
    CARET,
    /** A key in the hint bar or the help. */
    KEY,
    /** What that key does. */
    HINT,
    /** A row that came a moment ago; its mark says so too. */
    NEW,
    /** A row that is gone and stays for a moment. */
    GONE;

    private static final Style[] VALUES = values();

    static Style of(int ordinal) {
        return VALUES[ordinal];
    }
}
