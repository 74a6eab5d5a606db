package shawk.cli;

import java.io.IOException;
import shawk.view.shell.ShellTerminal;
import shawk.view.tui.TerminalControl;

/** The terminal at standard input, for the prompt. Thread-safe. */
final class PromptTerminal implements ShellTerminal {
    private final NativeTerminal terminal = new NativeTerminal();

    @Override
    public Extent extent() throws IOException {
        TerminalControl.Size size = terminal.size();
        return new Extent(size.columns(), size.rows());
    }

    @Override
    public void raw() throws IOException {
        terminal.raw();
    }

    @Override
    public void restore() {
        terminal.restore();
    }

    @Override
    public void suspend() throws IOException {
        terminal.suspend();
    }

    @Override
    public void onResize(Runnable action) {
        Signals.handle("WINCH", name -> action.run());
    }
}
