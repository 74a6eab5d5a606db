package shawk.source;

import shawk.nativelib.NativeException;

/** What somebody else has read of this host's sockets, for a sample to be completed. Used by one thread at a time. */
public interface Living extends AutoCloseable {
    /** Nobody has. */
    Living NONE = new Living() {
        @Override
        public long take(boolean sockets) {
            return 0;
        }

        @Override
        public void close() {
            // There is nothing.
        }
    };

    /**
     * What there is since the last call.
     *
     * @param sockets whether those that live are wanted, besides what has happened
     * @return address of a {@code struct shawk_living}, valid until the next call; 0 = nothing was read
     */
    long take(boolean sockets) throws NativeException;

    @Override
    void close();
}
