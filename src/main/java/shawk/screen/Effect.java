package shawk.screen;

import java.util.List;
import shawk.field.Field;

/** What the screen asks the world outside to do. */
public sealed interface Effect {
    /**
     * Ends the monitor.
     *
     * @param leaveFrame whether the last frame stays behind on the terminal
     */
    record Quit(boolean leaveFrame) implements Effect {}

    /** Asks for samples at another interval. */
    record SetInterval(long millis) implements Effect {}

    /** Stops the program as Ctrl-Z does in a shell. */
    record Suspend() implements Effect {}

    /** Keeps the columns of a view for later runs. */
    record SaveColumns(View view, List<Field> columns) implements Effect {
        public SaveColumns {
            columns = List.copyOf(columns);
        }
    }

    /** Draws everything anew, whatever is believed to be on the terminal. */
    record Redraw() implements Effect {}

    /** The terminal is to report the mouse, or not any more. */
    record ReportMouse(boolean on) implements Effect {}

    /** Goes through time. */
    record Travel(TimeCommand command) implements Effect {}

    /** Other colours from now on. */
    record Recolour(Theme theme) implements Effect {}
}
