package shawk.screen;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * One line of the key table. Immutable.
 *
 * @param id its name in the config file and the palette, such as {@code sort-left}
 * @param keys any of them does it
 * @param hint one word for the hint bar; empty = not there
 * @param what what it does, for help and man page
 * @param everywhere whether it works while a dialog takes the keys
 * @param disabled why it does nothing now; null = it does
 * @param action what it does
 */
public record Binding(
        String id,
        List<Key> keys,
        String hint,
        String what,
        boolean everywhere,
        BiFunction<UiState, Tree, @Nullable String> disabled,
        BiFunction<UiState, Tree, Step> action) {
    public Binding {
        keys = List.copyOf(keys);
    }

    /** The same with other keys. */
    Binding withKeys(List<Key> changed) {
        return new Binding(id, changed, hint, what, everywhere, disabled, action);
    }

    /** The keys as the help and the man page print them, e.g. {@code q F10 Ctrl-C}. */
    public String label() {
        List<String> labels = new ArrayList<>();
        for (Key key : keys) {
            labels.add(key.label());
        }
        return String.join(" ", labels);
    }

    /** What pressing one of its keys does now: the action, or the reason why not is said. */
    Step press(UiState state, Tree tree) {
        String reason = disabled.apply(state, tree);
        return reason == null ? action.apply(state, tree) : Step.to(state.withMessage(reason));
    }

    /** The key that the hint bar names: F1, where there is a function key that every novice finds; else the first. */
    String hintKey() {
        return keys.contains(Key.of(Key.Kind.F1))
                ? Key.of(Key.Kind.F1).label()
                : keys.get(0).label();
    }
}
