package shawk.screen;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import shawk.expr.Nearest;
import shawk.model.SafeText;

/**
 * The key table with other keys, as a user wants them: {@code sort-left = < Left}, or {@code quit = none}. A key that
 * is given to one action is taken from the one that had it. Ctrl-C quits, whatever is changed. Used by one thread.
 */
public final class KeyChanges {
    private static final String NONE = "none";
    private static final Key ALWAYS = Key.ctrl('c');
    private static final int MOST_KEYS = 20;

    private final Map<String, List<Key>> changed = new LinkedHashMap<>();
    private final Map<Key, String> taken = new LinkedHashMap<>();

    /** Nothing is changed yet. */
    public KeyChanges() {
        taken.put(ALWAYS, quitting());
    }

    private static String quitting() {
        Binding binding = Keymap.DEFAULT.find(ALWAYS);
        return binding == null ? "" : binding.id();
    }

    /**
     * Gives an action these keys and no others.
     *
     * @param id of the action
     * @param labels of keys, with blanks between; {@code none} = no key
     * @return what is wrong, in which case nothing is changed; null = nothing
     */
    public @Nullable String add(String id, String labels) {
        if (Keymap.DEFAULT.named(id) == null) {
            List<String> ids =
                    Keymap.DEFAULT.bindings().stream().map(Binding::id).toList();
            return "there is no action '" + safe(id) + "'; "
                    + Nearest.advice(id, ids, "the command palette (:) lists them");
        }
        if (changed.containsKey(id)) {
            return "'" + id + "' has its keys already; name them in one line";
        }
        Set<Key> keys = new LinkedHashSet<>();
        for (String label : labels.equals(NONE) ? new String[0] : labels.split("\\s+")) {
            Key key = Key.parse(label);
            if (key == null) {
                return "there is no key '" + safe(label) + "'; type a character, or Ctrl-B, F5, Up, PgDn, Space, Enter";
            }
            String owner = taken.get(key);
            if (owner != null && !owner.equals(id)) {
                return key.label() + " is the key of '" + owner + "' already";
            }
            keys.add(key);
        }
        if (keys.size() > MOST_KEYS) {
            return "more than " + MOST_KEYS + " keys";
        }
        if (id.equals(quitting())) {
            keys.add(ALWAYS);
        }
        changed.put(id, List.copyOf(keys));
        keys.forEach(key -> taken.put(key, id));
        return null;
    }

    private static String safe(String text) {
        return SafeText.of(text).value();
    }

    /** The table as it is now. */
    public Keymap made() {
        List<Binding> bindings = new ArrayList<>();
        for (Binding binding : Keymap.DEFAULT.bindings()) {
            bindings.add(binding.withKeys(keys(binding)));
        }
        return new Keymap(bindings);
    }

    private List<Key> keys(Binding binding) {
        List<Key> own = changed.get(binding.id());
        if (own != null) {
            return own;
        }
        List<Key> left = new ArrayList<>(binding.keys());
        left.removeIf(key -> !binding.id().equals(taken.getOrDefault(key, binding.id())));
        return left;
    }

    /** A line for each action that has no key any more, though nobody said {@code none}. */
    public List<String> lost() {
        List<String> lost = new ArrayList<>();
        for (Binding binding : Keymap.DEFAULT.bindings()) {
            if (!changed.containsKey(binding.id())
                    && !binding.keys().isEmpty()
                    && keys(binding).isEmpty()) {
                Key key = binding.keys().get(0);
                lost.add("'" + binding.id() + "' has no key any more: " + key.label() + " is now that of '"
                        + taken.get(key) + "'");
            }
        }
        return lost;
    }
}
