/** What the programs in the kernel see, held against connections whose truth is known. As root, tagged slow. */
@NullMarked
package shawk.kernel;

import org.jspecify.annotations.NullMarked;
