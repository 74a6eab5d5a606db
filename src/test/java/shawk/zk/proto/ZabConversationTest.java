package shawk.zk.proto;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.jute.Record;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Id;
import org.apache.zookeeper.server.quorum.LearnerInfo;
import org.apache.zookeeper.server.quorum.QuorumAuthPacket;
import org.apache.zookeeper.txn.CheckVersionTxn;
import org.apache.zookeeper.txn.CloseSessionTxn;
import org.apache.zookeeper.txn.CreateContainerTxn;
import org.apache.zookeeper.txn.CreateSessionTxn;
import org.apache.zookeeper.txn.CreateTTLTxn;
import org.apache.zookeeper.txn.CreateTxn;
import org.apache.zookeeper.txn.CreateTxnV0;
import org.apache.zookeeper.txn.DeleteTxn;
import org.apache.zookeeper.txn.ErrorTxn;
import org.apache.zookeeper.txn.MultiTxn;
import org.apache.zookeeper.txn.SetACLTxn;
import org.apache.zookeeper.txn.SetDataTxn;
import org.apache.zookeeper.txn.Txn;
import org.apache.zookeeper.txn.TxnDigest;
import org.apache.zookeeper.txn.TxnHeader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import shawk.tcp.ByteLedger;
import shawk.tcp.Connection;

/** Packets of every type and form, as Apache's classes write them. */
class ZabConversationTest {
    private static final Connection CONNECTION =
            Connection.of(0, 0xffff_0a00_0001L, 40_000, 0, 0xffff_0a00_0002L, 2888);
    private static final List<ACL> ACL = List.of(new ACL(31, new Id("world", "anyone")));
    private static final String ACL_TEXT = "acl=1[{perms=31 id={scheme=world id=anyone}}]";
    private static final long ZXID = 0x1_0000_0005L;
    private static final long AUTH_MAGIC = 6_855_662_812_065_295_820L;

    private final OracleText text = new OracleText(0);
    private final ByteLedger ledger = new ByteLedger();

    private Chunk.Feed open(boolean whole) {
        return new Chunk.Feed(new ZabConversation(CONNECTION, whole, ledger, DecodeLimits.DEFAULT, text), ledger);
    }

    /** @param expected behind the addresses */
    private void check(boolean toServer, byte[] bytes, String expected) {
        text.lines.clear();
        Chunk.Feed feed = open(true);
        feed.offer(toServer, bytes);
        feed.end();
        assertThat(text.lines.stream().map(line -> line.strip().split(" ", 3)[2]))
                .containsExactly(expected);
        assertThat(ledger.in).isEqualTo(ledger.decoded + ledger.malformed + ledger.ignored);
    }

    private static byte[] longs(long... values) {
        ByteBuffer buffer = ByteBuffer.allocate(values.length * Long.BYTES);
        Arrays.stream(values).forEach(buffer::putLong);
        return buffer.array();
    }

    private static byte[] ints(int... values) {
        ByteBuffer buffer = ByteBuffer.allocate(values.length * Integer.BYTES);
        Arrays.stream(values).forEach(buffer::putInt);
        return buffer.array();
    }

    private void checkTxn(int type, @Nullable Record txn, String expected) {
        TxnHeader header = new TxnHeader(0xabcL, 7, ZXID, 1_795_305_892_463L, type);
        byte[] plain = txn == null ? Jute.bytes(header) : Jute.bytes(header, txn);
        byte[] digested = Jute.join(plain, Jute.bytes(new TxnDigest(2, 99)));
        String head = "hdr{clientId=0xabc cxid=7 zxid=0x100000005 time=1795305892463 type=" + type + "} ";
        for (int packet : new int[] {2, 8}) {
            String name = "ZAB " + (packet == 2 ? "PROPOSAL" : "INFORM") + " zxid=0x100000005 size=";
            check(
                    false,
                    Jute.packet(packet, ZXID, plain, null),
                    name + (plain.length + 20) + " data=" + plain.length + "B authinfo=null " + head + expected);
            check(
                    false,
                    Jute.packet(packet, ZXID, digested, null),
                    name + (digested.length + 20) + " data=" + digested.length + "B authinfo=null " + head + expected
                            + " digest{version=2 treeDigest=99}");
        }
        byte[] activating = Jute.join(longs(3), digested);
        check(
                false,
                Jute.packet(19, ZXID, activating, null),
                "ZAB INFORMANDACTIVATE zxid=0x100000005 size=" + (activating.length + 20) + " data="
                        + activating.length + "B authinfo=null suggestedLeader=3 " + head + expected
                        + " digest{version=2 treeDigest=99}");
    }

    @Test
    void everyTransaction() {
        byte[] data = "hi".getBytes(StandardCharsets.UTF_8);
        String create = "path=/a data=\"hi\" " + ACL_TEXT;
        checkTxn(1, new CreateTxn("/a", data, ACL, true, 4), "create " + create + " ephemeral=true parentCVersion=4");
        checkTxn(
                15,
                new CreateTxn("/a", null, null, false, -1),
                "create2 path=/a data=null acl=-1[] ephemeral=false parentCVersion=-1");
        checkTxn(
                21,
                new CreateTTLTxn("/a", data, ACL, 4, 60_000),
                "createTTL " + create + " parentCVersion=4 ttl=60000");
        checkTxn(19, new CreateContainerTxn("/a", data, ACL, 4), "createContainer " + create + " parentCVersion=4");
        checkTxn(2, new DeleteTxn("/ä"), "delete path=/ä");
        checkTxn(20, new DeleteTxn("/a"), "deleteContainer path=/a");
        checkTxn(5, new SetDataTxn("/a", data, 9), "setData path=/a data=\"hi\" version=9");
        checkTxn(16, new SetDataTxn("/a", data, -1), "reconfig path=/a data=\"hi\" version=-1");
        checkTxn(7, new SetACLTxn("/a", ACL, 2), "setACL path=/a " + ACL_TEXT + " version=2");
        checkTxn(13, new CheckVersionTxn("/a", 2), "check path=/a version=2");
        checkTxn(-10, new CreateSessionTxn(6000), "createSession timeOut=6000");
        checkTxn(-11, new CloseSessionTxn(List.of("/a", "/b")), "closeSession paths2Delete=2[/a,/b]");
        checkTxn(-11, new CloseSessionTxn(List.of("/abc")), "closeSession paths2Delete=1[/abc]");
        checkTxn(-11, null, "closeSession");
        checkTxn(-1, new ErrorTxn(-110), "error err=-110");
        MultiTxn multi = new MultiTxn(List.of(
                new Txn(1, Jute.bytes(new CreateTxn("/a", data, ACL, false, 1))),
                new Txn(-1, Jute.bytes(new ErrorTxn(-2))),
                new Txn(77, new byte[] {'x'})));
        checkTxn(
                14,
                multi,
                "multi 3 txns [create " + create
                        + " ephemeral=false parentCVersion=1; error err=-2; op77 data=\"x\"; ]");
    }

    @Test
    void createAsOfOld() {
        byte[] data = Jute.bytes(new TxnHeader(1, 2, ZXID, 3, 1), new CreateTxnV0("/a", null, ACL, true));
        check(
                false,
                Jute.packet(2, ZXID, data, null),
                "ZAB PROPOSAL zxid=0x100000005 size=" + (data.length + 20) + " data=" + data.length
                        + "B authinfo=null hdr{clientId=0x1 cxid=2 zxid=0x100000005 time=3 type=1} "
                        + "create path=/a data=null "
                        + ACL_TEXT + " ephemeral=true");
    }

    @Test
    void unknownTransactionsAndRequestsKeepTheirBytes() {
        byte[] txn = Jute.join(Jute.bytes(new TxnHeader(1, 2, ZXID, 3, 999)), new byte[50]);
        check(
                false,
                Jute.packet(2, ZXID, txn, null),
                "ZAB PROPOSAL zxid=0x100000005 size=102 data=82B authinfo=null data=82B");
        byte[] request = Jute.join(longs(5), ints(6, 999), new byte[50]);
        check(
                true,
                Jute.packet(1, -1, request, null),
                "ZAB REQUEST zxid=0xffffffffffffffff size=86 data=66B authinfo=null data=66B");
        check(true, Jute.packet(3, 5, new byte[50], null), "ZAB ACK zxid=0x5 size=70 data=50B authinfo=null data=50B");
    }

    @Test
    void whatDoesNotFitIsNoMessage() {
        byte[] txn = Jute.bytes(new TxnHeader(1, 2, ZXID, 3, 2), new DeleteTxn("/a"), new ErrorTxn(1));
        check(false, Jute.packet(2, ZXID, txn, null), "ZAB malformed PROPOSAL of 62 bytes");
        byte[] other = Jute.bytes(new TxnHeader(1, 2, ZXID + 1, 3, 2), new DeleteTxn("/a"));
        check(false, Jute.packet(2, ZXID, other, null), "ZAB malformed PROPOSAL of 58 bytes");
        check(true, Jute.packet(6, -1, new byte[10], null), "ZAB malformed REVALIDATE of 30 bytes");
        check(false, Jute.packet(18, 0, new byte[3], null), "ZAB malformed ACKEPOCH of 23 bytes");
    }

    @Test
    void whoLearns() {
        byte[] info = Jute.bytes(new LearnerInfo(3, 0x10000, 0x1_0000_002fL));
        String of = " authinfo=null serverid=3";
        String version = " protocolVersion=65536";
        check(
                true,
                Jute.packet(11, 0, info, null),
                "ZAB FOLLOWERINFO zxid=0x0 size=40 data=20B" + of + version + " configVersion=4294967343");
        check(
                true,
                Jute.packet(16, 0, Arrays.copyOf(info, 12), null),
                "ZAB OBSERVERINFO zxid=0x0 size=32 data=12B" + of + version);
        check(true, Jute.packet(11, 0, Arrays.copyOf(info, 8), null), "ZAB FOLLOWERINFO zxid=0x0 size=28 data=8B" + of);
        check(true, Jute.packet(11, 0, null, null), "ZAB FOLLOWERINFO zxid=0x0 size=20 data=null authinfo=null");
    }

    @Test
    void sessionsAreTouchedAndAskedFor() {
        byte[] touches = Jute.join(longs(1), ints(6000), longs(2), ints(8000));
        check(
                true,
                Jute.packet(5, 7, touches, null),
                "ZAB PING zxid=0x7 size=44 data=24B authinfo=null sessions={0x1=6000 0x2=8000 }");
        check(
                true,
                Jute.packet(6, -1, Jute.join(longs(1), ints(6000)), null),
                "ZAB REVALIDATE zxid=0xffffffffffffffff size=32 data=12B authinfo=null session=0x1 timeout=6000");
        check(
                false,
                Jute.packet(6, -1, Jute.join(longs(1), new byte[] {1}), null),
                "ZAB REVALIDATE zxid=0xffffffffffffffff size=29 data=9B authinfo=null session=0x1 valid=true");
        check(
                false,
                Jute.packet(9, ZXID, longs(3), null),
                "ZAB COMMITANDACTIVATE zxid=0x100000005 size=28 data=8B authinfo=null suggestedLeader=3");
        check(
                false,
                Jute.packet(10, ZXID, null, null),
                "ZAB NEWLEADER zxid=0x100000005 size=20 data=null authinfo=null");
        check(false, Jute.packet(14, ZXID, null, null), "ZAB TRUNC zxid=0x100000005 size=20 data=null authinfo=null");
        check(
                true,
                Jute.packet(18, ZXID, ints(-1), null),
                "ZAB ACKEPOCH zxid=0x100000005 size=24 data=4B authinfo=null epoch=-1");
    }

    private static byte[] auth(int status, byte @Nullable [] token) {
        return Jute.bytes(new QuorumAuthPacket(AUTH_MAGIC, status, token));
    }

    @Test
    void whoAuthenticatesDoesSoFirst() {
        Chunk.Feed feed = open(true);
        feed.offer(true, auth(0, new byte[5]));
        feed.offer(false, auth(0, new byte[9]));
        feed.offer(false, auth(1, null));
        feed.offer(true, Jute.packet(11, 0, null, null));
        feed.offer(false, Jute.packet(17, ZXID, ints(0x10000), null));
        feed.end();
        assertThat(text.lines.stream().map(line -> line.split(" ZAB ")[1].split(" ")[0]))
                .containsExactly("AUTH", "AUTH", "AUTH", "FOLLOWERINFO", "LEADERINFO");
        assertThat(ledger.decoded).isEqualTo(ledger.in);
        check(
                true,
                Jute.join(Jute.packet(11, 0, null, null), auth(0, null)).clone(),
                "ZAB FOLLOWERINFO zxid=0x0 size=20 data=null authinfo=null",
                "ZAB 16 bytes were skipped up to the end");
    }

    private void check(boolean toServer, byte[] bytes, String first, String second) {
        text.lines.clear();
        Chunk.Feed feed = open(true);
        feed.offer(toServer, bytes);
        feed.end();
        assertThat(text.lines.stream().map(line -> line.strip().split(" ", 3)[2]))
                .containsExactly(first, second);
    }

    @Test
    void tlsIsSaidOnceAndIgnored() {
        Chunk.Feed feed = open(true);
        feed.offer(true, new byte[] {22, 3});
        feed.offer(true, new byte[] {1, 2, 0, 1, 0, 1});
        feed.offer(false, new byte[] {22, 3, 3, 0, 1, 0});
        feed.end();
        assertThat(text.lines).hasSize(1).first().asString().contains("TLS");
        assertThat(ledger.ignored).isEqualTo(ledger.in);
        text.lines.clear();
        Chunk.Feed middle = open(false);
        middle.offer(false, new byte[] {23, 3, 3, 0, 2, 9, 9});
        middle.end();
        assertThat(text.lines).hasSize(1).first().asString().contains("TLS");
    }

    /** Sessions, lists of rights, nodes; one of them holds what a snapshot ends with, in its name and in its data. */
    private static byte[] snapshot(int nodes) {
        byte[] end = Jute.join(ints(10), "BenWasHere".getBytes(StandardCharsets.UTF_8));
        List<byte[]> parts = new ArrayList<>();
        parts.add(Jute.join(ints(1), longs(5), ints(6000)));
        parts.add(Jute.join(ints(2), longs(1), Jute.join(ints(1), Jute.bytes(ACL.get(0))), longs(2), ints(0)));
        for (int i = 0; i < nodes; i++) {
            byte[] path = i == 0 ? new byte[0] : Jute.join("/".getBytes(StandardCharsets.UTF_8), end);
            byte[] data = i % 3 == 0 ? ints(-1) : Jute.join(ints(2 * end.length), end, end);
            parts.add(Jute.join(ints(path.length), path, data, longs(1), new byte[60]));
        }
        parts.add(Jute.join(ints(1), new byte[] {'/'}, end));
        return Jute.join(parts.toArray(new byte[0][]));
    }

    @Test
    void snapshotsArePassedOverInAnyPieces() {
        byte[] snapshot = snapshot(20);
        byte[] all = Jute.join(Jute.packet(15, ZXID, null, null), snapshot, Jute.packet(12, -1, null, null));
        Random random = new Random(1);
        for (int most : new int[] {1, 2, 17, 10_000}) {
            text.lines.clear();
            Chunk.Feed feed = open(true);
            for (int at = 0; at < all.length; ) {
                int to = Math.min(all.length, at + 1 + random.nextInt(most));
                feed.offer(false, Arrays.copyOfRange(all, at, to));
                assertThat(feed.held()).isLessThan(32);
                at = to;
            }
            feed.end();
            assertThat(text.lines.stream().map(line -> line.split(" ZAB ")[1].split(" zxid")[0]))
                    .containsExactly(
                            "SNAP",
                            "SNAPDATA " + snapshot.length + " bytes up to and including the signature",
                            "UPTODATE");
        }
        assertThat(ledger.ignored).isEqualTo(4L * snapshot.length);
        assertThat(ledger.in).isEqualTo(ledger.decoded + ledger.ignored);
    }

    @Test
    void snapshotsOfAnotherStructureEndAtTheirSignature() {
        byte[] end = Jute.join(ints(10), "BenWasHere".getBytes(StandardCharsets.UTF_8));
        byte[] odd = Jute.join(ints(-7), new byte[500], end);
        byte[] all = Jute.join(Jute.packet(15, ZXID, null, null), odd, Jute.packet(12, -1, null, null));
        for (int size : new int[] {1, 9, 5000}) {
            text.lines.clear();
            Chunk.Feed feed = open(true);
            for (int at = 0; at < all.length; at += size) {
                feed.offer(false, Arrays.copyOfRange(all, at, Math.min(all.length, at + size)));
            }
            feed.end();
            assertThat(text.lines).hasSize(3).last().asString().contains("UPTODATE");
        }
    }

    @Test
    void holesInSnapshotsAreNoReasonToReadThem() {
        byte[] snapshot = snapshot(200);
        Chunk.Feed feed = open(true);
        feed.offer(false, Jute.packet(15, ZXID, null, null));
        feed.offer(false, Arrays.copyOf(snapshot, 1000));
        feed.gap(false, 500);
        feed.offer(false, Arrays.copyOfRange(snapshot, 1500, snapshot.length - 600));
        feed.gap(false, 600);
        feed.offer(false, Jute.packet(12, -1, null, null));
        feed.end();
        assertThat(text.lines).hasSize(3).last().asString().contains("UPTODATE");
        assertThat(text.lines.get(1)).contains("1100 bytes are missing");
        assertThat(ledger.in).isEqualTo(ledger.decoded + ledger.malformed + ledger.ignored);
    }

    @Test
    void tenTimesNothingIsEnough() {
        Chunk.Feed feed = open(true);
        byte[] bad = Jute.packet(18, 0, new byte[3], null);
        for (int i = 0; i < 20; i++) {
            feed.offer(true, bad);
        }
        feed.end();
        assertThat(text.lines).hasSize(10).last().asString().contains("undecodable");
        assertThat(ledger.malformed).isEqualTo(ledger.in);
    }

    @Test
    void packetsAreAsLargeAsTheyMayBeAndNoLarger() {
        byte[] data = Jute.bytes(new TxnHeader(1, 2, ZXID, 3, 5), new SetDataTxn("/a", new byte[1 << 20], 1));
        Chunk.Feed feed = open(true);
        byte[] packet = Jute.packet(2, ZXID, data, null);
        for (int at = 0; at < packet.length; at += 60_000) {
            feed.offer(false, Arrays.copyOfRange(packet, at, Math.min(packet.length, at + 60_000)));
        }
        assertThat(text.lines).hasSize(1);
        feed.offer(false, Jute.join(ints(2), longs(ZXID), ints(1 << 22)));
        assertThat(feed.held()).isLessThan(20);
        feed.end();
    }
}
