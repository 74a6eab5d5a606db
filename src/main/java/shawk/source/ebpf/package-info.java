/** Programs in the kernel as a source: what lives, what begins and what ends, with its owner. */
@NullMarked
package shawk.source.ebpf;

import org.jspecify.annotations.NullMarked;
