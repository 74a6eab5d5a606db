package shawk.screen;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the table shows. Views stand in the order of their tabs. */
public enum View {
    /** Groups of connections. */
    FLOWS("Flows", "Flow", '1'),
    /** Single connections. */
    CONNECTIONS("Connections", "Conn", '2'),
    /** Sockets that wait for connections, each with those that reached it. */
    LISTENING("Listening", "List", '3'),
    /** Connections that have ended and attempts that failed, one by one. */
    CLOSED("Closed", "Clos", '4'),
    /** Processes. */
    PROCESSES("Processes", "Proc", '5'),
    /** Remote addresses. */
    PEERS("Peers", "Peer", '6'),
    /** What this program takes, and what it has missed: no rows. */
    SELF("Self", "Self", '7');

    private static final View[] VALUES = values();
    private final String title;
    private final String shortTitle;
    private final char key;

    View(String title, String shortTitle, char key) {
        this.title = title;
        this.shortTitle = shortTitle;
        this.key = key;
    }

    /** As its tab calls it. */
    public String title() {
        return title;
    }

    /** As its tab calls it where the line is short. */
    String shortTitle() {
        return shortTitle;
    }

    /** The key that shows it. */
    char key() {
        return key;
    }

    /** Whether it shows rows of a table. */
    public boolean hasRows() {
        return this != SELF;
    }

    /** Whether what has ended can stand among what it shows. */
    boolean mayHaveEnded() {
        return hasRows() && this != CLOSED && this != LISTENING;
    }

    /** The view whose tab is {@code step} places to the right; it goes round. */
    View next(int step) {
        return VALUES[Math.floorMod(ordinal() + step, VALUES.length)];
    }

    /** Its name in the config file and the palette. */
    public String id() {
        return title.toLowerCase(Locale.ROOT);
    }

    /** The view of this name that has columns to choose; null where there is none. */
    public static @Nullable View find(String id) {
        for (View view : values()) {
            if (view.hasRows() && view.id().equals(id)) {
                return view;
            }
        }
        return null;
    }

    /** The names of those that have columns to choose. */
    public static List<String> ids() {
        return Arrays.stream(values()).filter(View::hasRows).map(View::id).toList();
    }
}
