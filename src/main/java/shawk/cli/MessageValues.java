package shawk.cli;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import shawk.expr.ExprException;
import shawk.expr.RecordFilter;
import shawk.field.Field;
import shawk.field.KeyField;
import shawk.field.MeasureField;
import shawk.model.Address;
import shawk.model.RawText;
import shawk.model.SafeText;
import shawk.model.SocketTable;
import shawk.tcp.Connection;
import shawk.zk.proto.ErrorCodes;
import shawk.zk.proto.Message;
import shawk.zk.proto.OpNames;
import shawk.zk.proto.ZabPackets;
import shawk.zk.tally.Tally;

/**
 * The fields of a message, as a filter asks for them. What a reply does not have itself its request has. Used by one
 * thread.
 */
final class MessageValues implements RecordFilter.Values {
    private static final int OK = 0;
    /** Bytes in front of each result of a multi. */
    private static final int HEADER = 9;

    private static final List<Integer> ERRORS = errors();
    private static final KeyField OP = key("op", KeyField.Type.TEXT, "operation, in the protocol's words: create2");
    private static final KeyField PATH = key("path", KeyField.Type.TEXT, "path of the node; of a multi the first one");
    private static final KeyField CLIENT = key("client", KeyField.Type.ADDRESS, "who asked, with or without the port");
    private static final KeyField CLIENT_PORT = key("client_port", KeyField.Type.PORT, "the client's port");
    private static final KeyField SERVER = key("server", KeyField.Type.ADDRESS, "who was asked, the same way");
    private static final KeyField SERVER_PORT = key("server_port", KeyField.Type.PORT, "the server's port");
    private static final KeyField SESSION = key("session", KeyField.Type.HEX, "session of the connection");
    private static final KeyField ERROR = new KeyField(
            "error",
            "ERROR",
            KeyField.Type.ENUM,
            errorNames(),
            false,
            KeyField.Rollup.NONE,
            16,
            (snapshot, row) -> SocketTable.ABSENT,
            (snapshot, row) -> 0,
            "name or number of a reply's error; Ok of all else");
    private static final KeyField XID = key("xid", KeyField.Type.NUMBER, "number that the client gave its request");
    private static final KeyField ZXID = key("zxid", KeyField.Type.HEX, "transaction that a reply is from");
    private static final MeasureField LATENCY =
            measure("latency", MeasureField.Unit.MICROS, "time from a request to its reply");
    private static final MeasureField SIZE = measure("size", MeasureField.Unit.BYTES, "length of the message");

    private static final List<Field> VOCABULARY =
            List.of(OP, PATH, CLIENT, CLIENT_PORT, SERVER, SERVER_PORT, SESSION, ERROR, LATENCY, SIZE, XID, ZXID);
    private static final List<KeyField> WORDS = List.of(OP, PATH, CLIENT, CLIENT_PORT, SERVER, SERVER_PORT);

    private static final List<Field> OF_REPLIES = List.of(ERROR, LATENCY, ZXID, SIZE);

    private Message message = new Message();

    private MessageValues() {}

    /** The filter that {@code text} is; it looks at one message after the other. */
    static Predicate<Message> parse(String text) throws ExprException {
        RecordFilter filter = filter(text).check(OP, OpNames.ALL, OpNames::mayBe);
        MessageValues values = new MessageValues();
        return message -> {
            values.message = message;
            return filter.matches(values);
        };
    }

    private static RecordFilter filter(String text) throws ExprException {
        return RecordFilter.parse(text, VOCABULARY, WORDS, "a message");
    }

    /**
     * Whether what is asked for may be known, or be another, only when the reply is there.
     *
     * @param text what {@link #parse} takes; blank = nothing is asked for
     */
    static boolean asksReplies(String text) {
        try {
            return !text.isBlank() && filter(text).asks(OF_REPLIES);
        } catch (ExprException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    /** The fields that a filter may ask for. */
    static List<Field> vocabulary() {
        return VOCABULARY;
    }

    private static KeyField key(String id, KeyField.Type type, String help) {
        return new KeyField(
                id,
                id.toUpperCase(Locale.ROOT),
                type,
                List.of(),
                false,
                KeyField.Rollup.NONE,
                16,
                (snapshot, row) -> SocketTable.ABSENT,
                (snapshot, row) -> 0,
                help);
    }

    private static MeasureField measure(String id, MeasureField.Unit unit, String help) {
        return new MeasureField(
                id,
                id.toUpperCase(Locale.ROOT),
                unit,
                MeasureField.Rollup.NONE,
                8,
                (snapshot, row) -> Double.NaN,
                (snapshot, row) -> 1,
                true,
                help);
    }

    private static List<Integer> errors() {
        List<Integer> named = new ArrayList<>();
        for (int error = OK; error >= -200; error--) {
            if (!ErrorCodes.name(error).startsWith("error")) {
                named.add(error);
            }
        }
        return List.copyOf(named);
    }

    private static List<String> errorNames() {
        List<String> names = new ArrayList<>();
        ERRORS.forEach(error -> names.add(ErrorCodes.name(error) + "|" + error));
        names.add("other");
        return names;
    }

    @Override
    public @Nullable SafeText text(KeyField field) {
        if (field.equals(OP)) {
            return message.op.isEmpty() ? null : SafeText.of(message.op);
        }
        Message about = message.withPath();
        return about.pathFrom < 0
                ? null
                : SafeText.of(RawText.of(ByteBuffer.wrap(about.bytes), about.pathFrom, about.pathLength));
    }

    /** Of a packet of ZAB both its type and the operation that it is about count. */
    @Override
    public @Nullable SafeText alias(KeyField field) {
        String operation = field.equals(OP) ? ZabPackets.operation(message) : "";
        return operation.isEmpty() ? null : SafeText.of(operation);
    }

    @Override
    public long number(KeyField field) {
        Connection connection = message.connection;
        if (field.equals(CLIENT_PORT)) {
            return connection == null ? SocketTable.ABSENT : connection.clientPort();
        } else if (field.equals(SERVER_PORT)) {
            return connection == null ? SocketTable.ABSENT : connection.serverPort();
        } else if (field.equals(SESSION)) {
            return present(message.session);
        } else if (field.equals(XID)) {
            return present(message.xid);
        } else if (field.equals(ZXID)) {
            return present(message.zxid);
        }
        int known = ERRORS.indexOf(error(message));
        return known < 0 ? ERRORS.size() : known;
    }

    /** Of a multi that failed the error of the operation that made it fail: its header says that all is well. */
    private static int error(Message message) {
        if (message.error != OK || !Tally.hasFailed(message)) {
            return message.error == Message.ABSENT ? OK : (int) message.error;
        }
        ByteBuffer bytes = ByteBuffer.wrap(message.bytes, 0, message.to);
        for (int at = message.bodyFrom + HEADER; at <= message.to - Integer.BYTES; at += HEADER + Integer.BYTES) {
            if (bytes.getInt(at) != OK) {
                return bytes.getInt(at);
            }
        }
        return OK;
    }

    private static long present(long value) {
        return value == Message.ABSENT ? SocketTable.ABSENT : value;
    }

    @Override
    public @Nullable Address address(KeyField field) {
        Connection connection = message.connection;
        if (connection == null) {
            return null;
        }
        return field.equals(CLIENT)
                ? new Address(connection.clientHigh(), connection.clientLow())
                : new Address(connection.serverHigh(), connection.serverLow());
    }

    @Override
    public double amount(MeasureField field) {
        long amount = field.equals(LATENCY) ? message.latencyMicros : message.size;
        return amount == Message.ABSENT ? Double.NaN : amount;
    }
}
