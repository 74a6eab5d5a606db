package shawk.view.shell;

/**
 * A way to complete a word.
 *
 * @param value the whole word then, without quotes
 * @param label what the list of ways calls it
 * @param whole whether a blank follows; else there is more of the word to come
 */
public record Suggestion(String value, String label, boolean whole) {
    /** A word by itself. */
    public static Suggestion word(String value) {
        return new Suggestion(value, value, true);
    }
}
