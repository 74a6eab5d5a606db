package shawk.view.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a client: reads a head, answers, reads the next one. It takes and gives what there is and never
 * waits. Used by the server's thread.
 */
final class Exchange {
    /** What it does with the connection. */
    private enum State {
        READING,
        WRITING,
        /** The answer is out and the client is still sending: a close would take the answer from it. */
        LINGERING
    }

    private static final int FIRST_BYTES = 1_024;
    /** Of what comes behind the end. */
    private static final int LINGER_BYTES = 1 << 18;

    private final SocketChannel channel;
    private final SelectionKey key;
    private final HttpLimits limits;
    private final Answers answers;
    private final InetSocketAddress local;
    private byte[] input = new byte[FIRST_BYTES];
    private int length;
    private State state = State.READING;
    private ByteBuffer @Nullable [] output;
    private boolean last;
    private int answered;
    private int lingered;
    private long sinceNanos;

    /** {@code key} is that of {@code channel}, interested in reading. */
    Exchange(SocketChannel channel, SelectionKey key, HttpLimits limits, Answers answers, long nanos)
            throws IOException {
        this.channel = channel;
        this.key = key;
        this.limits = limits;
        this.answers = answers;
        this.local = (InetSocketAddress) channel.getLocalAddress();
        this.sinceNanos = nanos;
    }

    /** The channel can be read or written; whether the connection goes on. */
    boolean ready(ByteBuffer scratch, long nanos) throws IOException {
        if (state == State.WRITING) {
            return write(nanos) && answerNext(nanos);
        }
        scratch.clear();
        int read = channel.read(scratch);
        if (read < 0) {
            return false;
        }
        if (state == State.LINGERING) {
            lingered += read;
            return lingered <= LINGER_BYTES;
        }
        if (length == 0 && read > 0) {
            sinceNanos = nanos;
        }
        take(scratch.flip());
        return answerNext(nanos);
    }

    private void take(ByteBuffer bytes) {
        // No more than a head and what came with it: what follows waits in the kernel.
        int read = bytes.remaining();
        if (length + read > input.length) {
            input = Arrays.copyOf(input, Math.max(length + read, 2 * input.length));
        }
        bytes.get(input, length, read);
        length += read;
    }

    /** Answers what is there in full; whether the connection goes on. */
    private boolean answerNext(long nanos) throws IOException {
        while (state == State.READING) {
            RequestParser.Parsed parsed = RequestParser.parse(input, length);
            if (parsed instanceof RequestParser.Parsed.Complete complete) {
                Request request = complete.request();
                System.arraycopy(input, complete.length(), input, 0, length - complete.length());
                length -= complete.length();
                Response response = answered(request);
                boolean goesOn = request.keepsAlive() && !request.hasBody() && ++answered < limits.requests();
                answer(response, request.method().equals("HEAD"), goesOn, nanos);
            } else if (parsed instanceof RequestParser.Parsed.Bad bad) {
                answer(Response.bad(bad.status()), false, false, nanos);
            } else {
                return true;
            }
            if (!write(nanos)) {
                return false;
            }
        }
        return true;
    }

    /** Who asked is answered whatever becomes of it, and so is the next one. */
    private Response answered(Request request) {
        try {
            return answers.answer(request, local);
        } catch (RuntimeException | Error e) {
            answers.failed(e);
            return Response.refused(
                    500, "a fault of this program: " + e.getClass().getSimpleName());
        }
    }

    private void answer(Response response, boolean headOnly, boolean goesOn, long nanos) {
        byte[] head = response.head(goesOn);
        output = headOnly
                ? new ByteBuffer[] {ByteBuffer.wrap(head)}
                : new ByteBuffer[] {ByteBuffer.wrap(head), ByteBuffer.wrap(response.body())};
        last = !goesOn;
        state = State.WRITING;
        sinceNanos = nanos;
    }

    /** Whether the connection goes on. */
    private boolean write(long nanos) throws IOException {
        ByteBuffer[] buffers = output;
        if (buffers != null) {
            channel.write(buffers);
            if (buffers[buffers.length - 1].hasRemaining()) {
                key.interestOps(SelectionKey.OP_WRITE);
                return true;
            }
        }
        output = null;
        key.interestOps(SelectionKey.OP_READ);
        sinceNanos = nanos;
        if (last) {
            channel.shutdownOutput();
            state = State.LINGERING;
            return true;
        }
        state = State.READING;
        return true;
    }

    /** Whether it has kept the server waiting for too long. */
    boolean isLate(long nanos) {
        long most =
                switch (state) {
                    case READING -> length == 0 ? limits.idleNanos() : limits.headNanos();
                    case WRITING -> limits.answerNanos();
                    case LINGERING -> limits.lingerNanos();
                };
        return nanos - sinceNanos > most;
    }

    /** Since when it keeps the server waiting; those whose answer is under way are the last to be let go. */
    long waitingSince() {
        return state == State.WRITING ? sinceNanos + limits.answerNanos() : sinceNanos;
    }

    void close() {
        key.cancel();
        try {
            channel.close();
        } catch (IOException e) {
            // It is gone either way.
        }
    }
}
