package shawk.model;

import org.jspecify.annotations.Nullable;

/** Names of hosts. A call never waits: what is not known is being looked up, and asked for again when it is drawn. */
public interface AddressNames {
    /** Looks nothing up: no address has a name. */
    AddressNames NONE = new AddressNames() {
        @Override
        public SafeText find(long high, long low) {
            return SafeText.EMPTY;
        }

        @Override
        public long version() {
            return 0;
        }
    };

    /** Name of the host at an {@link Address}; empty where it has none, null where that is not known yet. */
    @Nullable
    SafeText find(long high, long low);

    /** Another number than before when {@link #find} may answer otherwise. */
    long version();
}
