/**
 * What is stored of a host: which process talked to whom, minute by minute, and how that is put together out of
 * snapshots. Pure data and folds; a {@link shawk.store.Store} is where it goes. No I/O but in packages below.
 */
@NullMarked
package shawk.store;

import org.jspecify.annotations.NullMarked;
