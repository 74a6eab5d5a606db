package shawk.screen;

/**
 * What is drawn, in UTF-8 or in ASCII.
 *
 * @param ascii whether the terminal cannot draw anything else
 * @param folded before a group that shows nothing of what it consists of
 * @param unfolded before one that does
 * @param descending behind the head of the column that is sorted by
 * @param ascending the same
 * @param chain between the fields of a grouping
 * @param out from local to remote: this host opened it
 * @param in from remote to local: the other end opened it
 * @param between nobody knows who opened it
 * @param cut where a text was cut
 * @param side of a box
 * @param bottom of a box
 */
public record Symbols(
        boolean ascii,
        String folded,
        String unfolded,
        String descending,
        String ascending,
        String chain,
        String out,
        String in,
        String between,
        String cut,
        String side,
        String bottom) {
    public static final Symbols UTF8 = new Symbols(
            false, "\u25b8", "\u25be", "\u25bc", "\u25b2", "\u203a", "\u2192", "\u2190", "\u2013", "\u2026", "\u2502",
            "\u2500");
    public static final Symbols ASCII = new Symbols(true, "+", "-", "v", "^", ">", "->", "<-", "--", "~", "|", "-");

    /** A part of a bar that is full. */
    String full() {
        return ascii ? "#" : "\u2588";
    }

    /** A part of a bar that is empty. */
    String empty() {
        return ascii ? "." : "\u2591";
    }

    /** Before what has ended. */
    String ended() {
        return ascii ? "x" : "\u00d7";
    }

    /** Before the row that the cursor follows. */
    String watched() {
        return ascii ? ">" : "\u00bb";
    }
}
