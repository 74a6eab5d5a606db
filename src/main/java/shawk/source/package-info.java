/** Ports and adapters to what the kernel shows: a source reads a raw sample, and nothing else. */
@NullMarked
package shawk.source;

import org.jspecify.annotations.NullMarked;
