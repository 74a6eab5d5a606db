package shawk.model;

/** Names for numbers, out of tables that are in memory: a call never waits. Implementations are immutable. */
public interface Names {
    /** Knows no names. */
    Names NONE = new Names() {
        @Override
        public SafeText user(long uid) {
            return SafeText.EMPTY;
        }

        @Override
        public SafeText service(Protocol protocol, int port) {
            return SafeText.EMPTY;
        }
    };

    /** Name of a user; empty where there is none. */
    SafeText user(long uid);

    /** Name of a service; empty where there is none. */
    SafeText service(Protocol protocol, int port);

    /** Who is at the other end of connections to other hosts. */
    default PeerNames peers() {
        return PeerNames.NONE;
    }

    /** Whether there is a table of places at all. */
    default boolean hasPlaces() {
        return false;
    }

    /** Where the host at an {@link Address} is. */
    default Place place(long high, long low) {
        return Place.UNKNOWN;
    }
}
