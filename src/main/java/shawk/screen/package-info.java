/**
 * The monitor without a terminal: state of the screen, what a key does to it, and the drawing of a snapshot into a grid
 * of cells. No I/O, no threads, no clock; {@link shawk.screen.SampleFeed} is the one port that is called from it.
 */
@NullMarked
package shawk.screen;

import org.jspecify.annotations.NullMarked;
