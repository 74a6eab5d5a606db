package shawk.zk.tally;

/**
 * Bounds of a {@link Tally}.
 *
 * @param keys most of them; what has no room is added up in one row for the others
 * @param digits of percentiles that are right: 2 = to a part in a hundred
 */
public record TallyLimits(int keys, int digits) {
    /**
     * For tables that live long: up to 48 kB a key that is never idle, some hundred bytes of one that hardly speaks.
     */
    public static final TallyLimits LIVE = new TallyLimits(2_048, 2);

    /** For one table of a number of messages that is given. */
    public static final TallyLimits ONCE = new TallyLimits(8_192, 3);
}
