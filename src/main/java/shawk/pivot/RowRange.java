package shawk.pivot;

/**
 * A stretch of an array of rows: sockets that are shown, then bundles of ended connections, then sockets that only
 * counts take in (listeners and the like where they are hidden). It can be moved from one stretch to another, so that
 * reading the values of many groups makes no object for each.
 */
final class RowRange {
    private int[] rows = new int[0];
    private int start;
    private int shownEnd;
    private int bundlesEnd;
    private int end;

    /** A stretch of no rows. */
    RowRange() {}

    /** See {@link #move}. */
    RowRange(int[] rows, int start, int shownEnd, int bundlesEnd, int end) {
        move(rows, start, shownEnd, bundlesEnd, end);
    }

    /**
     * Becomes another stretch.
     *
     * @param newRows rows of the snapshot's table
     * @param newStart index of the first row
     * @param newShownEnd index behind the last socket that is shown
     * @param newBundlesEnd index behind the last bundle
     * @param newEnd index behind the last row
     */
    void move(int[] newRows, int newStart, int newShownEnd, int newBundlesEnd, int newEnd) {
        rows = newRows;
        start = newStart;
        shownEnd = newShownEnd;
        bundlesEnd = newBundlesEnd;
        end = newEnd;
    }

    int[] rows() {
        return rows;
    }

    int start() {
        return start;
    }

    int shownEnd() {
        return shownEnd;
    }

    int bundlesEnd() {
        return bundlesEnd;
    }

    int end() {
        return end;
    }

    int shown() {
        return shownEnd - start;
    }

    int size() {
        return end - start;
    }

    /** The same without the bundles. */
    RowRange withoutBundles() {
        if (bundlesEnd == shownEnd) {
            return this;
        }
        int[] kept = new int[shown() + end - bundlesEnd];
        System.arraycopy(rows, start, kept, 0, shown());
        System.arraycopy(rows, bundlesEnd, kept, shown(), end - bundlesEnd);
        return new RowRange(kept, 0, shown(), shown(), kept.length);
    }
}
