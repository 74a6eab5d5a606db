/**
 * Who depends on whom, out of what hosts have stored: what is asked for, how the observations of both sides become
 * edges, the walk from edge to edge, and the texts that show it. Pure: an {@link shawk.look.Observations} asks the
 * store.
 */
@NullMarked
package shawk.look;

import org.jspecify.annotations.NullMarked;
