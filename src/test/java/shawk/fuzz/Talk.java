package shawk.fuzz;

import java.util.Arrays;
import shawk.support.PacketMaker;
import shawk.tcp.ByteLedger;
import shawk.tcp.Connection;
import shawk.tcp.Conversation;
import shawk.tcp.Conversations;

/** One connection whose bytes come in order, as {@link shawk.tcp.Streams} would offer them. Used by one thread. */
final class Talk {
    private final ByteLedger ledger = new ByteLedger();
    private final Conversation conversation;
    private final Meter meter;
    private final int most;
    private final byte[][] held = {{}, {}};
    private long micros = 1_000_000;

    /** @param most bytes of a direction that are held; with more they are let go */
    Talk(Conversations conversations, int port, boolean whole, int most, Meter meter) {
        this.most = most;
        this.meter = meter;
        Connection connection = Connection.of(0, 0xffff_0a00_0001L, 1000, 0, 0xffff_0a00_0002L, port);
        meter.begin();
        Conversation opened = conversations.open(connection, whole, ledger, micros);
        meter.end();
        if (opened == null) {
            throw new IllegalStateException("nobody is interested");
        }
        conversation = opened;
    }

    void say(boolean toServer, byte[] bytes) {
        int side = toServer ? 1 : 0;
        if (bytes.length == 0) {
            return;
        }
        byte[] all = PacketMaker.join(held[side], bytes);
        ledger.in += bytes.length;
        micros += 1_000;
        meter.begin();
        int done = conversation.take(toServer, all, 0, all.length, micros);
        meter.end();
        meter.took(bytes.length);
        HostileSink.check(done >= 0 && done <= all.length, "more is done than was there");
        held[side] = Arrays.copyOfRange(all, done, all.length);
        if (held[side].length > most) {
            lose(toServer, 0);
        }
        HostileSink.check(ledger.isBalanced(held[0].length + held[1].length), "the ledger does not balance");
    }

    void lose(boolean toServer, int length) {
        int side = toServer ? 1 : 0;
        ledger.malformed += held[side].length;
        held[side] = new byte[0];
        meter.begin();
        conversation.gap(toServer, length, micros);
        meter.end();
    }

    void end() {
        ledger.malformed += held[0].length + held[1].length;
        conversation.end(Conversation.End.FIN, micros);
        HostileSink.check(ledger.isBalanced(0), "the ledger does not balance at the end");
    }
}
