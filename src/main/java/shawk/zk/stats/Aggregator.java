package shawk.zk.stats;

import java.nio.charset.StandardCharsets;
import shawk.tcp.Connection;
import shawk.zk.proto.Kind;
import shawk.zk.proto.Message;
import shawk.zk.proto.MessageSink;
import shawk.zk.tally.RequestNames;
import shawk.zk.tally.Tally;

/**
 * Counts messages by operation, path, client and user, over windows of a minute. A message whose key is known allocates
 * nothing. Used by one thread; {@link #snapshot} hands out what any thread may read.
 */
public final class Aggregator implements MessageSink {
    /** A time that is not known yet: it begins with the first message. */
    public static final long FIRST_MESSAGE = 0;

    private static final byte[] ROOT = {'/'};
    private static final byte[] NOBODY = {};
    private static final byte[] NO_AUTH = "noauth".getBytes(StandardCharsets.US_ASCII);
    /** Number of an error for which there was no room. */
    static final int OTHER_ERROR = Integer.MIN_VALUE;

    private final StatsOptions options;
    private final Operations operations = new Operations();
    private final Clients clients = new Clients();
    private final CountTable errors = new CountTable(Limits.ERRORS + Limits.OPERATIONS, false);
    private final byte[] address = new byte[2 * Long.BYTES];
    private final Windows windows;
    private Keyed keyed;
    private long notes;
    private long random;

    /**
     * Empty.
     *
     * @param micros the time now, in microseconds since the epoch, or {@link #FIRST_MESSAGE}
     * @param seed of the choice that sampling makes
     */
    public Aggregator(StatsOptions options, long micros, long seed) {
        this.options = options;
        this.keyed = new Keyed(options.bytes());
        keyed.beginMinute();
        this.windows = new Windows(micros, operations);
        this.random = seed | 1;
    }

    /** What is told before anything is counted. */
    public static StatsSnapshot empty() {
        return new Aggregator(StatsOptions.DEFAULT, FIRST_MESSAGE, 1).snapshot(FIRST_MESSAGE, Capture.NONE);
    }

    /** It is {@code micros} by now: windows that are over are closed. */
    public void advance(long micros) {
        if (micros >= windows.nextMicros()) {
            keyed = windows.advance(micros, keyed, errors, clients);
        } else if (micros < windows.nextMicros() - Windows.BACK_MICROS) {
            windows.restart(micros, keyed, errors);
        }
    }

    /** What there is at {@code micros}. */
    public StatsSnapshot snapshot(long micros, Capture capture) {
        advance(micros);
        if (capture.over()) {
            windows.end(micros);
        }
        return windows.snapshot(micros, options, keyed, errors, clients.view(), notes, capture);
    }

    @Override
    public void message(Message message) {
        advance(message.micros);
        switch (message.kind) {
            case REQUEST -> request(message);
            case REPLY -> reply(message);
            case EVENT -> event(message);
            case FOUR_LETTER -> fourLetterWord(message);
            case NOTE -> notes++;
            default -> {}
        }
    }

    @Override
    public void unanswered(Message request, Unanswered why, long micros) {
        advance(micros);
        if (request.kind == Kind.REQUEST && counts(request.op)) {
            operations.request(request.op).columns[OpRow.UNANSWERED + why.ordinal()]++;
        }
    }

    private boolean counts(String op) {
        return options.pings() || !op.equals("ping");
    }

    private void request(Message message) {
        Connection connection = message.connection;
        if (connection == null) {
            return;
        }
        Clients.Client client = clients.find(connection, message.micros);
        if (!counts(message.op)) {
            return;
        }
        OpRow row = operations.request(message.op);
        long size = Math.max(0, message.size);
        row.columns[OpRow.COUNT]++;
        row.columns[OpRow.BYTES] += size;
        Operation key = row.key;
        byte[] credential = client.credential;
        switch (message.op) {
            case "connect" -> {
                clients.loggedIn(client, NOBODY);
                key = variant(row, RequestNames.isReconnect(message));
            }
            case "create", "create2" -> key = variant(row, RequestNames.isEphemeral(message));
            case "auth" -> {
                credential = Requests.credential(message);
                clients.loggedIn(client, credential);
            }
            default -> {}
        }
        if (isSampled()) {
            int path = message.op.equals("auth") ? namedPath(credential) : path(message);
            keyed(key, path, client, connection, size, Requests.leavesWatch(message));
        }
        if (message.op.equals("closeSession")) {
            clients.forget(connection);
        }
    }

    private static Operation variant(OpRow row, boolean does) {
        return does && row.variant != null ? row.variant : row.key;
    }

    private void keyed(
            Operation key, int path, Clients.Client client, Connection connection, long size, boolean watch) {
        if (client.address < 0) {
            client.address = number(connection);
        }
        if (client.user < 0) {
            byte[] user = client.credential.length == 0 ? NO_AUTH : client.credential;
            client.user = keyed.users.number(user, 0, user.length);
        }
        keyed.count(key.index(), path, client.address, client.user, size);
        if (watch && key.sort() == Operation.Sort.READ) {
            keyed.count(Operations.WATCHES, path, client.address, client.user, 0);
        }
    }

    private int number(Connection connection) {
        for (int i = 0; i < Long.BYTES; i++) {
            address[i] = (byte) (connection.clientHigh() >>> 56 - 8 * i);
            address[Long.BYTES + i] = (byte) (connection.clientLow() >>> 56 - 8 * i);
        }
        return keyed.addresses.number(address, 0, address.length);
    }

    private int path(Message message) {
        if (message.pathFrom >= 0 && message.pathLength > 0) {
            return path(message.bytes, message.pathFrom, message.pathLength);
        }
        int first = message.op.equals("multi") || message.op.equals("multiRead") ? Requests.firstPath(message) : -1;
        return first < 0
                ? path(ROOT, 0, ROOT.length)
                : path(message.bytes, first, Requests.word(message, first - Integer.BYTES, 0));
    }

    /** What ZKTraffic does to see who logs in. */
    private int namedPath(byte[] credential) {
        byte[] name = new byte[credential.length + 1];
        name[0] = '/';
        System.arraycopy(credential, 0, name, 1, credential.length);
        return path(name, 0, name.length);
    }

    private int path(byte[] bytes, int from, int whole) {
        int length = Math.min(whole, Limits.NAME_BYTES);
        int names = 0;
        for (int i = 1; options.depth() > 0 && i < length; i++) {
            if (bytes[from + i] == '/' && ++names == options.depth()) {
                length = i;
            }
        }
        return keyed.paths.number(bytes, from, length);
    }

    private boolean isSampled() {
        if (options.sampling() == 1) {
            return true;
        }
        random ^= random << 13;
        random ^= random >>> 7;
        random ^= random << 17;
        return (random >>> 11) * 0x1p-53 < options.sampling();
    }

    private void reply(Message message) {
        Message request = message.request;
        String op = request == null ? message.op : request.op;
        if (!counts(op)) {
            return;
        }
        OpRow row = operations.request(op);
        row.columns[OpRow.REPLIES]++;
        row.columns[OpRow.REPLY_BYTES] += Math.max(0, message.size);
        latency(row, message);
        if (Tally.hasFailed(message)) {
            row.columns[OpRow.ERRORS]++;
            int error = message.error != 0 && message.error != Message.ABSENT
                    ? (int) message.error
                    : Requests.multiError(message);
            countError(row, error);
            Connection connection = message.connection;
            if (op.equals("auth") && connection != null) {
                clients.loggedIn(clients.find(connection, message.micros), NOBODY);
            }
        }
    }

    private void latency(OpRow row, Message message) {
        if (message.latencyMicros != Message.ABSENT) {
            row.latency(message.latencyMicros);
            windows.history().latency(message.latencyMicros);
        }
    }

    private void countError(OpRow row, int error) {
        long key = (long) row.index << 32 | error & 0xffff_ffffL;
        boolean room = errors.size() < Limits.ERRORS || errors.has(key);
        errors.count(room ? key : (long) row.index << 32 | OTHER_ERROR & 0xffff_ffffL, 0);
    }

    private void event(Message message) {
        OpRow row = operations.event(message.op);
        row.columns[OpRow.COUNT]++;
        row.columns[OpRow.BYTES] += Math.max(0, message.size);
        if (isSampled()) {
            keyed.countPath(row.key.index(), path(message), Math.max(0, message.size));
        }
    }

    private void fourLetterWord(Message message) {
        OpRow row = operations.fourLetterWord(message.op);
        int column = message.toServer ? OpRow.COUNT : OpRow.REPLIES;
        row.columns[column]++;
        row.columns[column == OpRow.COUNT ? OpRow.BYTES : OpRow.REPLY_BYTES] += Math.max(0, message.size);
        if (!message.toServer && message.latencyMicros != Message.ABSENT) {
            row.latency(message.latencyMicros);
        }
    }
}
