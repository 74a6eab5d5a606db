/** The CMDB in PostgreSQL. The only package that knows JDBC. */
@NullMarked
package shawk.store.pg;

import org.jspecify.annotations.NullMarked;
