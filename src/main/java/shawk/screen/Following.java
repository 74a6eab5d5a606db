package shawk.screen;

import java.util.ArrayList;
import java.util.List;

/** Brings the cursor onto the row that is watched. Stateless. */
final class Following {
    private Following() {}

    /**
     * The state with the cursor on the watched row, or on the group that it is folded into.
     *
     * @param opens whether the groups around it are to be unfolded, as after a change of the grouping
     */
    static UiState follow(UiState state, Tree tree, boolean opens) {
        Watch watch = state.calm().watch();
        if (watch == null) {
            return state;
        }
        if (!watch.canBeIn(tree.pivot().spec().groupBy())) {
            return placed(state, watch, Watch.Place.ELSEWHERE);
        }
        Path path = watch.path(tree.pivot());
        if (path == null || !Watch.exists(tree.pivot(), path)) {
            return placed(state, watch, Watch.Place.GONE);
        }
        if (opens && tree.find(path) < 0) {
            return state.withFolding(opened(state.folding(), path, tree));
        }
        int depth = path.depth();
        while (depth > 1 && tree.find(prefix(path, depth)) < 0) {
            depth--;
        }
        Path shown = prefix(path, depth);
        int row = tree.find(shown);
        if (row < 0) {
            return placed(state, watch, Watch.Place.GONE);
        }
        int scroll = Math.max(0, row - Math.min(watch.line(), state.page() - 1));
        UiState there = state.withCursor(new Cursor(shown, row, scroll).settle(tree, state.page(), 0));
        return placed(there, watch, depth == path.depth() ? Watch.Place.SHOWN : Watch.Place.FOLDED);
    }

    private static UiState placed(UiState state, Watch watch, Watch.Place place) {
        return watch.place() == place ? state : state.withCalm(state.calm().withWatch(watch.at(place)));
    }

    private static Path prefix(Path path, int depth) {
        return depth == path.depth() ? path : new Path(path.steps().subList(0, depth));
    }

    /** The groups around a row, unfolded. */
    private static Folding opened(Folding folding, Path path, Tree tree) {
        Folding opened = folding;
        List<Path> around = new ArrayList<>();
        for (int depth = 1; depth < path.depth(); depth++) {
            around.add(prefix(path, depth));
        }
        for (Path group : around) {
            boolean last = group.depth() >= tree.pivot().spec().groupBy().size();
            opened = opened.isOpen(group, last) ? opened : opened.toggle(group);
        }
        return opened;
    }
}
