/**
 * The embedded PostgreSQL: where its data live, as whom it runs, how it is started, shared and stopped. SQL is not
 * spoken here, but for the few statements that found the database.
 */
@NullMarked
package shawk.store.local;

import org.jspecify.annotations.NullMarked;
