package shawk.tcp;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A conversation that writes down what it is told. */
final class Heard implements Conversation {
    /** One that takes all bytes; {@code framed}: whole frames only, each a length of one byte and as many bytes. */
    static final class All implements Conversations {
        final List<Heard> opened = new ArrayList<>();
        private final boolean framed;

        All(boolean framed) {
            this.framed = framed;
        }

        @Override
        public Conversation open(Connection connection, boolean whole, ByteLedger ledger, long micros) {
            Heard heard = new Heard(connection, whole, ledger, framed);
            opened.add(heard);
            return heard;
        }

        @Override
        public boolean isServerPort(int port) {
            return port == 2181;
        }
    }

    final Connection connection;
    final boolean whole;
    final ByteArrayOutputStream[] bytes = {new ByteArrayOutputStream(), new ByteArrayOutputStream()};

    /** Texts of what came, {@code >} to the server; gaps as {@code [n]}. */
    final StringBuilder log = new StringBuilder();

    /** Bytes that are missing of each direction. */
    final long[] missing = new long[2];

    final List<Long> times = new ArrayList<>();
    private final ByteLedger ledger;
    private final boolean framed;
    End ended;

    Heard(Connection connection, boolean whole, ByteLedger ledger, boolean framed) {
        this.connection = connection;
        this.whole = whole;
        this.ledger = ledger;
        this.framed = framed;
    }

    @Override
    public int take(boolean toServer, byte[] source, int from, int to, long micros) {
        if (ended != null || from >= to) {
            throw new IllegalStateException("bytes after the end, or none");
        }
        int done = from;
        while (framed && done < to && to - done > (source[done] & 255)) {
            done += 1 + (source[done] & 255);
        }
        int n = framed ? done - from : to - from;
        ledger.decoded += n;
        bytes[toServer ? 1 : 0].write(source, from, n);
        times.add(micros);
        log.append(toServer ? '>' : '<')
                .append(new String(source, from, n, StandardCharsets.ISO_8859_1))
                .append(' ');
        return n;
    }

    @Override
    public void gap(boolean toServer, long length, long micros) {
        if (ended != null || length < 0) {
            throw new IllegalStateException("a gap after the end, or of less than nothing");
        }
        missing[toServer ? 1 : 0] += length;
        log.append(toServer ? '>' : '<').append('[').append(length).append("] ");
    }

    @Override
    public void end(End end, long micros) {
        if (ended != null) {
            throw new IllegalStateException("ended twice");
        }
        ended = end;
        log.append(end);
    }

    @Override
    public String toString() {
        return (whole ? "" : "~") + connection.client() + ' ' + log.toString().strip();
    }
}
