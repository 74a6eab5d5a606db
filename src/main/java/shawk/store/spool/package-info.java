/**
 * Batches on disk until they are stored: a folder of append-only segments that survives a kill at any moment, a full
 * disk and any content. Beneath a small port to the file system.
 */
@NullMarked
package shawk.store.spool;

import org.jspecify.annotations.NullMarked;
