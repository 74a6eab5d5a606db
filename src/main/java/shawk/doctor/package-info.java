/** What of this program works on this host, why the rest does not, and what would bring it: from facts alone. */
@NullMarked
package shawk.doctor;

import org.jspecify.annotations.NullMarked;
