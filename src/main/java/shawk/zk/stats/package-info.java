/**
 * What {@code zk stats} counts, and how it is told: counters over windows of time, in the words of their keys. No I/O,
 * no clock, no threads.
 */
@NullMarked
package shawk.zk.stats;

import org.jspecify.annotations.NullMarked;
