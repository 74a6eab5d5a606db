/** Decoders fed with hostile bytes. */
@NullMarked
package shawk.fuzz;

import org.jspecify.annotations.NullMarked;
