package shawk.screen;

/** What lies over the table and takes the keys that do not work everywhere. Immutable: a key makes a new one. */
public interface Dialog {
    /** What {@code key} does; {@code tree} holds the rows that were shown when it came. */
    Step key(UiState state, Key key, Tree tree);

    /** Draws it over the table, which is there already. */
    void draw(Pen pen, Scene scene);

    /** Whether it stands on the last line, in place of messages and hints. */
    default boolean onLastLine() {
        return false;
    }
}
