/**
 * The fold: raw samples to snapshots. Identity of connections and processes, direction, owners, rates, life cycle,
 * roll-ups of what has ended.
 *
 * <p>No I/O, no clock, no threads: time comes with the samples. The state is mutable and belongs to one thread; what
 * comes out is immutable.
 */
@NullMarked
package shawk.flow;

import org.jspecify.annotations.NullMarked;
