/**
 * From captured packets to the bytes that two programs exchanged: link, IP and TCP headers, streams put together again.
 * What the bytes mean is a {@link shawk.tcp.Conversation}'s matter. No I/O, no clock, no threads.
 */
@NullMarked
package shawk.tcp;

import org.jspecify.annotations.NullMarked;
