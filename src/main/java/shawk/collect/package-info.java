/** The duty cycle: poll a source, fold, publish a snapshot. */
@NullMarked
package shawk.collect;

import org.jspecify.annotations.NullMarked;
