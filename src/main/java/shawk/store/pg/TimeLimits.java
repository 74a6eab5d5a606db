package shawk.store.pg;

/**
 * How long things may take, on both sides of a connection, milliseconds; and what a role needs for them.
 *
 * @param statement one statement, in the server
 * @param lock waiting for a lock, in the server
 * @param idle a transaction in which nobody asks for anything, in the server
 * @param answer any answer, here
 * @param transaction all of it, here: the connection is cut then, even where the network takes nothing any more
 * @param right what who does that needs
 */
record TimeLimits(int statement, int lock, int idle, int answer, int transaction, Right right) {
    /** For writing. */
    static final TimeLimits WRITE = new TimeLimits(60_000, 10_000, 30_000, 75_000, 120_000, Right.WRITER);

    /** For building and changing the scheme. */
    static final TimeLimits SCHEME = new TimeLimits(600_000, 60_000, 60_000, 660_000, 1_200_000, Right.OWNER);

    /** For questions. */
    static final TimeLimits READ = new TimeLimits(60_000, 10_000, 60_000, 75_000, 300_000, Right.READER);
}
