package shawk.screen;

/** What lies over the table and takes the keys that do not work everywhere. Immutable: a key makes a new one. */
public interface Dialog {
    /** What {@code key} does; {@code tree} holds the rows that were shown when it came. */
    Step key(UiState state, Key key, Tree tree);

    /** What a click does; nothing, unless there is something to choose. */
    default Step click(UiState state, Event.Clicked click, Tree tree) {
        return Step.to(state);
    }

    /** What the wheel does: what as many presses of an arrow do. */
    default Step wheel(UiState state, int steps, Tree tree) {
        Key arrow = Key.of(steps < 0 ? Key.Kind.UP : Key.Kind.DOWN);
        UiState turned = state;
        for (int i = 0; i < Math.abs(steps); i++) {
            Dialog dialog = turned.dialog();
            if (dialog != null) {
                turned = dialog.key(turned, arrow, tree).state();
            }
        }
        return Step.to(turned);
    }

    /** Draws it over the table, which is there already. */
    void draw(Pen pen, Scene scene);

    /** Whether it stands on the last line, in place of messages and hints. */
    default boolean onLastLine() {
        return false;
    }
}
