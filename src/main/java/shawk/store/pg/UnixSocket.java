package shawk.store.pg;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketImpl;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A connection by a Unix socket with the ways of a {@link Socket}: read time-outs work, {@link #close()} wakes who
 * reads or writes, and an interrupt of a thread closes nothing (a blocking channel would be closed by it). One thread
 * reads, one writes, any closes. What only TCP has is accepted and does nothing.
 */
final class UnixSocket extends Socket {
    /** The server's queue of connections is full, as when it is stopped: tried again for so long. */
    private static final long CONNECT_MILLIS = 10_000;

    private static final long RETRY_MILLIS = 10;

    /** At most so much is handed to the channel at once, which copies it into memory outside of the heap. */
    private static final int CHUNK = 1 << 16;

    private final SocketChannel channel;
    private final Selector readable;
    private final Selector writable;
    private final InputStream in = new Input();
    private final OutputStream out = new Output();
    private volatile boolean closed;
    /** 0 = none. */
    private volatile int readMillis;

    private UnixSocket(SocketChannel channel) throws IOException {
        super((SocketImpl) null);
        this.channel = channel;
        this.readable = Selector.open();
        try {
            this.writable = Selector.open();
        } catch (IOException e) {
            readable.close();
            throw e;
        }
        channel.register(readable, SelectionKey.OP_READ);
        channel.register(writable, SelectionKey.OP_WRITE);
    }

    /** To the server that listens at {@code file}. */
    static UnixSocket connect(Path file) throws IOException {
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(file);
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(CONNECT_MILLIS);
        while (true) {
            SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            try {
                channel.configureBlocking(false);
                // A Unix socket connects at once or, with the server's queue full, not at all: nothing is under way.
                if (channel.connect(address)) {
                    return new UnixSocket(channel);
                }
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
            channel.close();
            if (System.nanoTime() > end) {
                throw new SocketTimeoutException("the server takes no connection at " + file);
            }
            pause();
        }
    }

    private static void pause() throws SocketException {
        try {
            TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SocketException("interrupted while connecting");
        }
    }

    /** Until {@code selector} says so or the time is over; 0 = no limit. An interrupt is kept for the caller. */
    private void await(Selector selector, long endNanos) throws IOException {
        long millis = 0;
        if (endNanos != 0) {
            long left = endNanos - System.nanoTime();
            if (left <= 0) {
                throw new SocketTimeoutException("Read timed out");
            }
            millis = Math.max(1, TimeUnit.NANOSECONDS.toMillis(left));
        }
        boolean interrupted = Thread.interrupted();
        try {
            selector.select(millis);
            selector.selectedKeys().clear();
        } catch (ClosedSelectorException e) {
            throw gone();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static SocketException gone() {
        return new SocketException("Socket closed");
    }

    private int read(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (length == 0) {
            return 0;
        }
        int millis = readMillis;
        long end = millis == 0 ? 0 : System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        ByteBuffer into = ByteBuffer.wrap(bytes, offset, Math.min(length, CHUNK));
        while (!closed) {
            try {
                int count = channel.read(into);
                if (count != 0) {
                    return count;
                }
            } catch (ClosedChannelException e) {
                throw gone();
            }
            await(readable, end);
        }
        throw gone();
    }

    private void write(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        ByteBuffer from = ByteBuffer.wrap(bytes, offset, length);
        int end = offset + length;
        while (from.position() < end) {
            if (closed) {
                throw gone();
            }
            from.limit(Math.min(end, from.position() + CHUNK));
            try {
                if (channel.write(from) == 0) {
                    await(writable, 0);
                }
            } catch (ClosedChannelException e) {
                throw gone();
            }
        }
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        // A channel that selectors know is let go of by them.
        channel.close();
        readable.close();
        writable.close();
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return in;
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return out;
    }

    @Override
    public synchronized void setSoTimeout(int millis) throws SocketException {
        if (millis < 0) {
            throw new IllegalArgumentException("timeout " + millis);
        }
        readMillis = millis;
    }

    @Override
    public synchronized int getSoTimeout() {
        return readMillis;
    }

    @Override
    public boolean isConnected() {
        return true;
    }

    @Override
    public boolean isBound() {
        return true;
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public void shutdownInput() throws IOException {
        channel.shutdownInput();
    }

    @Override
    public void shutdownOutput() throws IOException {
        channel.shutdownOutput();
    }

    @Override
    public synchronized int getSendBufferSize() throws SocketException {
        try {
            return channel.getOption(StandardSocketOptions.SO_SNDBUF);
        } catch (IOException e) {
            throw gone();
        }
    }

    @Override
    public synchronized int getReceiveBufferSize() throws SocketException {
        try {
            return channel.getOption(StandardSocketOptions.SO_RCVBUF);
        } catch (IOException e) {
            throw gone();
        }
    }

    /** The kernel's own sizes are right for what stays on this host. */
    @Override
    public synchronized void setSendBufferSize(int bytes) {}

    @Override
    public synchronized void setReceiveBufferSize(int bytes) {}

    @Override
    public void setTcpNoDelay(boolean on) {}

    @Override
    public boolean getTcpNoDelay() {
        return true;
    }

    @Override
    public void setKeepAlive(boolean on) {}

    @Override
    public boolean getKeepAlive() {
        return false;
    }

    @Override
    public void setSoLinger(boolean on, int seconds) {}

    @Override
    public @Nullable InetAddress getInetAddress() {
        return null;
    }

    @Override
    public InetAddress getLocalAddress() {
        return InetAddress.getLoopbackAddress();
    }

    @Override
    public int getPort() {
        return 0;
    }

    @Override
    public int getLocalPort() {
        return 0;
    }

    @Override
    public @Nullable SocketAddress getRemoteSocketAddress() {
        try {
            return channel.getRemoteAddress();
        } catch (IOException e) {
            return null;
        }
    }

    @Override
    public @Nullable SocketAddress getLocalSocketAddress() {
        return null;
    }

    @Override
    public @Nullable SocketChannel getChannel() {
        return null;
    }

    @Override
    public String toString() {
        return "UnixSocket[" + getRemoteSocketAddress() + "]";
    }

    private final class Input extends InputStream {
        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return UnixSocket.this.read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            return UnixSocket.this.read(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            UnixSocket.this.close();
        }
    }

    private final class Output extends OutputStream {
        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            UnixSocket.this.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            UnixSocket.this.close();
        }
    }
}
