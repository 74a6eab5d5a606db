package shawk.screen;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Something that the palette offers: an action of the key table, or a command that takes an argument.
 *
 * @param name what is typed
 * @param what what it does
 * @param keys the keys that do the same
 * @param binding the action; null = a command
 * @param disabled why it does nothing now; null = it does
 */
record PaletteEntry(
        String name,
        String what,
        String keys,
        @Nullable Binding binding,
        @Nullable String disabled) {
    /** No match. */
    private static final int NONE = Integer.MAX_VALUE;

    private static final int BEGINS = 0;
    private static final int WORD_BEGINS = 1;
    private static final int ALL_WORDS = 2;
    private static final int INSIDE = 3;
    private static final int LETTERS = 4;

    /** What matches the text, best first; of equally good ones in the order of the key table. */
    static List<PaletteEntry> matching(UiState state, Tree tree, String text) {
        String wanted = text.strip().toLowerCase(Locale.ROOT);
        List<PaletteEntry> found = new ArrayList<>();
        for (PaletteEntry entry : all(state, tree)) {
            if (entry.rank(wanted) != NONE) {
                found.add(entry);
            }
        }
        found.sort(Comparator.comparingInt(entry -> entry.rank(wanted)));
        return found;
    }

    private static List<PaletteEntry> all(UiState state, Tree tree) {
        List<PaletteEntry> all = new ArrayList<>();
        for (Binding binding : state.keys().bindings()) {
            if (!binding.id().equals("palette")) {
                String reason = binding.disabled().apply(state, tree);
                all.add(new PaletteEntry(binding.id(), binding.what(), binding.label(), binding, reason));
            }
        }
        for (Commands.Command command : Commands.ALL) {
            all.add(new PaletteEntry(command.name() + " " + command.argument(), command.what(), "", null, null));
        }
        return all;
    }

    /** How well it matches: smaller is better. */
    private int rank(String wanted) {
        if (name.startsWith(wanted)) {
            return BEGINS;
        }
        if (words(name).stream().anyMatch(word -> word.startsWith(wanted))) {
            return WORD_BEGINS;
        }
        List<String> words = words(name + " " + what.toLowerCase(Locale.ROOT));
        if (words(wanted).stream().allMatch(each -> words.stream().anyMatch(word -> word.startsWith(each)))) {
            return ALL_WORDS;
        }
        if (name.contains(wanted)) {
            return INSIDE;
        }
        return lettersInOrder(wanted) ? LETTERS : NONE;
    }

    private static List<String> words(String text) {
        return List.of(text.split("[^a-z0-9]+"));
    }

    private boolean lettersInOrder(String wanted) {
        int at = 0;
        for (int i = 0; i < wanted.length(); i++) {
            at = name.indexOf(wanted.charAt(i), at) + 1;
            if (at == 0) {
                return false;
            }
        }
        return true;
    }
}
