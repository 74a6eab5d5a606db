package shawk.zk.proto;

import org.jspecify.annotations.Nullable;
import shawk.tcp.ByteLedger;
import shawk.tcp.Connection;
import shawk.tcp.Conversation;
import shawk.tcp.Conversations;

/** Takes the bytes of a connection for what its server's port says that they are. Used by one thread. */
public final class Dissector implements Conversations {
    private final Ports zk;
    private final Ports zab;
    private final Ports fle;
    private final ClientConversations clients;
    private final ZabConversations learners;
    private final FleConversations voters;

    /**
     * Ports may be added to while it is in use; connections that are known already stay what they are.
     *
     * @param zk ports for clients
     * @param zab ports on which followers reach their leader
     * @param fle ports of leader election
     * @param sink is told of all messages
     */
    public Dissector(Ports zk, Ports zab, Ports fle, DecodeLimits limits, MessageSink sink) {
        this.zk = zk;
        this.zab = zab;
        this.fle = fle;
        clients = new ClientConversations(limits, sink);
        learners = new ZabConversations(limits, sink);
        voters = new FleConversations(limits, sink);
    }

    @Override
    public @Nullable Conversation open(Connection connection, boolean whole, ByteLedger ledger, long micros) {
        int port = connection.serverPort();
        if (zk.contains(port)) {
            return open(Protocol.CLIENT, connection, whole, ledger, micros);
        }
        if (zab.contains(port)) {
            return open(Protocol.ZAB, connection, whole, ledger, micros);
        }
        return fle.contains(port) ? open(Protocol.FLE, connection, whole, ledger, micros) : null;
    }

    /** Takes them for what {@code protocol} says, whatever the port is. */
    public Conversation open(Protocol protocol, Connection connection, boolean whole, ByteLedger ledger, long micros) {
        return switch (protocol) {
            case CLIENT -> clients.open(connection, whole, ledger, micros);
            case ZAB -> learners.open(connection, whole, ledger, micros);
            case FLE -> voters.open(connection, whole, ledger, micros);
        };
    }

    @Override
    public boolean mayWant(int port, int otherPort) {
        return isServerPort(port) || isServerPort(otherPort);
    }

    @Override
    public boolean isServerPort(int port) {
        return zk.contains(port) || zab.contains(port) || fle.contains(port);
    }

    /**
     * Tells of requests that have been waiting for too long: to be called now and then, since a connection may fall
     * silent.
     *
     * @param micros the time of the capture
     */
    public void expire(long micros) {
        clients.expire(micros);
    }
}
