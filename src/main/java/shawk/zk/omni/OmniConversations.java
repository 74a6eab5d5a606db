package shawk.zk.omni;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import shawk.tcp.ByteLedger;
import shawk.tcp.Connection;
import shawk.tcp.Conversation;
import shawk.tcp.Conversations;
import shawk.zk.proto.DecodeLimits;
import shawk.zk.proto.Dissector;
import shawk.zk.proto.Kind;
import shawk.zk.proto.Message;
import shawk.zk.proto.MessageSink;
import shawk.zk.proto.Ports;
import shawk.zk.proto.Protocol;
import shawk.zk.proto.QuorumConfig;
import shawk.zk.proto.Vote;

/**
 * Conversations of all protocols. What a port speaks is told beforehand, or learned: from configurations that servers
 * send each other, and from beginnings that are unmistakable. Bytes of connections of which it is not known yet are
 * held back, and taken in their order when it is; with more than there is room for, the oldest are let go. Used by one
 * thread.
 */
public final class OmniConversations implements Conversations {
    /** Bytes that are held back of one connection: a client says more only when it was answered. */
    private static final int MOST_OF_ONE = 1 << 20;

    /** What a connection takes besides its bytes. */
    static final int OVERHEAD = 512;

    private final PortRoles roles;
    private final Dissector dissector;
    private final long most;
    private final Set<OmniConversation> undecided = new LinkedHashSet<>();
    private final Told told;
    private String config = "";
    private long held;
    private long sequence;
    private long letGo;
    private boolean news;

    /**
     * Nothing was learned yet.
     *
     * @param roles what is known beforehand; what is learned is added
     * @param mostHeld bytes of memory for what is held back, of all connections; 0 = nothing is
     */
    public OmniConversations(PortRoles roles, long mostHeld, DecodeLimits limits, MessageSink sink) {
        this.roles = roles;
        this.most = mostHeld;
        told = new Told(sink);
        dissector = new Dissector(new Ports(), new Ports(), new Ports(), limits, told);
    }

    /** Learns from what passes, and says what it learned. */
    private final class Told implements MessageSink {
        private final MessageSink sink;
        private final Message note = new Message();

        Told(MessageSink sink) {
            this.sink = sink;
        }

        @Override
        public void message(Message message) {
            sink.message(message);
            if (message.kind == Kind.FLE || message.kind == Kind.ZAB) {
                String text = Vote.config(message);
                if (!text.isEmpty() && !text.equals(config)) {
                    config = text;
                    say(roles.learn(QuorumConfig.parse(text)), message.connection, message.toServer, message.micros);
                }
            }
        }

        @Override
        public void unanswered(Message request, Unanswered why, long micros) {
            sink.unanswered(request, why, micros);
        }

        /** One note for all. */
        void say(List<PortRoles.Learned> learned, @Nullable Connection connection, boolean toServer, long micros) {
            if (learned.isEmpty()) {
                return;
            }
            news = true;
            StringBuilder text = new StringBuilder(PortRoles.LEARNED);
            for (PortRoles.Learned each : learned) {
                if (each.place().indexOf(':') < 0 || learned.size() == 1) {
                    text.append(' ').append(each.protocol().id()).append('=').append(each.place());
                }
            }
            if (text.charAt(text.length() - 1) != ':') {
                note.clear();
                note.micros = micros;
                note.connection = connection;
                note.toServer = toServer;
                note.text = text.toString();
                sink.message(note);
            }
        }
    }

    @Override
    public @Nullable Conversation open(Connection connection, boolean whole, ByteLedger ledger, long micros) {
        OmniConversation conversation = new OmniConversation(this, connection, whole, ledger);
        if (!decide(conversation, micros)) {
            undecided.add(conversation);
            holds(conversation, conversation.weight());
        }
        return conversation;
    }

    @Override
    public boolean isServerPort(int port) {
        return roles.isKnown(port);
    }

    /** Gives it its protocol, if that is known. */
    private boolean decide(OmniConversation conversation, long micros) {
        Connection connection = conversation.connection();
        Protocol protocol = roles.of(connection.server(), connection.serverPort());
        boolean reversed = false;
        if (protocol == null && !conversation.whole()) {
            protocol = roles.of(connection.client(), connection.clientPort());
            reversed = protocol != null;
        }
        if (protocol == null) {
            return false;
        }
        Connection seen = reversed ? reverse(connection) : connection;
        conversation.become(
                dissector.open(protocol, seen, conversation.whole(), conversation.ledger(), micros), reversed);
        return true;
    }

    private static Connection reverse(Connection of) {
        return new Connection(
                of.serverHigh(),
                of.serverLow(),
                of.serverPort(),
                of.clientHigh(),
                of.clientLow(),
                of.clientPort(),
                of.server(),
                of.client());
    }

    /** The number of the next piece, over all connections. */
    long next() {
        return sequence++;
    }

    /** A connection whose protocol is unknown takes more memory. */
    void holds(OmniConversation conversation, int more) {
        held += more;
        if (conversation.weight() > MOST_OF_ONE) {
            letGo(conversation);
        }
        while (held > most && !undecided.isEmpty()) {
            letGo(undecided.iterator().next());
        }
    }

    private void letGo(OmniConversation conversation) {
        if (undecided.remove(conversation)) {
            held -= conversation.weight();
            letGo++;
            conversation.letGo();
        }
    }

    /** Learns from the first bytes of a client. */
    void begins(OmniConversation conversation, byte[] bytes, int from, int to, long micros) {
        Connection connection = conversation.connection();
        Protocol protocol = Protocol.guess(bytes, from, to);
        if (protocol != null) {
            told.say(roles.learn(connection.server(), connection.serverPort(), protocol), connection, true, micros);
        }
    }

    /** Takes what was held back and is known by now; called when no message is being told. */
    void settle(long micros) {
        while (news) {
            news = false;
            List<OmniConversation> known = new ArrayList<>();
            for (OmniConversation each : List.copyOf(undecided)) {
                int weight = each.weight();
                if (decide(each, micros)) {
                    undecided.remove(each);
                    held -= weight;
                    known.add(each);
                }
            }
            replay(known);
        }
    }

    /** All pieces in the order in which they came. */
    private static void replay(List<OmniConversation> known) {
        List<OmniConversation.Piece> pieces = new ArrayList<>();
        known.forEach(each -> pieces.addAll(each.pieces()));
        pieces.sort(Comparator.comparingLong(OmniConversation.Piece::sequence));
        pieces.forEach(OmniConversation.Piece::replay);
    }

    /** Requests that wait for too long are told: to be called now and then. */
    public void expire(long micros) {
        dissector.expire(micros);
    }

    @Override
    public void finish() {
        List.copyOf(undecided).forEach(OmniConversation::ignore);
        undecided.clear();
        held = 0;
    }

    /** Memory that is taken by what is held back, in bytes. */
    public long heldBytes() {
        return held;
    }

    /** Connections that were let go for want of room before anybody knew what they speak. */
    public long letGo() {
        return letGo;
    }
}
