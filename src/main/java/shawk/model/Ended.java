package shawk.model;

/** The connections that ended last, one by one, and attempts that failed. Immutable; any thread may read it. */
public interface Ended {
    /** None were noted down: the source does not see each of them. */
    Ended NONE = new Ended() {
        @Override
        public long total() {
            return 0;
        }

        @Override
        public Snapshot rows() {
            return Snapshot.EMPTY;
        }
    };

    /** How many have been noted down since the start, those included that are forgotten by now. */
    long total();

    /**
     * Those that are remembered, the latest first, as rows of kind {@link RowKind#ENDED} of a snapshot of their own
     * with its own processes and texts. It is made when it is first asked for.
     */
    Snapshot rows();

    /**
     * The latest {@code count} of {@link #rows}, all where fewer are remembered; more where these are at hand. Nothing
     * is kept of it.
     */
    default Snapshot latest(long count) {
        return rows();
    }
}
