package shawk.cli;

import shawk.store.Store;
import shawk.store.StoreException;
import shawk.store.local.Access;

/** The CMDB as a flusher opens it. */
final class Stores {
    private Stores() {}

    /** The store of {@code cmdb}; an embedded server that cannot be had is a refusal, since somebody has to act. */
    static Store open(CmdbChoice cmdb) throws StoreException {
        try {
            return cmdb.open(Access.WRITE).store();
        } catch (Failure e) {
            throw new StoreException(StoreException.Kind.REFUSED, e.line(), e);
        }
    }
}
