/**
 * The rows of a pivot to an output stream, as a table, JSON, NDJSON or CSV. It neither takes samples nor waits, and
 * knows nothing of where its bytes go.
 */
@NullMarked
package shawk.view.dump;

import org.jspecify.annotations.NullMarked;
