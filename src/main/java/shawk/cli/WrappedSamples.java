package shawk.cli;

/** Samples of which something is made on their way; in all else they are those that are wrapped. */
interface WrappedSamples extends Samples {
    /** Those that are wrapped. */
    Samples real();

    @Override
    default boolean hasNext() throws Failure {
        return real().hasNext();
    }

    @Override
    default boolean live() {
        return real().live();
    }

    @Override
    default long intervalNanos(long asked) {
        return real().intervalNanos(asked);
    }

    @Override
    default boolean asksPeers() {
        return real().asksPeers();
    }

    @Override
    default void awaitPeers(long nanos) {
        real().awaitPeers(nanos);
    }

    @Override
    default void close() {
        real().close();
    }
}
