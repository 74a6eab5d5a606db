/**
 * Events of single connections to an output stream, as text, JSON, NDJSON or CSV. It neither reads events nor waits,
 * and knows nothing of where its bytes go.
 */
@NullMarked
package shawk.view.events;

import org.jspecify.annotations.NullMarked;
