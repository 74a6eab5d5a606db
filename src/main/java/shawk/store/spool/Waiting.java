package shawk.store.spool;

import shawk.store.Batch;

/**
 * A batch that waits for the store.
 *
 * @param sequence its number
 * @param batch what is in it
 */
public record Waiting(long sequence, Batch batch) {}
