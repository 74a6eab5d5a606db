package shawk.screen;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Collects lines of the key table: {@link #keys} begins one, {@link #does} ends it. */
final class KeyTable {
    /** Actions of a view that has no rows, besides those that go to another. */
    private static final Set<String> WITHOUT_ROWS = Set.of(
            "help",
            "quit",
            "quit-anywhere",
            "quit-leaving-frame",
            "pause",
            "time-back",
            "time-forward",
            "time-jump",
            "slower",
            "faster",
            "up",
            "down",
            "page-up",
            "page-down",
            "half-page-up",
            "half-page-down",
            "first",
            "last",
            "back",
            "interval-longer",
            "interval-shorter",
            "interval",
            "bits",
            "interfaces",
            "palette",
            "mouse",
            "redraw",
            "suspend");

    private final List<Binding> table = new ArrayList<>();
    private String id = "";
    private List<Key> keys = List.of();
    private String hint = "";
    private boolean everywhere;
    private BiFunction<UiState, Tree, @Nullable String> disabled = (state, tree) -> null;

    /**
     * Begins a line.
     *
     * @param newId its name in the config file and the palette
     */
    KeyTable keys(String newId, Key... newKeys) {
        id = newId;
        keys = List.of(newKeys);
        hint = "";
        everywhere = false;
        disabled = (state, tree) -> null;
        return this;
    }

    /** The one word for the hint bar. */
    KeyTable hint(String word) {
        hint = word;
        return this;
    }

    /** It works while a dialog takes the keys too. */
    KeyTable anywhere() {
        everywhere = true;
        return this;
    }

    /** Why it does nothing now; null = it does. */
    KeyTable unless(BiFunction<UiState, Tree, @Nullable String> why) {
        disabled = why;
        return this;
    }

    /** Ends the line: what it does, for help and man page, and the action. */
    void does(String what, BiFunction<UiState, Tree, Step> action) {
        table.add(new Binding(id, keys, hint, what, everywhere, withoutRows(id, disabled), action));
    }

    /** Whether an action is not about rows. */
    static boolean worksWithoutRows(String id) {
        return WITHOUT_ROWS.contains(id) || id.startsWith("view-");
    }

    /** What is about rows does nothing where there are none. */
    private static BiFunction<UiState, Tree, @Nullable String> withoutRows(
            String id, BiFunction<UiState, Tree, @Nullable String> own) {
        return worksWithoutRows(id)
                ? own
                : (state, tree) -> state.view().hasRows() ? own.apply(state, tree) : Views.NO_ROWS;
    }

    List<Binding> made() {
        return List.copyOf(table);
    }
}
