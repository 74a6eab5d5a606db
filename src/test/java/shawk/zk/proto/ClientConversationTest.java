package shawk.zk.proto;

import static org.assertj.core.api.Assertions.assertThat;
import static shawk.zk.proto.Talk.connect;
import static shawk.zk.proto.Talk.connectReply;
import static shawk.zk.proto.Talk.exists;
import static shawk.zk.proto.Talk.frame;
import static shawk.zk.proto.Talk.hex;
import static shawk.zk.proto.Talk.join;
import static shawk.zk.proto.Talk.reply;
import static shawk.zk.proto.Talk.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import shawk.tcp.Conversation;

/** Conversations made by hand: what no capture shows, and what nobody should send. */
final class ClientConversationTest {
    private static void check(Talk talk, String... expected) {
        assertThat(talk.lines()).containsExactly(expected);
        assertThat(talk.balances()).isTrue();
    }

    @Test
    void connectWithoutReadOnly() {
        check(
                new Talk(true).client(connect(44)).server(connectReply(36)),
                "REQ len=44 connect protocolVersion=0 lastZxidSeen=0x0 timeOut=6000 sessionId=0x0 passwd=16B",
                "REP len=36 connect protocolVersion=0 timeOut=6000 sessionId=0x100001714150000 passwd=16B");
    }

    @Test
    void byteByByte() {
        Talk talk = new Talk(true);
        for (byte value : join(connect(45), exists(1, "/a"), frame("fffffffe 0000000b"))) {
            talk.client(new byte[] {value});
        }
        for (byte value : join(connectReply(37), reply(1, -101), reply(-2, 0))) {
            talk.server(new byte[] {value});
        }
        assertThat(talk.lines()).hasSize(6).contains("REQ len=15 xid=1 exists path=/a watch=false");
        assertThat(talk.held(true) + talk.held(false)).isZero();
        assertThat(talk.balances()).isTrue();
    }

    @Test
    void eventsOf39HaveTheirTransaction() {
        Talk talk = Talk.connected().server(frame("ffffffff 0000000100000007 00000000 00000007 00000003" + text("/a")));
        check(talk, "EVT len=30 xid=-1 zxid=0x100000007 type=7 state=3 path=/a");
        assertThat(EventTypes.name(7)).isEqualTo("PersistentWatchRemoved");
    }

    @Test
    void watchesSetAgainTheOldWay() {
        Talk talk = Talk.connected()
                .client(frame("fffffff8 00000065 0000000000000003 00000001" + text("/a") + "00000000 ffffffff"))
                .server(reply(-8, 0));
        check(
                talk,
                "REQ len=34 xid=-8 setWatches relativeZxid=0x3 dataWatches=1[/a] existWatches=0[] childWatches=-1[]",
                "REP len=16 xid=-8 zxid=0x7 err=0 setWatches ");
    }

    @Test
    void sasl() {
        Talk talk = Talk.connected()
                .client(frame("00000001 00000066 00000003 616263"))
                .server(frame("00000001 0000000000000000 00000000 00000002 7879"));
        check(talk, "REQ len=15 xid=1 sasl token=\"abc\"", "REP len=22 xid=1 zxid=0x0 err=0 sasl token=\"xy\"");
    }

    @Test
    void reconfig() {
        Talk talk =
                Talk.connected().client(frame("00000001 00000010 ffffffff" + text("4") + "ffffffff ffffffffffffffff"));
        check(talk, "REQ len=29 xid=1 reconfig joiningServers=null leavingServers=4 newMembers=null curConfigId=-1");
    }

    @Test
    void whatOnlyClickHouseHasIsNamed() {
        Talk talk = Talk.connected()
                .client(frame("00000001 000001f4" + text("/a") + "00 01"))
                .client(frame("00000002 0000000e 000001f5 00 ffffffff" + text("/a") + "00000001 ffffffff 01 ffffffff"))
                .server(frame("00000001 0000000000000001 00000000 00000000 00"));
        check(
                talk,
                "REQ len=16 xid=1 filteredList ",
                "REQ len=36 xid=2 multi ",
                "REP len=21 xid=1 zxid=0x1 err=0 filteredList ");
        assertThat(OpCodes.name(507)).isEqualTo("listRecursive");
        assertThat(OpCodes.name(508)).isEqualTo("op508");
    }

    @Test
    void dialectsThatCannotBeReadAreSaid() {
        byte[] connect = connect(45);
        connect[7] = 11;
        Talk talk = new Talk(true).client(connect).client(exists(1, "/a")).server(connectReply(37));
        check(talk);
        assertThat(talk.notes())
                .containsExactly("ClickHouse Keeper's protocol with xids of 64 bits: it cannot be decoded");
        assertThat(talk.ledger.ignored).isEqualTo(49 + 19 + 41);
    }

    @Test
    void tlsIsSaidOnce() {
        Talk talk = new Talk(true)
                .client(hex("16"))
                .client(hex("03 01 00a5 01 0000a1 0303"))
                .server(hex("16 0303 0001 00"));
        check(talk);
        assertThat(talk.notes()).containsExactly("TLS: what is said cannot be read");
        assertThat(talk.ledger.ignored).isEqualTo(17);
    }

    @Test
    void whatFewProgramsSayIsBelievedFromTheMiddleOnToo() {
        Talk talk = new Talk(false);
        for (int xid = 1; xid <= 60; xid++) {
            boolean odd = xid > 5 && xid % 3 == 0;
            talk.client(exists(xid, odd ? "/\u001b[31m" : "/a")).server(reply(xid, odd ? -9999 : -101));
        }
        assertThat(talk.lines()).hasSize(120);
        assertThat(talk.told.notes).isEmpty();
        assertThat(talk.balances()).isTrue();
    }

    @Test
    void tlsInTheMiddle() {
        Talk talk = new Talk(false).client(hex("17 0303 0003 abcdef")).server(hex("17 0303 0001 00"));
        check(talk);
        assertThat(talk.notes()).containsExactly("TLS: what is said cannot be read");
    }

    @Test
    void fourLettersInPieces() {
        Talk talk = new Talk(true)
                .client(ascii("ru"))
                .client(ascii("ok\n"))
                .server(ascii("im"))
                .server(ascii("ok"));
        talk.end(Conversation.End.FIN);
        check(talk, "4LW ruok");
        assertThat(talk.told.answers).singleElement().asString().endsWith("4LWREPLY 4 bytes");
    }

    @Test
    void garbageIsNoMessage() {
        Random random = new Random(6);
        for (int i = 0; i < 2_000; i++) {
            byte[] noise = new byte[random.nextInt(3_000)];
            random.nextBytes(noise);
            noise[0] |= (byte) 0x80;
            Talk talk = new Talk(i % 2 == 0);
            if (noise.length > 0) {
                talk.client(noise).server(noise).client(noise).server(noise);
            }
            talk.end(Conversation.End.RST);
            check(talk);
        }
    }

    @Test
    void tenMalformedMessagesAreEnough() {
        Talk talk = Talk.connected();
        for (int i = 1; i <= 12; i++) {
            talk.client(frame("00000001 00000003 7fffffff 00"));
        }
        talk.client(exists(20, "/a")).server(reply(20, 0));
        check(talk);
        assertThat(talk.notes())
                .hasSize(11)
                .startsWith("malformed message of 13 bytes: no exists")
                .endsWith("undecodable: nothing more of this connection is read");
    }

    @Test
    void aMalformedMessageCostsNoOther() {
        Talk talk = Talk.connected()
                .client(join(exists(1, "/a"), frame("00000002 00000003 7fffffff 00"), exists(3, "/c")))
                .server(join(reply(1, -101), reply(2, -101), reply(3, -101)));
        assertThat(talk.lines())
                .containsExactly(
                        "REQ len=15 xid=1 exists path=/a watch=false",
                        "REQ len=15 xid=3 exists path=/c watch=false",
                        "REP len=16 xid=1 zxid=0x7 err=-101 exists ",
                        "REP len=16 xid=2 zxid=0x7 err=-101 exists ",
                        "REP len=16 xid=3 zxid=0x7 err=-101 exists ");
        assertThat(talk.told.latencies.subList(2, 5)).containsExactly(1_000L, Message.ABSENT, 1_000L);
    }

    @Test
    void aMessageTooLargeIsGoneOver() {
        DecodeLimits small = new DecodeLimits(1_000, 10, 100, 0);
        byte[] large = frame("00000001 00000005" + text("/a") + "00001000" + "61".repeat(0x1000) + "00000000");
        Talk talk = Talk.connected(small)
                .client(large)
                .client(exists(2, "/b"))
                .server(reply(1, -101))
                .server(reply(2, -101));
        check(
                talk,
                "REQ len=15 xid=2 exists path=/b watch=false",
                "REP len=16 xid=1 zxid=0x7 err=-101 setData ",
                "REP len=16 xid=2 zxid=0x7 err=-101 exists ");
        assertThat(talk.notes()).containsExactly("setData of 4118 bytes is larger than a message may be: not read");
        assertThat(talk.ledger.ignored).isEqualTo(large.length);
    }

    @Test
    void pingsSeveralAtOnce() {
        byte[] ping = frame("fffffffe 0000000b");
        Talk talk =
                Talk.connected().client(ping).client(ping).server(reply(-2, 0)).server(reply(-2, 0));
        assertThat(talk.told.latencies).containsExactly(Message.ABSENT, Message.ABSENT, 2_000L, 2_000L);
    }

    @Test
    void whatHasNoReplyIsTold() {
        Talk talk =
                Talk.connected().client(exists(1, "/a")).client(exists(2, "/b")).server(reply(1, -101));
        talk.end(Conversation.End.RST);
        assertThat(talk.told.unanswered)
                .singleElement()
                .asString()
                .startsWith("CLOSED ")
                .contains("path=/b");
        Talk over = Talk.connected().client(exists(1, "/a")).end(Conversation.End.OVER);
        assertThat(over.told.unanswered).singleElement().asString().startsWith("OVER ");
    }

    @Test
    void whatWaitsTooLongIsTold() {
        Talk talk = Talk.connected(new DecodeLimits(1_000, 10, 100, 5_000)).client(exists(1, "/a"));
        talk.later(4_000);
        assertThat(talk.told.unanswered).isEmpty();
        talk.later(1_000);
        assertThat(talk.told.unanswered).singleElement().asString().startsWith("TIMEOUT ");
        talk.server(reply(1, -101)).end(Conversation.End.FIN);
        assertThat(talk.lines()).endsWith("REP len=16 xid=1 zxid=0x7 err=-101 exists ");
        assertThat(talk.told.latencies).endsWith(6_000L);
        assertThat(talk.told.lates).containsExactly("exists /a");
        assertThat(talk.told.unanswered).hasSize(1);
        assertThat(talk.told.settled).isEqualTo(talk.told.requests);
    }

    @Test
    void allConnectionsAreLookedAtNowAndThen() {
        Talk talk = Talk.connected(new DecodeLimits(1_000, 10, 100, 800_000)).client(exists(1, "/a"));
        talk.later(790_000).later(11_000);
        assertThat(talk.told.unanswered).isEmpty();
        talk.later(40_000);
        assertThat(talk.told.unanswered).singleElement().asString().startsWith("TIMEOUT ");
        Talk over = Talk.connected(new DecodeLimits(1_000, 10, 100, 800_000)).client(exists(1, "/a"));
        over.later(790_000).later(11_000).end(Conversation.End.OVER);
        assertThat(over.told.unanswered).singleElement().asString().startsWith("TIMEOUT ");
    }

    @Test
    void whatIsLateIsToldOnceWhateverComes() {
        Talk talk = Talk.connected(new DecodeLimits(1_000, 10, 100, 5_000))
                .client(exists(1, "/a"))
                .client(exists(2, "/b"))
                .later(10_000)
                .client(exists(3, "/c"))
                .server(reply(2, -101))
                .server(reply(3, -101))
                .end(Conversation.End.FIN);
        assertThat(talk.told.unanswered).hasSize(2);
        assertThat(talk.told.lates).containsExactly("exists /b");
        assertThat(talk.told.latencies).endsWith(12_000L, 2_000L);
        assertThat(talk.told.settled).isEqualTo(talk.told.requests);
    }

    @Test
    void tooManyWait() {
        Talk talk = Talk.connected(new DecodeLimits(1_000, 3, 100, 0));
        for (int xid = 1; xid <= 5; xid++) {
            talk.client(exists(xid, "/a"));
        }
        assertThat(talk.told.unanswered).hasSize(2).allMatch(line -> line.startsWith("CROWDED "));
        talk.server(reply(3, -101));
        assertThat(talk.told.latencies).endsWith(3_000L);
    }

    @Test
    void aGapOfRepliesLeavesNoWrongLatency() {
        byte[] ping = frame("fffffffe 0000000b");
        Talk talk = Talk.connected()
                .client(exists(1, "/a"))
                .client(ping)
                .client(exists(2, "/b"))
                .gap(false, 40)
                .client(ping)
                .server(join(reply(2, -101), reply(-2, 0)));
        assertThat(talk.told.unanswered)
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("GAP ").contains(" ping "),
                        line -> assertThat(line).startsWith("DOUBT ").contains(" ping "),
                        line -> assertThat(line).startsWith("GAP ").contains("path=/a"));
        assertThat(talk.told.latencies).endsWith(2_000L, Message.ABSENT);
        assertThat(talk.notes()).containsExactly("40 bytes are missing, then the next message was found");
    }

    @Test
    void aGapInsideOfAMessageEndsWithIt() {
        byte[] large = frame("00000001 00000005" + text("/a") + "00000064" + "61".repeat(100) + "00000000");
        byte[] first = Arrays.copyOf(large, 40);
        byte[] rest = Arrays.copyOfRange(large, 60, large.length);
        Talk talk = Talk.connected().client(first).gap(true, 20).client(join(rest, exists(2, "/b")));
        check(talk, "REQ len=15 xid=2 exists path=/b watch=false");
    }

    @Test
    void messagesInsideOfAMessageAreNone() {
        byte[] inner = join(exists(1, "/x"), exists(2, "/x"), exists(3, "/x"));
        String digits = HexFormat.of().formatHex(inner);
        byte[] outer = frame(
                "00000007 00000005" + text("/a") + "00000062" + digits + "61".repeat(98 - inner.length) + "00000000");
        Talk talk = new Talk(false).client(outer).client(exists(8, "/b"));
        assertThat(talk.lines()).noneMatch(line -> line.contains("/x")).hasSize(2);
    }

    @Test
    void aReplyToNothingIsNamedByNothing() {
        check(Talk.connected().server(reply(77, -101)), "REP len=16 xid=77 zxid=0x7 err=-101  ");
    }

    @Test
    void anExpiredSessionIsTheOneThatWasAskedFor() {
        byte[] asked = connect(45);
        asked[27] = 9;
        byte[] expired = connectReply(37);
        Arrays.fill(expired, 8, 20, (byte) 0);
        Talk talk = new Talk(true).client(asked).server(expired);
        assertThat(talk.lines().get(1)).contains("timeOut=0 sessionId=0x0");
        assertThat(talk.told.sessions).containsExactly(9L, 9L);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
