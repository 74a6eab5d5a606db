package shawk.screen;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of one row, over the table; it goes on with each sample.
 *
 * <pre>
 *  nginx (4656) 10.0.0.5:443 ← 10.0.0.11:41312 ESTABLISHED tcp                      Esc closes
 *  verdict    rwnd: the peer takes data more slowly than this host sends it
 *  last 5m00s
 *    tx       ▁▂▃▅▇▇▇▅  12 MB/s, at most 14 MB/s
 * </pre>
 *
 * @param path the row
 * @param scroll number of the first line in view
 * @param last the rows in which it was seen last, where it is gone; null = it is there
 */
record DetailDialog(Path path, int scroll, @Nullable Tree last) implements Dialog {
    /** Lines above: status and context; below: the last. */
    static final int TOP = 2;

    /** What would change the rows behind it, and so what it shows. */
    private static final Set<String> TABLE_KEYS = Set.of(
            "filter", "arrange", "reverse", "unfold", "fold", "unfold-all", "open", "details", "chips", "columns");

    static DetailDialog of(Path path) {
        return new DetailDialog(path, 0, null);
    }

    /** The same after the rows have changed; {@code before} are those that were shown until now. */
    DetailDialog on(Tree now, Tree before) {
        if (now.find(path) >= 0) {
            return last == null ? this : new DetailDialog(path, scroll, null);
        }
        return last != null ? this : new DetailDialog(path, scroll, before);
    }

    @Override
    public Step key(UiState state, Key key, Tree tree) {
        Binding binding = state.keys().find(key);
        String id = binding == null ? "" : binding.id();
        int page = Math.max(1, state.rows() - TOP - 2);
        return switch (id) {
            case "back", "details", "open" -> Step.to(state.withDialog(null));
            case "up" -> scrolled(state, -1);
            case "down" -> scrolled(state, 1);
            case "page-up" -> scrolled(state, -page);
            case "page-down" -> scrolled(state, page);
            case "half-page-up" -> scrolled(state, -Math.max(1, page / 2));
            case "half-page-down" -> scrolled(state, Math.max(1, page / 2));
            case "first" -> scrolled(state, -DetailLines.MAX_LINES);
            case "last" -> scrolled(state, DetailLines.MAX_LINES);
            default -> other(state, binding, tree);
        };
    }

    private Step scrolled(UiState state, int lines) {
        int to = Math.max(0, Math.min(scroll + lines, DetailLines.MAX_LINES));
        return Step.to(state.withDialog(new DetailDialog(path, to, last)));
    }

    private static Step other(UiState state, @Nullable Binding binding, Tree tree) {
        if (binding == null) {
            return Step.to(state);
        }
        String id = binding.id();
        return TABLE_KEYS.contains(id) || id.startsWith("sort") || id.startsWith("view-")
                ? Step.to(state.withMessage("Esc closes the details first"))
                : binding.press(state, tree);
    }

    @Override
    public void draw(Pen pen, Scene scene) {
        Tree tree = last == null ? scene.tree() : last;
        int place = tree.find(path);
        if (place < 0) {
            return;
        }
        Tree.Row row = tree.at(place);
        DetailLines lines =
                DetailLines.of(scene.details().of(tree, row), pen.grid().columns());
        new DetailPane(pen, scene).draw(lines, last != null, row, scroll);
    }
}
