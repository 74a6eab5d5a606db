/** Recordings as a source of samples. */
@NullMarked
package shawk.source.replay;

import org.jspecify.annotations.NullMarked;
