package shawk.screen;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which key does what: the bindings in the order in which they are explained. Immutable. */
public final class Keymap {
    /** The keys as the man page has them. */
    public static final Keymap DEFAULT = new Keymap(Keys.all());

    private final List<Binding> bindings;
    private final Map<Key, Binding> byKey;

    Keymap(List<Binding> bindings) {
        this.bindings = List.copyOf(bindings);
        Map<Key, Binding> map = new HashMap<>();
        for (Binding binding : bindings) {
            for (Key key : binding.keys()) {
                if (map.put(key, binding) != null) {
                    throw new IllegalStateException(key.label() + " stands twice in the key table");
                }
            }
        }
        this.byKey = Map.copyOf(map);
    }

    /** All of them. */
    public List<Binding> bindings() {
        return bindings;
    }

    @Nullable
    Binding find(Key key) {
        return byKey.get(key);
    }

    /** The line of the key table with this id; null where there is none. */
    @Nullable
    Binding named(String id) {
        for (Binding binding : bindings) {
            if (binding.id().equals(id)) {
                return binding;
            }
        }
        return null;
    }
}
