package shawk.zk.proto;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import shawk.support.Captures;
import shawk.tcp.ByteLedger;
import shawk.tcp.Connection;
import shawk.tcp.Conversation;
import shawk.tcp.PacketBatch;
import shawk.tcp.StreamLimits;
import shawk.tcp.Streams;

/** Bytes of one direction, as a segment brought them. */
record Chunk(boolean toServer, byte[] bytes) {
    /** All that was sent over the connections of a capture to one of these ports. */
    static Map<Connection, List<Chunk>> of(String capture, int fromPort, int toPort) {
        Map<Connection, List<Chunk>> chunks = new LinkedHashMap<>();
        PacketBatch packets = Captures.read(capture);
        Streams streams = new Streams(
                (connection, whole, ledger, micros) ->
                        connection.serverPort() >= fromPort && connection.serverPort() <= toPort
                                ? new Keeper(chunks.computeIfAbsent(connection, key -> new ArrayList<>()))
                                : null,
                StreamLimits.DEFAULT);
        streams.take(packets);
        streams.finish(0);
        return chunks;
    }

    private record Keeper(List<Chunk> chunks) implements Conversation {
        @Override
        public int take(boolean toServer, byte[] bytes, int from, int to, long micros) {
            chunks.add(new Chunk(toServer, Arrays.copyOfRange(bytes, from, to)));
            return to - from;
        }

        @Override
        public void gap(boolean toServer, long length, long micros) {
            throw new AssertionError("nothing is missing");
        }

        @Override
        public void end(End end, long micros) {
            // All chunks are there.
        }
    }

    /** Offers chunks to a conversation as its contract says, and keeps the ledger of what it leaves. */
    static final class Feed {
        private final Conversation conversation;
        private final ByteLedger ledger;
        private byte[] up = new byte[0];
        private byte[] down = new byte[0];

        Feed(Conversation conversation, ByteLedger ledger) {
            this.conversation = conversation;
            this.ledger = ledger;
        }

        Feed offer(boolean toServer, byte[] bytes) {
            byte[] held = toServer ? up : down;
            byte[] all = Arrays.copyOf(held, held.length + bytes.length);
            System.arraycopy(bytes, 0, all, held.length, bytes.length);
            ledger.in += bytes.length;
            int done = conversation.take(toServer, all, 0, all.length, 0);
            if (done < 0 || done > all.length) {
                throw new AssertionError("done with " + done + " of " + all.length);
            }
            keep(toServer, Arrays.copyOfRange(all, done, all.length));
            return this;
        }

        private void keep(boolean toServer, byte[] rest) {
            if (toServer) {
                up = rest;
            } else {
                down = rest;
            }
        }

        Feed gap(boolean toServer, long length) {
            ledger.malformed += (toServer ? up : down).length;
            keep(toServer, new byte[0]);
            ledger.gap += length;
            conversation.gap(toServer, length, 0);
            return this;
        }

        /** Bytes that are held. */
        int held() {
            return up.length + down.length;
        }

        void end() {
            ledger.malformed += held();
            conversation.end(Conversation.End.FIN, 0);
            up = new byte[0];
            down = up;
        }
    }
}
