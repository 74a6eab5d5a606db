package shawk.screen;

/**
 * What this run cannot see is said on lines of its own until they are dismissed; then a mark stays.
 *
 * @param hidden whether they were dismissed
 * @param count how many there are
 */
record Notices(boolean hidden, int count) {
    static final int MAX_LINES = 2;

    static final Notices NONE = new Notices(false, 0);

    /** Lines that they take from the table. */
    int lines() {
        return hidden ? 0 : Math.min(MAX_LINES, count);
    }
}
