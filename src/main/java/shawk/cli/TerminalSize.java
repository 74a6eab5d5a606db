package shawk.cli;

import shawk.nativelib.NativeException;
import shawk.nativelib.Terminal;

/** How wide the terminal at standard output is. */
final class TerminalSize {
    private static final int STANDARD_OUTPUT = 1;

    private TerminalSize() {}

    /** Columns; 0 where it does not tell. */
    static int queryColumns() {
        try {
            return Terminal.size(STANDARD_OUTPUT).columns();
        } catch (NativeException e) {
            return 0;
        }
    }
}
