/** Batches from whoever makes them into the spool, and from there into the store, on threads of their own. */
@NullMarked
package shawk.store.flush;

import org.jspecify.annotations.NullMarked;
