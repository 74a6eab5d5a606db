/** Packets of an interface or a capture file, by libpcap. What is in them is {@link shawk.tcp}'s matter. */
@NullMarked
package shawk.source.pcap;

import org.jspecify.annotations.NullMarked;
