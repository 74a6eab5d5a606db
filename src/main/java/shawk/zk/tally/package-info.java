/**
 * What messages of ZooKeeper's clients add up to: counts, bytes, errors and latencies by path, operation, client or
 * session. Bounded, and without an object per message. No I/O, no clock, no threads.
 */
@NullMarked
package shawk.zk.tally;

import org.jspecify.annotations.NullMarked;
