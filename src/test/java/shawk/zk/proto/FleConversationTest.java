package shawk.zk.proto;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.zookeeper.server.quorum.QuorumAuthPacket;
import org.junit.jupiter.api.Test;
import shawk.tcp.ByteLedger;
import shawk.tcp.Connection;

/** What servers say when they elect a leader, in the forms of all versions. */
class FleConversationTest {
    private static final Connection CONNECTION =
            Connection.of(0, 0xffff_0a00_0001L, 40_000, 0, 0xffff_0a00_0002L, 3888);

    private final OracleText text = new OracleText(0);
    private final ByteLedger ledger = new ByteLedger();

    private Chunk.Feed open(boolean whole) {
        return new Chunk.Feed(new FleConversation(CONNECTION, whole, ledger, text), ledger);
    }

    /** @param expected behind the addresses */
    private void check(Chunk.Feed feed, String... expected) {
        feed.end();
        assertThat(text.lines.stream().map(line -> line.strip().split(" ", 3)[2]))
                .containsExactly(expected);
        assertThat(ledger.in).isEqualTo(ledger.decoded + ledger.malformed + ledger.ignored);
        text.lines.clear();
    }

    private static byte[] initial(long version, long sid, String address) {
        byte[] bytes = address.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(20 + bytes.length)
                .putLong(version)
                .putLong(sid)
                .putInt(bytes.length)
                .put(bytes)
                .array();
    }

    /** A notification of {@code length} bytes with its length. */
    private static byte[] notification(int length, int state, long leader, int version, String config) {
        ByteBuffer all = ByteBuffer.allocate(4 + 44 + config.length());
        all.putInt(length)
                .putInt(state)
                .putLong(leader)
                .putLong(0x1_0000_0003L)
                .putLong(2)
                .putLong(1);
        all.putInt(version).putInt(config.length()).put(config.getBytes(StandardCharsets.US_ASCII));
        byte[] bytes = new byte[4 + length];
        all.get(0, bytes);
        return bytes;
    }

    @Test
    void whoConnectsIntroducesItself() {
        check(
                open(true).offer(true, initial(-65536, 3, "10.0.0.1:3888")),
                "FLE INITIAL version=-65536 sid=3 addr=10.0.0.1:3888");
        check(
                open(true).offer(true, initial(-65535, 3, "10.0.0.1:3888|[2001:db8::1]:3888")),
                "FLE INITIAL version=-65535 sid=3 addr=10.0.0.1:3888|[2001:db8::1]:3888");
        byte[] old = ByteBuffer.allocate(8).putLong(3).array();
        check(open(true).offer(true, old), "FLE INITIAL sid=3");
        check(open(true).offer(true, initial(-65534, 3, "a:1")), "FLE 23 bytes were skipped up to the end");
        check(open(true).offer(true, initial(-65536, 3, "")), "FLE 20 bytes were skipped up to the end");
        byte[] http = "GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        check(open(true).offer(true, http), "FLE 18 bytes were skipped up to the end");
    }

    @Test
    void notificationsOfAllVersions() {
        String head = "state=LOOKING leader=2 zxid=0x100000003 electionEpoch=2";
        byte[] with28 = notification(28, 0, 2, 0, "");
        check(open(true).offer(false, with28), "FLE NOTIFICATION len=28 " + head);
        check(
                open(true).offer(false, notification(36, 0, 2, 0, "")),
                "FLE NOTIFICATION len=36 " + head + " peerEpoch=1");
        check(
                open(true).offer(false, notification(40, 1, 2, 1, "")),
                "FLE NOTIFICATION len=40 " + head.replace("LOOKING", "FOLLOWING") + " peerEpoch=1 version=1");
        check(
                open(true).offer(false, notification(44 + 9, 2, 2, 2, "version=0")),
                "FLE NOTIFICATION len=53 " + head.replace("LOOKING", "LEADING")
                        + " peerEpoch=1 version=2 config=version=0");
        check(
                open(true).offer(false, notification(44, 3, 2, 2, "")),
                "FLE NOTIFICATION len=44 " + head.replace("LOOKING", "OBSERVING") + " peerEpoch=1 version=2 config=");
    }

    @Test
    void whatIsNoneIsNotTold() {
        check(open(true).offer(false, notification(28, 4, 2, 0, "")), "FLE malformed notification of 32 bytes");
        byte[] config = notification(44 + 9, 0, 2, 2, "version=0");
        config[4 + 43] = 8;
        check(open(true).offer(false, config), "FLE malformed notification of 57 bytes");
        check(
                open(true).offer(false, ByteBuffer.allocate(8).putInt(30).array()),
                "FLE 8 bytes were skipped up to the end");
    }

    @Test
    void bothAuthenticateBehindTheIntroduction() {
        byte[] auth = Jute.bytes(new QuorumAuthPacket(6_855_662_812_065_295_820L, 0, new byte[3]));
        Chunk.Feed feed = open(true);
        feed.offer(true, initial(-65536, 3, "a:1")).offer(true, auth).offer(false, auth);
        feed.offer(false, notification(28, 0, 2, 0, ""));
        feed.end();
        assertThat(text.lines.stream().map(line -> line.split(" FLE ")[1].split(" ")[0]))
                .containsExactly("INITIAL", "AUTH", "AUTH", "NOTIFICATION");
        assertThat(ledger.decoded).isEqualTo(ledger.in);
    }

    @Test
    void whoSentIsKnownOfWhoConnected() {
        long[] sids = new long[3];
        int[] count = {0};
        MessageSink sink = new MessageSink() {
            @Override
            public void message(Message message) {
                sids[count[0]++] = message.sid;
            }

            @Override
            public void unanswered(Message request, Unanswered why, long micros) {
                throw new AssertionError("nobody asks");
            }
        };
        Chunk.Feed feed = new Chunk.Feed(new FleConversation(CONNECTION, true, ledger, sink), ledger);
        feed.offer(true, initial(-65536, 3, "a:1")).offer(true, notification(28, 0, 2, 0, ""));
        feed.offer(false, notification(28, 0, 2, 0, ""));
        assertThat(sids).containsExactly(3, 3, Message.ABSENT);
    }
}
