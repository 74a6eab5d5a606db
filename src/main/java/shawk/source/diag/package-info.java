/** Sockets out of the kernel's inet_diag. */
@NullMarked
package shawk.source.diag;

import org.jspecify.annotations.NullMarked;
