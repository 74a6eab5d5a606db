/** The program as a user has it: in a real terminal, on real sockets. */
@NullMarked
package shawk.e2e;

import org.jspecify.annotations.NullMarked;
