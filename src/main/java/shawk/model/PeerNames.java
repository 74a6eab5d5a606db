package shawk.model;

import org.jspecify.annotations.Nullable;

/**
 * Which process, on which host, is at the other end of a connection to another host. A call never waits: what is not
 * known is being looked up, once somebody has asked for it. Thread-safe.
 */
public interface PeerNames {
    /** Knows nobody. */
    PeerNames NONE = of(SafeText.EMPTY);

    /**
     * Who is there.
     *
     * @param process its name
     * @param host name of its host
     */
    record Peer(SafeText process, SafeText host) {}

    /** Name of this host; empty where it is not known. */
    SafeText host();

    /** Whether anything is known at all, so that asking row by row is worth it. */
    boolean any();

    /** Who is at the other end of a row; null where that is not known, or not yet. */
    @Nullable
    Peer find(Cells cells, int row);

    /** Somebody wants to know who is at the other end of a row. */
    void ask(Cells cells, int row);

    /** Why nothing new comes to be known; null while all is well. */
    default @Nullable Degradation trouble() {
        return null;
    }

    /** Knows nobody but this host. */
    static PeerNames of(SafeText host) {
        return new PeerNames() {
            @Override
            public SafeText host() {
                return host;
            }

            @Override
            public boolean any() {
                return false;
            }

            @Override
            public @Nullable Peer find(Cells cells, int row) {
                return null;
            }

            @Override
            public void ask(Cells cells, int row) {
                // There is nobody to look it up.
            }
        };
    }
}
