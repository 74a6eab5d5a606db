package shawk.zk.proto;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.SplittableRandom;
import shawk.tcp.ByteLedger;
import shawk.tcp.Connection;
import shawk.tcp.Conversation;
import shawk.tcp.Conversations;

/** Conversations of clients, and what they share: where messages go, and copies of requests. Used by one thread. */
final class ClientConversations implements Conversations {
    private static final long MOST_TICK_MICROS = 50_000;

    private final DecodeLimits limits;
    private final MessageSink sink;
    private final MessagePool pool = new MessagePool();
    private final int seed = new SplittableRandom().nextInt();
    private final Message scratch = new Message();

    /** Those that may have requests that wait for too long; none where nothing is too long. */
    private final Set<ClientConversation> waiting = new LinkedHashSet<>();

    /** How often all of them are looked at, in time of the capture. */
    private final long tickMicros;

    private long lastTick = Long.MIN_VALUE / 2;

    ClientConversations(DecodeLimits limits, MessageSink sink) {
        this.limits = limits;
        this.sink = sink;
        tickMicros = Math.min(MOST_TICK_MICROS, limits.timeoutMicros() / 8);
    }

    @Override
    public Conversation open(Connection connection, boolean whole, ByteLedger ledger, long micros) {
        ClientConversation conversation = new ClientConversation(this, connection, whole, ledger, micros);
        if (limits.timeoutMicros() > 0) {
            waiting.add(conversation);
        }
        return conversation;
    }

    /** Tells of requests that have been waiting for too long, of all connections. */
    void expire(long micros) {
        if (micros >= lastTick && micros - lastTick < tickMicros) {
            return;
        }
        lastTick = micros;
        for (ClientConversation conversation : waiting) {
            conversation.expire(micros);
        }
    }

    void forget(ClientConversation conversation) {
        if (limits.timeoutMicros() > 0) {
            waiting.remove(conversation);
        }
    }

    DecodeLimits limits() {
        return limits;
    }

    MessageSink sink() {
        return sink;
    }

    MessagePool pool() {
        return pool;
    }

    /** Of hashes of numbers that clients choose; nobody outside knows it. */
    int seed() {
        return seed;
    }

    Message scratch() {
        return scratch;
    }
}
