package shawk.view.tui;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;

/** A terminal in memory: records what is done to it and in which order, and hands out what a test types. */
final class FakeTerminal implements TerminalControl {
    private static final byte[] END = new byte[0];

    /** {@code raw}, {@code restore}, {@code suspend}, and {@code write} for each write call. */
    final List<String> calls = new CopyOnWriteArrayList<>();

    final Map<Signal, Runnable> handlers = new ConcurrentHashMap<>();
    volatile Size size = new Size(80, 24);
    volatile boolean broken;
    volatile boolean stuck;
    private final LinkedBlockingDeque<byte[]> typed = new LinkedBlockingDeque<>();
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    void type(String text) {
        typed.add(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The other end closes. */
    void hangUp() {
        typed.add(END);
    }

    String written() {
        synchronized (written) {
            return written.toString(StandardCharsets.UTF_8);
        }
    }

    int writes() {
        return (int) calls.stream().filter("write"::equals).count();
    }

    /** Waits until something is so. */
    static void await(String what, java.util.function.BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("never: " + what);
            }
            Thread.onSpinWait();
        }
    }

    @Override
    public Size size() {
        return size;
    }

    @Override
    public void raw() {
        calls.add("raw");
    }

    @Override
    public void restore() {
        calls.add("restore");
    }

    @Override
    public boolean waitForInput(int millis) throws IOException {
        try {
            byte[] first = typed.poll(millis, TimeUnit.MILLISECONDS);
            if (first != null) {
                typed.addFirst(first);
            }
            return first != null;
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void suspend() {
        calls.add("suspend");
    }

    @Override
    public void onSignal(Signal signal, Runnable action) {
        handlers.put(signal, action);
    }

    InputStream in() {
        return new InputStream() {
            @Override
            public int read() {
                throw new UnsupportedOperationException();
            }

            @Override
            public int read(byte[] into) {
                byte[] next = typed.remove();
                System.arraycopy(next, 0, into, 0, next.length);
                return next == END ? -1 : next.length;
            }
        };
    }

    OutputStream out() {
        return new OutputStream() {
            @Override
            public void write(int octet) {
                throw new UnsupportedOperationException("byte by byte");
            }

            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                calls.add("write");
                while (stuck) {
                    Thread.onSpinWait();
                }
                if (broken) {
                    throw new IOException("Input/output error");
                }
                synchronized (written) {
                    written.write(bytes, from, length);
                }
            }
        };
    }
}
