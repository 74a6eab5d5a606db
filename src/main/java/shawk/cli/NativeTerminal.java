package shawk.cli;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import shawk.nativelib.NativeException;
import shawk.nativelib.Terminal;
import shawk.view.tui.TerminalControl;

/** The terminal at standard input. Thread-safe. */
final class NativeTerminal implements TerminalControl {
    private static final int STANDARD_INPUT = 0;

    private Terminal.@Nullable State saved;

    @Override
    public Size size() throws IOException {
        try {
            Terminal.Size size = Terminal.size(STANDARD_INPUT);
            return new Size(size.columns(), size.rows());
        } catch (NativeException e) {
            throw failed(e);
        }
    }

    @Override
    public synchronized void raw() throws IOException {
        try {
            Terminal.State before = Terminal.raw(STANDARD_INPUT);
            if (saved == null) {
                saved = before;
            }
        } catch (NativeException e) {
            throw failed(e);
        }
    }

    @Override
    public synchronized void restore() {
        if (saved == null) {
            return;
        }
        try {
            Terminal.restore(STANDARD_INPUT, saved);
        } catch (NativeException e) {
            // The terminal has gone, and with it what there was to restore.
        }
    }

    @Override
    public boolean waitForInput(int millis) throws IOException {
        try {
            return Terminal.waitForInput(STANDARD_INPUT, millis);
        } catch (NativeException e) {
            throw failed(e);
        }
    }

    @Override
    public void suspend() throws IOException {
        try {
            Terminal.suspend();
        } catch (NativeException e) {
            throw failed(e);
        }
    }

    @Override
    public void onSignal(Signal signal, Runnable action) {
        Signals.handle(signal == Signal.SUSPEND ? "TSTP" : "CONT", name -> action.run());
    }

    private static IOException failed(NativeException cause) {
        return new IOException(cause.getMessage(), cause);
    }
}
