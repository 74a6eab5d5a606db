package shawk.screen.zk;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import shawk.screen.Key;

/**
 * One line of the key table.
 *
 * @param keys any of them does it
 * @param hint one word for the last line; empty = not there
 * @param what what it does, for help and man page
 * @param action does it
 */
public record TopKey(List<Key> keys, String hint, String what, Consumer<TopScreen> action) {
    public TopKey {
        keys = List.copyOf(keys);
    }

    /** The keys as help and man page print them. */
    public String label() {
        List<String> labels = new ArrayList<>();
        for (Key key : keys) {
            labels.add(key.label());
        }
        return String.join(" ", labels);
    }
}
