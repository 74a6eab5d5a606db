package shawk.store.flush;

import shawk.store.Store;
import shawk.store.StoreException;

/** Where a store comes from. Used by one thread; may take as long as time-outs of connections allow. */
@FunctionalInterface
public interface StoreOpener {
    /** A store, or why there is none now. */
    Store open() throws StoreException;
}
