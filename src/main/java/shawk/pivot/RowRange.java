package shawk.pivot;

/**
 * A stretch of an array of rows: sockets that are shown, then bundles of ended connections, then sockets that only
 * counts take in (listeners and the like where they are hidden). Immutable by convention.
 *
 * @param rows rows of the snapshot's table
 * @param start index of the first row
 * @param shownEnd index behind the last socket that is shown
 * @param bundlesEnd index behind the last bundle
 * @param end index behind the last row
 */
record RowRange(int[] rows, int start, int shownEnd, int bundlesEnd, int end) {
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
