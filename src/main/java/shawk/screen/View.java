package shawk.screen;

/** What the table shows. */
public enum View {
    /** Groups of connections. */
    FLOWS("Flows", '1');

    private final String title;
    private final char key;

    View(String title, char key) {
        this.title = title;
        this.key = key;
    }

    /** As its tab calls it. */
    String title() {
        return title;
    }

    /** The key that shows it. */
    char key() {
        return key;
    }
}
