package shawk.view.shell;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOError;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jline.builtins.Less;
import org.jline.builtins.Options;
import org.jline.builtins.Source;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import shawk.text.DisplayWidth;

/** What one command says on a terminal: kept until it is over, then shown. Used by one thread. */
final class Pages implements Paper {
    /** What is kept of a command's output. */
    static final int BYTES_MAX = 32 << 20;

    private static final String LEFT_OUT = "… more than 32 MiB: the rest is left out; type fewer fields, or --limit\n";

    private final Terminal terminal;
    private final OutputStream out;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private boolean full;

    Pages(Terminal terminal, OutputStream out) {
        this.terminal = terminal;
        this.out = out;
    }

    private final class Kept extends OutputStream {
        @Override
        public void write(int octet) {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            if (full || kept.size() + length > BYTES_MAX) {
                full = true;
            } else {
                kept.write(bytes, offset, length);
            }
        }
    }

    @Override
    public OutputStream pages() {
        return new Kept();
    }

    @Override
    public OutputStream roll() {
        return out;
    }

    @Override
    public int columns() {
        return terminal.getSize().getColumns();
    }

    @Override
    public boolean terminal() {
        return true;
    }

    /** The command is over: shows what it said. */
    void show(String command) throws IOException {
        if (full) {
            kept.writeBytes(LEFT_OUT.getBytes(StandardCharsets.UTF_8));
        }
        byte[] bytes = kept.toByteArray();
        if (fits(bytes)) {
            out.write(bytes);
            out.flush();
        } else {
            page(command, bytes);
        }
    }

    /** Whether it all stands on the screen, and the next prompt too. */
    private boolean fits(byte[] bytes) {
        int width = Math.max(1, terminal.getSize().getColumns());
        int rows = 0;
        int begin = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n' || i == bytes.length - 1) {
                int cells = DisplayWidth.of(new String(bytes, begin, i - begin, StandardCharsets.UTF_8));
                rows += Math.max(1, (cells + width - 1) / width);
                begin = i + 1;
                if (rows >= terminal.getSize().getRows()) {
                    return false;
                }
            }
        }
        return true;
    }

    private void page(String command, byte[] bytes) throws IOException {
        // Nobody's files are read: neither a configuration nor nano's way of colouring things.
        Options options = Options.compile(Less.usage()).parse(List.of("--ignorercfiles", "--chop-long-lines"));
        Thread reading = Thread.currentThread();
        Terminal.SignalHandler before = terminal.handle(Signal.INT, signal -> reading.interrupt());
        try {
            new Less(terminal, Path.of("/"), options).run(new Text(command, bytes));
        } catch (InterruptedException e) {
            // Ctrl-C is another way to quit.
        } catch (IOError e) {
            // JLine's way to say the same, where a key was waited for.
            if (!(e.getCause() instanceof InterruptedIOException)) {
                throw e;
            }
        } finally {
            terminal.handle(Signal.INT, before);
            Thread.interrupted();
        }
    }

    private record Text(String name, byte[] bytes) implements Source {
        @Override
        public String getName() {
            return name;
        }

        @Override
        public InputStream read() {
            return new ByteArrayInputStream(bytes);
        }

        @Override
        public Long lines() {
            long lines = 0;
            for (byte each : bytes) {
                lines += each == '\n' ? 1 : 0;
            }
            return lines;
        }
    }
}
