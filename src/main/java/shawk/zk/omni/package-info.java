/**
 * All protocols of an ensemble at once: which port speaks which is learned from what its servers tell each other. No
 * I/O, no clock, no threads.
 */
@NullMarked
package shawk.zk.omni;

import org.jspecify.annotations.NullMarked;
