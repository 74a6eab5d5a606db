package shawk.view.shell;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.EnumSet;
import org.jline.terminal.Attributes;
import org.jline.terminal.Attributes.ControlChar;
import org.jline.terminal.Attributes.InputFlag;
import org.jline.terminal.Attributes.LocalFlag;
import org.jline.terminal.Attributes.OutputFlag;
import org.jline.terminal.Size;
import org.jline.terminal.Sized;
import org.jline.terminal.spi.Pty;
import org.jline.terminal.spi.SystemStream;
import org.jline.terminal.spi.TerminalProvider;
import org.jline.utils.NonCloseableInputStream;
import org.jline.utils.NonCloseableOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The terminal as JLine wants it, by the calls that the monitor makes too. JLine's own ways run {@code stty} and
 * {@code infocmp} from the caller's PATH, or load a library of its own: neither is for a program that runs as root. Of
 * all settings it knows two states: raw, and as it was.
 */
final class TerminalPty implements Pty {
    private static final int COLUMNS = 80;
    private static final int ROWS = 24;

    private final ShellTerminal terminal;
    private final InputStream in;
    private final OutputStream out;
    private Attributes attributes = cooked();

    TerminalPty(ShellTerminal terminal, InputStream in, OutputStream out) {
        this.terminal = terminal;
        this.in = new NonCloseableInputStream(in);
        this.out = new NonCloseableOutputStream(out);
    }

    private static Attributes cooked() {
        Attributes cooked = new Attributes();
        cooked.setInputFlags(EnumSet.of(InputFlag.ICRNL, InputFlag.IXON), true);
        cooked.setOutputFlags(EnumSet.of(OutputFlag.OPOST, OutputFlag.ONLCR), true);
        cooked.setLocalFlags(EnumSet.of(LocalFlag.ICANON, LocalFlag.ECHO, LocalFlag.ISIG, LocalFlag.IEXTEN), true);
        cooked.setControlChar(ControlChar.VINTR, 'C' - '@');
        cooked.setControlChar(ControlChar.VQUIT, '\\' - '@');
        cooked.setControlChar(ControlChar.VEOF, 'D' - '@');
        cooked.setControlChar(ControlChar.VSUSP, 'Z' - '@');
        cooked.setControlChar(ControlChar.VERASE, 0x7f);
        return cooked;
    }

    @Override
    public InputStream getMasterInput() {
        throw new UnsupportedOperationException();
    }

    @Override
    public OutputStream getMasterOutput() {
        throw new UnsupportedOperationException();
    }

    @Override
    public InputStream getSlaveInput() {
        return in;
    }

    @Override
    public OutputStream getSlaveOutput() {
        return out;
    }

    @Override
    public synchronized Attributes getAttr() {
        return new Attributes(attributes);
    }

    @Override
    public synchronized void setAttr(Attributes wanted) throws IOException {
        attributes = new Attributes(wanted);
        if (wanted.getLocalFlag(LocalFlag.ICANON)) {
            terminal.restore();
        } else {
            terminal.raw();
        }
    }

    @Override
    public Size getSize() throws IOException {
        ShellTerminal.Extent extent = terminal.extent();
        return Size.of(extent.columns() > 0 ? extent.columns() : COLUMNS, extent.rows() > 0 ? extent.rows() : ROWS);
    }

    @Override
    public void setSize(Sized size) {
        // The terminal has the size that it has.
    }

    @Override
    public SystemStream getSystemStream() {
        return SystemStream.Output;
    }

    @Override
    public @Nullable TerminalProvider getProvider() {
        return null;
    }

    @Override
    public void close() {
        terminal.restore();
    }
}
