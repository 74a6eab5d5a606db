package shawk.zk.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import shawk.source.pcap.CaptureFilter;
import shawk.source.pcap.LivePackets;
import shawk.source.pcap.PortRange;
import shawk.support.PrivateNetwork;
import shawk.tcp.ByteLedger;
import shawk.tcp.PacketBatch;
import shawk.tcp.Packets.Outcome;
import shawk.tcp.StreamLimits;
import shawk.tcp.Streams;
import shawk.zk.proto.DecodeLimits;
import shawk.zk.proto.Dissector;
import shawk.zk.proto.Kind;
import shawk.zk.proto.Message;
import shawk.zk.proto.MessageSink;
import shawk.zk.proto.Ports;
import shawk.zk.proto.ReferenceText;

/** What passes an interface, decoded as it passes; each message as the text of the reference decodes. */
final class LiveCapture implements AutoCloseable {
    /**
     * A message.
     *
     * @param state of a notification: what the server is that sent it, 0 = looking, 2 = leading; else -1
     * @param text with both ends in front
     */
    record Heard(Kind kind, String op, long zxid, int serverPort, int state, String text) {}

    private static final long PATIENCE_SECONDS = 60;

    private final LivePackets packets;
    private final Streams streams;
    private final List<Heard> heard = new ArrayList<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private volatile boolean over;
    private long lastMicros;

    private LiveCapture(LivePackets packets, Ports zk, Ports zab, Ports fle) {
        this.packets = packets;
        streams = new Streams(new Dissector(zk, zab, fle, DecodeLimits.DEFAULT, new Sink()), StreamLimits.DEFAULT);
    }

    /** Of client ports alone. */
    static LiveCapture open(PrivateNetwork network, String name, int port) throws Exception {
        return open(network, name, Ports.of(port), new Ports(), new Ports(), List.of(new PortRange(port, port)));
    }

    static LiveCapture open(PrivateNetwork network, String name, Ports zk, Ports zab, Ports fle, List<PortRange> ranges)
            throws Exception {
        LivePackets packets =
                network.inside(() -> LivePackets.open(name, CaptureFilter.none().withPorts(ranges), 0));
        LiveCapture capture = new LiveCapture(packets, zk, zab, fle);
        new Thread(capture::run, "capture on " + name).start();
        return capture;
    }

    private void run() {
        PacketBatch batch = new PacketBatch();
        try {
            while (true) {
                boolean last = over;
                if (packets.next(batch, 100) == Outcome.PACKETS) {
                    lastMicros = batch.micros[batch.count - 1];
                    streams.take(batch);
                } else if (last) {
                    break;
                }
            }
            streams.finish(lastMicros);
            ended.complete(null);
        } catch (Exception | AssertionError e) {
            ended.completeExceptionally(e);
        }
    }

    private final class Sink implements MessageSink {
        @Override
        public void message(Message message) {
            Heard each = new Heard(
                    message.kind,
                    message.op,
                    message.zxid,
                    message.connection == null ? 0 : message.connection.serverPort(),
                    message.op.equals("NOTIFICATION")
                            ? ByteBuffer.wrap(message.bytes).getInt(message.from)
                            : -1,
                    ReferenceText.of(message));
            synchronized (heard) {
                heard.add(each);
                heard.notifyAll();
            }
        }

        @Override
        public void unanswered(Message request, Unanswered why, long micros) {
            // A request whose reply is missing is missed by who compares.
        }
    }

    /** Waits until there is a message like that. */
    void await(Predicate<Heard> wanted) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        synchronized (heard) {
            while (heard.stream().noneMatch(wanted)) {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (left <= 0) {
                    throw new AssertionError("not heard of; of " + heard.size() + " messages the last ones were "
                            + heard.stream()
                                    .filter(each ->
                                            !each.op().equalsIgnoreCase("PING") && each.kind() != Kind.FOUR_LETTER)
                                    .map(Heard::text)
                                    .reduce(
                                            "",
                                            (last, next) -> (last + '\n' + next)
                                                    .substring(Math.max(0, last.length() + next.length() - 3_000))));
                }
                heard.wait(left);
            }
        }
    }

    /** Number of messages so far. */
    int size() {
        synchronized (heard) {
            return heard.size();
        }
    }

    /** Messages so far that are like that. */
    List<Heard> heard(Predicate<Heard> wanted) {
        synchronized (heard) {
            return heard.stream().filter(wanted).toList();
        }
    }

    /** Ends it when nothing comes any more; then what was captured, and where each byte has gone. */
    ByteLedger finish() throws Exception {
        over = true;
        ended.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(packets.dropped()).isZero();
        ByteLedger ledger = streams.ledger();
        assertThat(ledger.gap).isZero();
        assertThat(ledger.evicted).isZero();
        return ledger;
    }

    LivePackets.Stats stats() {
        return packets.stats();
    }

    @Override
    public void close() {
        over = true;
        ended.handle((nothing, failure) -> nothing)
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
        packets.close();
    }
}
