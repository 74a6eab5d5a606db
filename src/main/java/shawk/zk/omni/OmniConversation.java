package shawk.zk.omni;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import shawk.tcp.ByteLedger;
import shawk.tcp.Connection;
import shawk.tcp.Conversation;
import shawk.zk.proto.Protocol;

/**
 * A connection whose protocol may not be known yet: until it is, what comes is kept in pieces; then these are taken by
 * the conversation of that protocol, and so is all that follows. Used by one thread.
 */
final class OmniConversation implements Conversation {
    private static final byte[] NONE = {};

    /** Bytes that a piece takes besides those that it holds. */
    private static final int PIECE = 80;

    private final OmniConversations owner;
    private final Connection connection;
    private final boolean whole;
    private final ByteLedger ledger;
    private List<Piece> pieces = new ArrayList<>();
    private @Nullable Conversation inner;
    private boolean reversed;
    private boolean gone;

    /** Bytes of {@link #pieces}. */
    private int held;

    /** The first bytes of the client, until they are enough to tell what it speaks. */
    private byte[] beginning = NONE;

    private boolean begun;

    /** What {@link #inner} was offered out of pieces and is not done with. */
    private byte[] up = NONE;

    private byte[] down = NONE;

    OmniConversation(OmniConversations owner, Connection connection, boolean whole, ByteLedger ledger) {
        this.owner = owner;
        this.connection = connection;
        this.whole = whole;
        this.ledger = ledger;
    }

    Connection connection() {
        return connection;
    }

    boolean whole() {
        return whole;
    }

    ByteLedger ledger() {
        return ledger;
    }

    /** Memory that it takes while its protocol is not known, in bytes. */
    int weight() {
        return OmniConversations.OVERHEAD + held + PIECE * pieces.size();
    }

    /**
     * What came: bytes, a gap, or the end.
     *
     * @param sequence its number, over all connections
     * @param end null = it goes on
     * @param bytes null = they are missing
     * @param length of the bytes
     */
    record Piece(
            OmniConversation of,
            long sequence,
            boolean toServer,
            byte @Nullable [] bytes,
            long length,
            @Nullable End end,
            long micros) {
        void replay() {
            of.replay(this);
        }
    }

    List<Piece> pieces() {
        List<Piece> all = pieces;
        pieces = List.of();
        held = 0;
        return all;
    }

    /** From now on {@code conversation} takes what comes. */
    void become(Conversation conversation, boolean fromTheOtherSide) {
        inner = conversation;
        reversed = fromTheOtherSide;
    }

    @Override
    public int take(boolean toServer, byte[] bytes, int from, int to, long micros) {
        int done = to - from;
        if (inner != null) {
            done = feed(inner, toServer, bytes, from, to, micros);
        } else if (gone) {
            ledger.ignored += done;
        } else {
            hold(toServer, bytes, from, to, micros);
        }
        owner.settle(micros);
        return done;
    }

    private void hold(boolean toServer, byte[] bytes, int from, int to, long micros) {
        byte[] copy = Arrays.copyOfRange(bytes, from, to);
        hold(new Piece(this, owner.next(), toServer, copy, copy.length, null, micros));
        if (!gone && toServer && whole && !begun) {
            int more = Math.min(copy.length, Protocol.ENOUGH - beginning.length);
            beginning = join(beginning, copy, 0, more);
            begun = beginning.length == Protocol.ENOUGH;
            owner.begins(this, beginning, 0, beginning.length, micros);
        }
    }

    private void hold(Piece piece) {
        int before = weight();
        pieces.add(piece);
        held += piece.bytes == null ? 0 : piece.bytes.length;
        owner.holds(this, weight() - before);
    }

    private void replay(Piece piece) {
        Conversation to = inner;
        if (to == null) {
            return;
        }
        byte[] bytes = piece.bytes;
        if (piece.end != null) {
            finish(to, piece.end, piece.micros);
        } else if (bytes == null) {
            gap(to, piece.toServer, piece.length, piece.micros);
        } else {
            offer(to, piece.toServer, bytes, 0, bytes.length, piece.micros);
        }
    }

    /** What was held back and is not done with goes first. */
    private int feed(Conversation to, boolean toServer, byte[] bytes, int from, int end, long micros) {
        if ((toServer ? up : down).length == 0) {
            return to.take(toServer ^ reversed, bytes, from, end, micros);
        }
        offer(to, toServer, bytes, from, end, micros);
        return end - from;
    }

    private void offer(Conversation to, boolean toServer, byte[] bytes, int from, int end, long micros) {
        byte[] all = join(toServer ? up : down, bytes, from, end - from);
        int done = to.take(toServer ^ reversed, all, 0, all.length, micros);
        rest(toServer, done == all.length ? NONE : Arrays.copyOfRange(all, done, all.length));
    }

    private void rest(boolean toServer, byte[] rest) {
        if (toServer) {
            up = rest;
        } else {
            down = rest;
        }
    }

    private static byte[] join(byte[] first, byte[] second, int from, int length) {
        byte[] all = Arrays.copyOf(first, first.length + length);
        System.arraycopy(second, from, all, first.length, length);
        return all;
    }

    @Override
    public void gap(boolean toServer, long length, long micros) {
        if (inner != null) {
            gap(inner, toServer, length, micros);
        } else if (!gone) {
            hold(new Piece(this, owner.next(), toServer, null, length, null, micros));
            begun |= toServer;
        }
        owner.settle(micros);
    }

    private void gap(Conversation to, boolean toServer, long length, long micros) {
        ledger.malformed += (toServer ? up : down).length;
        rest(toServer, NONE);
        to.gap(toServer ^ reversed, length, micros);
    }

    @Override
    public void end(End end, long micros) {
        if (inner != null) {
            finish(inner, end, micros);
        } else if (!gone) {
            hold(new Piece(this, owner.next(), true, null, 0, end, micros));
        }
        owner.settle(micros);
    }

    private void finish(Conversation to, End end, long micros) {
        ledger.malformed += up.length + down.length;
        up = NONE;
        down = NONE;
        to.end(end, micros);
    }

    /** There is no room for it any more. */
    void letGo() {
        ledger.evicted += held;
        forget();
    }

    /** Nobody will ever know what it speaks. */
    void ignore() {
        ledger.ignored += held;
        forget();
    }

    private void forget() {
        gone = true;
        pieces = List.of();
        held = 0;
        beginning = NONE;
    }
}
