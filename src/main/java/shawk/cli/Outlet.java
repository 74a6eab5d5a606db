package shawk.cli;

import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Where a command's output goes, and what ends it early.
 *
 * @param out takes the bytes
 * @param terminal whether a person reads them there
 * @param columns width of that terminal; 0 = it is none
 * @param stops says when the run is to end; null = the command takes the signals over itself
 */
record Outlet(
        OutputStream out,
        boolean terminal,
        int columns,
        @Nullable Stops stops) {}
