package shawk.zk.proto;

import static org.assertj.core.api.Assertions.assertThat;
import static shawk.zk.proto.Talk.exists;
import static shawk.zk.proto.Talk.join;
import static shawk.zk.proto.Talk.reply;

import org.junit.jupiter.api.Test;
import shawk.tcp.ByteLedger;
import shawk.tcp.Connection;

/** What it costs to look for messages where nobody knows whether there are any. */
final class LaneTest {
    /** Believes nothing for long: every frame that begins may be one, and is not complete. */
    private static final class Patient implements FrameReader {
        private long looks;

        @Override
        public int least() {
            return 8;
        }

        @Override
        public int believe(byte[] bytes, int at, int to, boolean first) {
            looks++;
            return MORE;
        }

        @Override
        public boolean isExpected(byte[] bytes, int at, int end) {
            return false;
        }

        @Override
        public boolean isFirm(byte[] bytes, int at, int to) {
            return false;
        }

        @Override
        public boolean isJudged(byte[] bytes, int at) {
            return false;
        }

        @Override
        public boolean isNumbered(byte[] bytes, int at) {
            return false;
        }

        @Override
        public boolean follows(byte[] bytes, int before, int at) {
            return false;
        }

        @Override
        public boolean isEnough(byte[] bytes, int at, boolean startsSegment, long lost) {
            return false;
        }

        @Override
        public boolean frame(byte[] bytes, int from, int to, long micros, boolean first) {
            return true;
        }

        @Override
        public boolean passes(byte[] bytes, int at, int length, long micros) {
            return false;
        }
    }

    @Test
    void byteAfterByteIsNotLookedAtAnewEachTime() {
        Patient reader = new Patient();
        ClientConversations conversations = new ClientConversations(DecodeLimits.DEFAULT, new Told());
        Connection connection = Connection.of(0, 0xffff_0a00_0001L, 40_000, 0, 0xffff_0a00_0002L, 2_181);
        ClientConversation conversation = new ClientConversation(conversations, connection, false, new ByteLedger(), 0);
        Lane lane = new Lane(reader, conversation, true, 1 << 20, false);
        byte[] bytes = new byte[20_000];
        int taken = 0;
        for (int to = 1; to <= bytes.length; to++) {
            taken += lane.take(bytes, taken, to, to);
        }
        assertThat(taken).isZero();
        assertThat(reader.looks).isLessThan(100L * bytes.length);
    }

    @Test
    void whatComesByteByByteIsFoundBehindWhatWasWaitedFor() {
        byte[] waits = Talk.hex("0000ea60 0000004d 0000000000000005 00000000");
        Talk talk = new Talk(false).client(join(exists(5, "/a"), exists(6, "/b"), exists(7, "/c"), exists(8, "/d")));
        for (byte value : join(waits, reply(5, -101), reply(6, -101), reply(7, -101), reply(8, -101))) {
            talk.server(new byte[] {value});
        }
        assertThat(talk.lines()).hasSize(8);
        assertThat(talk.balances()).isTrue();
    }
}
