package shawk.screen;

/**
 * Where the cursor is. Its identity decides; the numbers say where that was last seen.
 *
 * @param path who the row is
 * @param row its place in the tree
 * @param scroll place of the first row on the screen
 */
record Cursor(Path path, int row, int scroll) {
    static final Cursor TOP = new Cursor(Path.ROOT, 0, 0);

    /**
     * The same row in another tree. It stays on its line of the screen where it can, except that a list whose top is in
     * view keeps it in view as long as the row is there too. A row that is gone leaves the cursor at its place.
     *
     * @param page lines there are for rows, at least 1
     * @param others lines among these that no row of the tree takes
     */
    Cursor settle(Tree tree, int page, int others) {
        int size = tree.size();
        if (size == 0) {
            return new Cursor(path, 0, 0);
        }
        int found = tree.find(path);
        int newRow = found >= 0 ? found : Math.min(row, size - 1);
        int newScroll = scroll == 0 && newRow < page ? 0 : newRow - (row - scroll);
        Path newPath = found >= 0 ? path : tree.at(newRow).path();
        return new Cursor(newPath, newRow, withinReach(newScroll, newRow, size + others, page));
    }

    /** The cursor on another row of the same tree; it scrolls no more than needed. */
    Cursor moveTo(Tree tree, int wanted, int page) {
        int size = tree.size();
        if (size == 0) {
            return this;
        }
        int newRow = Math.max(0, Math.min(wanted, size - 1));
        return new Cursor(tree.at(newRow).path(), newRow, withinReach(scroll, newRow, size, page));
    }

    /** The cursor moved by whole pages or parts of them: the list moves under it. */
    Cursor moveBy(Tree tree, int rows, int page) {
        Cursor scrolled = new Cursor(path, row, Math.max(0, Math.min(scroll + rows, Math.max(0, tree.size() - page))));
        return scrolled.moveTo(tree, row + rows, page);
    }

    private static int withinReach(int scroll, int row, int size, int page) {
        int highest = Math.min(row, Math.max(0, size - page));
        return Math.max(Math.max(0, row - page + 1), Math.min(scroll, highest));
    }
}
