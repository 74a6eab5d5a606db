package shawk.zk.stats;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import shawk.model.Address;
import shawk.model.SafeText;
import shawk.tcp.Connection;
import shawk.zk.proto.Kind;
import shawk.zk.proto.Message;
import shawk.zk.proto.MessageSink;

/** Messages as a decoder tells them, for an aggregator of its own. Time goes on only when it is told to. */
public final class MadeUpTraffic {
    /** 2024-11-22T00:00:00Z. */
    public static final long START = 1_732_233_600_000_000L;

    private static final long SECOND = 1_000_000;
    private static final Capture CAPTURE =
            new Capture(SafeText.of("lo, port 2181"), false, 3, 1_000, 900, 40, 50, 10, 20);

    private final Aggregator aggregator;
    private final Message message = new Message();
    private long micros = START;
    private Connection connection = client("10.0.0.1", 40_000);

    public MadeUpTraffic(StatsOptions options) {
        aggregator = new Aggregator(options, START, 1);
    }

    /** A connection of that client. */
    public static Connection client(String address, int port) {
        Address from = Objects.requireNonNull(Address.parse(address));
        Address to = Objects.requireNonNull(Address.parse("10.0.0.9"));
        return Connection.of(from.high(), from.low(), port, to.high(), to.low(), 2181);
    }

    /** Who speaks from now on. */
    public MadeUpTraffic from(String address, int port) {
        connection = client(address, port);
        return this;
    }

    /** Seconds pass. */
    public MadeUpTraffic seconds(int seconds) {
        micros += seconds * SECOND;
        aggregator.advance(micros);
        return this;
    }

    /** Time goes on by microseconds, or back. */
    public MadeUpTraffic micros(long passed) {
        micros += passed;
        return this;
    }

    /** A request whose record is a path and what follows it. */
    public MadeUpTraffic request(String op, String path, int... rest) {
        return request(op, path.getBytes(StandardCharsets.UTF_8), rest);
    }

    /** The same with a path of any bytes. */
    public MadeUpTraffic request(String op, byte @Nullable [] path, int... rest) {
        ByteBuffer body = ByteBuffer.allocate(8 + 4 + (path == null ? 0 : path.length) + rest.length);
        body.position(8);
        if (path != null) {
            body.putInt(path.length).put(path);
        }
        for (int octet : rest) {
            body.put((byte) octet);
        }
        send(Kind.REQUEST, op, body);
        if (op.startsWith("create")) {
            message.flags = op.equals("createTTL") ? rest[3] : rest[rest.length - 1];
        }
        if (path != null) {
            message.pathFrom = 12;
            message.pathLength = path.length;
        }
        aggregator.message(message);
        return this;
    }

    /** A request whose record is these bytes. */
    public MadeUpTraffic raw(String op, ByteBuffer record) {
        long asked = op.equals("connect") ? record.getLong(16) : Message.ABSENT;
        ByteBuffer body =
                ByteBuffer.allocate(8 + record.remaining()).position(8).put(record);
        send(Kind.REQUEST, op, body);
        message.session = asked;
        aggregator.message(message);
        return this;
    }

    /** Logs in. */
    public MadeUpTraffic auth(String scheme, String secret) {
        byte[] name = scheme.getBytes(StandardCharsets.UTF_8);
        byte[] word = secret.getBytes(StandardCharsets.UTF_8);
        ByteBuffer record = ByteBuffer.allocate(12 + name.length + word.length);
        record.putInt(0).putInt(name.length).put(name).putInt(word.length).put(word);
        return raw("auth", record.flip());
    }

    /** A reply; {@code latency} in microseconds, {@code error} 0 = none. */
    public MadeUpTraffic reply(String op, long latency, int error) {
        send(Kind.REPLY, op, ByteBuffer.allocate(16).position(16));
        message.error = error;
        message.latencyMicros = latency;
        aggregator.message(message);
        return this;
    }

    public MadeUpTraffic event(String op, String path) {
        byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
        send(Kind.EVENT, op, ByteBuffer.allocate(bytes.length).put(bytes));
        message.pathFrom = 0;
        message.pathLength = bytes.length;
        aggregator.message(message);
        return this;
    }

    public MadeUpTraffic unanswered(String op, MessageSink.Unanswered why) {
        send(Kind.REQUEST, op, ByteBuffer.allocate(8).position(8));
        aggregator.unanswered(message, why, micros);
        return this;
    }

    private void send(Kind kind, String op, ByteBuffer filled) {
        message.clear();
        message.kind = kind;
        message.micros = micros;
        message.connection = connection;
        message.toServer = kind == Kind.REQUEST;
        message.op = op;
        message.bytes = filled.array();
        message.to = filled.position();
        message.bodyFrom = Math.min(8, message.to);
        message.size = message.to;
    }

    public Aggregator aggregator() {
        return aggregator;
    }

    public long now() {
        return micros;
    }

    /** What is told now. */
    public StatsSnapshot snapshot() {
        return aggregator.snapshot(micros, CAPTURE);
    }

    /** The same where nothing comes any more. */
    public StatsSnapshot ended() {
        return aggregator.snapshot(micros, CAPTURE.ended());
    }

    /** Some of everything. */
    public static MadeUpTraffic usual(StatsOptions options) {
        MadeUpTraffic traffic = new MadeUpTraffic(options);
        traffic.raw("connect", ByteBuffer.allocate(44));
        traffic.reply("connect", 3_000, 0).auth("digest", "alice:secret").reply("auth", 500, 0);
        for (int i = 0; i < 5; i++) {
            traffic.request("getChildren", "/discovery/web", 1).reply("getChildren", 900 + i, 0);
            traffic.micros(200_000);
        }
        traffic.request("create", "/discovery/web/n1", 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1);
        traffic.reply("create", 4_000, 0).event("NodeChildrenChanged", "/discovery/web");
        traffic.from("2001:db8::7", 50_000).request("setData", "/config", 0, 0, 0, 0, 0, 0, 0, 0);
        traffic.reply("setData", 2_000, -103).request("exists", "/none", 0).reply("exists", 400, -101);
        traffic.request("sync", "/").unanswered("sync", MessageSink.Unanswered.CLOSED);
        return traffic.request("closeSession", (byte[]) null).reply("closeSession", 700, 0);
    }
}
