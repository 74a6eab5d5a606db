package shawk.screen;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import shawk.field.CountFields;
import shawk.field.QualityFields;
import shawk.field.QueueFields;
import shawk.screen.Key.Kind;

/** The one table of keys: what is pressed, what the hint bar, the help and the man page say of it, what it does. */
public final class Keys {
    private static final List<Binding> TABLE = new Builder().table();
    private static final Map<Key, Binding> BY_KEY = byKey();

    private Keys() {}

    /** All keys, in the order in which they are explained. */
    public static List<Binding> all() {
        return TABLE;
    }

    static @Nullable Binding find(Key key) {
        return BY_KEY.get(key);
    }

    private static Map<Key, Binding> byKey() {
        Map<Key, Binding> map = new HashMap<>();
        for (Binding binding : TABLE) {
            for (Key key : binding.keys()) {
                if (map.put(key, binding) != null) {
                    throw new IllegalStateException(key.label() + " stands twice in the key table");
                }
            }
        }
        return Map.copyOf(map);
    }

    private static final class Builder {
        private final List<Binding> table = new ArrayList<>();
        private List<Key> keys = List.of();
        private String hint = "";
        private boolean everywhere;
        private BiFunction<UiState, Tree, @Nullable String> disabled = (state, tree) -> null;

        List<Binding> table() {
            keys(Key.of('?'), Key.of('h'), Key.of(Kind.F1))
                    .hint("help")
                    .does("help, and what this run cannot see", Actions::help);
            keys(Key.of('/'), Key.of(Kind.F4))
                    .hint("filter")
                    .does("filter, live while typing; Esc clears", Actions::filter);
            keys(Key.of('a'), Key.of(Kind.F5)).hint("arrange").does("choose the grouping", Actions::arrange);
            sorting();
            keys(Key.of(' '), Key.of('p'))
                    .hint("pause")
                    .does("pause: the snapshot stays, the keys go on", Actions::pause);
            keys(Key.of(Kind.ENTER))
                    .hint("open")
                    .unless(Actions::noGroupHere)
                    .does("unfold or fold the group", Actions::toggle);
            keys(Key.of('q'), Key.of(Kind.F10)).hint("quit").does("quit", Actions::quit);
            keys(Key.ctrl('c')).anywhere().does("quit, from a dialog too", Actions::quit);
            keys(Key.of('Q')).does("quit, and leave the last frame on the screen", Actions::quitLeavingFrame);
            moving();
            folding();
            keys(Key.of(Kind.ESCAPE)).does("back: clear the filter, dismiss the notices", Actions::back);
            interval();
            keys(Key.ctrl('l')).anywhere().does("draw the whole screen anew", Actions::redraw);
            keys(Key.ctrl('z')).anywhere().does("suspend; fg in the shell brings it back", Actions::suspend);
            return List.copyOf(table);
        }

        private void sorting() {
            keys(Key.of('<')).hint("sort").does("sort by the column on the left", Actions::sortLeft);
            keys(Key.of('>'), Key.of(Kind.F6)).hint("sort").does("sort by the column on the right", Actions::sortRight);
            keys(Key.of('s')).does("sort by the next column, round and round", Actions::sortNext);
            keys(Key.of('S'), Key.of('I')).does("reverse the order", Actions::reverse);
            keys(Key.of('C')).does("sort by count of connections", Actions.sortBy(CountFields.CONNS));
            keys(Key.of('R'))
                    .does("sort by rate: bytes sent, and again: received", (state, tree) -> Actions.sortByRate(state));
            keys(Key.of('T')).does("sort by round-trip time", Actions.sortBy(QualityFields.RTT));
            keys(Key.of('A')).does("sort by age", Actions.sortBy(QueueFields.AGE));
            keys(Key.of('N')).does("sort by name", Actions::sortByName);
        }

        private void moving() {
            keys(Key.of(Kind.UP), Key.of('k')).does("one row up", Actions.move(-1));
            keys(Key.of(Kind.DOWN), Key.of('j')).does("one row down", Actions.move(1));
            keys(Key.of(Kind.PAGE_UP), Key.ctrl('b')).does("one page up", Actions.page(-2));
            keys(Key.of(Kind.PAGE_DOWN), Key.ctrl('f')).does("one page down", Actions.page(2));
            keys(Key.ctrl('u')).does("half a page up", Actions.page(-1));
            keys(Key.ctrl('d')).does("half a page down", Actions.page(1));
            keys(Key.of('g'), Key.of(Kind.HOME)).does("first row", Actions.move(-Integer.MAX_VALUE));
            keys(Key.of('G'), Key.of(Kind.END)).does("last row", Actions.move(Integer.MAX_VALUE));
        }

        private void folding() {
            keys(Key.of(Kind.RIGHT)).unless(Actions::noGroupHere).does("unfold the group", Actions::unfold);
            keys(Key.of(Kind.LEFT)).does("fold the group; on a folded one go to the group around it", Actions::fold);
            keys(Key.of('*')).unless(Actions::noGroups).does("unfold all groups, or fold all", Actions::toggleAll);
        }

        private void interval() {
            keys(Key.of('+')).unless(Actions::longest).does("longer interval", Actions::longer);
            keys(Key.of('-')).unless(Actions::shortest).does("shorter interval", Actions::shorter);
            keys(Key.of('d')).does("type the interval", Actions::interval);
        }

        private Builder keys(Key... newKeys) {
            keys = List.of(newKeys);
            hint = "";
            everywhere = false;
            disabled = (state, tree) -> null;
            return this;
        }

        private Builder hint(String word) {
            hint = word;
            return this;
        }

        private Builder anywhere() {
            everywhere = true;
            return this;
        }

        private Builder unless(BiFunction<UiState, Tree, @Nullable String> why) {
            disabled = why;
            return this;
        }

        private void does(String what, BiFunction<UiState, Tree, Step> action) {
            table.add(new Binding(keys, hint, what, everywhere, disabled, action));
        }
    }
}
