package shawk.store.pg;

import shawk.store.StoreException;

/** Where a server is, asked anew for each connection: one that the program itself starts may have to be started. */
public interface Place extends AutoCloseable {
    /** The server; it stays for as long as this is not asked again and not closed. */
    CmdbUrl find() throws StoreException;

    /** Lets go of it. */
    @Override
    void close();

    /** A server that somebody else runs. */
    static Place at(CmdbUrl url) {
        return new Place() {
            @Override
            public CmdbUrl find() {
                return url;
            }

            @Override
            public void close() {
                // It is not ours.
            }
        };
    }
}
