package shawk.screen;

import java.util.List;
import shawk.field.Field;
import shawk.model.ProcessId;
import shawk.model.SafeText;

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
    record SaveColumns(View view, List<Field> columns) implements Act {
        public SaveColumns {
            columns = List.copyOf(columns);
        }
    }

    /** Draws everything anew, whatever is believed to be on the terminal. */
    record Redraw() implements Effect {}

    /** The terminal is to report the mouse, or not any more. */
    record ReportMouse(boolean on) implements Effect {}

    /** What runs in the kernel is measured from now on, or not any more. */
    record Statistics(boolean on) implements Effect {}

    /** Goes through time. */
    record Travel(TimeCommand command) implements Effect {}

    /** Other colours from now on. */
    record Recolour(Theme theme) implements Effect {}

    /**
     * A text for the clipboard of the terminal.
     *
     * @param text harmless, its cells divided by tabs
     */
    record Copy(String text) implements Effect {}

    /** What takes time, or may fail, and is done elsewhere: {@link Acts}. */
    sealed interface Act extends Effect {}

    /** Stores the newest snapshot in the CMDB. */
    record Flush() implements Act {}

    /**
     * Writes rows into a new file.
     *
     * @param file its name
     * @param form {@code json}, {@code csv} or {@code txt}
     */
    record Export(String file, String form, Shown shown) implements Act {}

    /**
     * Kills connections.
     *
     * @param of the row that they are of
     */
    record KillConnections(String of, List<Victim> victims) implements Act {
        public KillConnections {
            victims = List.copyOf(victims);
        }
    }

    /** Sends a process a signal. */
    record SignalProcess(ProcessId process, SafeText name, String signal, int number) implements Act {}
}
