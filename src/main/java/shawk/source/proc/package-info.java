/** Sockets out of procfs alone. */
@NullMarked
package shawk.source.proc;

import org.jspecify.annotations.NullMarked;
