/**
 * The monitor on a terminal: Lanterna's terminal and screen layers under the grid that {@link shawk.screen} draws. The
 * terminal's settings, its size and its input are behind {@link shawk.view.tui.TerminalControl}; nothing here runs a
 * program or looks for one.
 */
@NullMarked
package shawk.view.tui;

import org.jspecify.annotations.NullMarked;
