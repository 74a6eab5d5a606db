/**
 * The store in PostgreSQL: where it is, how it is connected to, its scheme, writing, looking after it, reading by hand.
 * The only user of JDBC. Of time it knows what batches say and what the server's clock says.
 */
@NullMarked
package shawk.store.pg;

import org.jspecify.annotations.NullMarked;
