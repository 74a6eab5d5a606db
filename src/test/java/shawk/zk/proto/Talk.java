package shawk.zk.proto;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import shawk.tcp.ByteLedger;
import shawk.tcp.Connection;
import shawk.tcp.Conversation;

/** A conversation that a test leads: bytes of either side, a millisecond apart. */
final class Talk {
    final ByteLedger ledger = new ByteLedger();
    final Told told = new Told();
    private final ClientConversations conversations;
    private final Conversation conversation;
    private final byte[][] held = {new byte[0], new byte[0]};
    private long micros;
    private long in;

    Talk(boolean whole) {
        this(whole, DecodeLimits.DEFAULT);
    }

    Talk(boolean whole, DecodeLimits limits) {
        conversations = new ClientConversations(limits, told);
        long v4 = 0xffff_0000_0000L;
        Connection connection = Connection.of(0, v4 | 0xc0000201L, 5000, 0, v4 | 0xc0000202L, 2181);
        conversation = conversations.open(connection, whole, ledger, 0);
    }

    /** A connection that is seen from its beginning, with a session. */
    static Talk connected() {
        return connected(DecodeLimits.DEFAULT);
    }

    static Talk connected(DecodeLimits limits) {
        Talk talk = new Talk(true, limits);
        talk.client(connect(45)).server(connectReply(37));
        talk.told.lines.clear();
        talk.told.latencies.clear();
        return talk;
    }

    static byte[] connect(int length) {
        return frame(Arrays.copyOf(
                hex("00000000 0000000000000000 00001770 0000000000000000 00000010"
                        + "00000000000000000000000000000000 00"),
                length));
    }

    static byte[] connectReply(int length) {
        return frame(Arrays.copyOf(
                hex("00000000 00001770 0100001714150000 00000010 000102030405060708090a0b0c0d0e0f 00"), length));
    }

    /** Hexadecimal digits, with blanks where they help. */
    static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }

    /** With its length in front. */
    static byte[] frame(String digits) {
        return frame(hex(digits));
    }

    static byte[] frame(byte[] payload) {
        return join(hex(HexFormat.of().toHexDigits(payload.length)), payload);
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    /** Text in hexadecimal digits, with its length in front. */
    static String text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return HexFormat.of().toHexDigits(bytes.length) + HexFormat.of().formatHex(bytes);
    }

    /** A request for {@code exists}. */
    static byte[] exists(int xid, String path) {
        return frame(HexFormat.of().toHexDigits(xid) + "00000003" + text(path) + "00");
    }

    /** A reply without a record. */
    static byte[] reply(int xid, int error) {
        return frame(HexFormat.of().toHexDigits(xid) + "0000000000000007"
                + HexFormat.of().toHexDigits(error));
    }

    Talk client(byte[] bytes) {
        return offer(0, bytes);
    }

    Talk server(byte[] bytes) {
        return offer(1, bytes);
    }

    private Talk offer(int direction, byte[] more) {
        micros += 1_000;
        in += more.length;
        // Bytes in front and behind are nobody's business.
        byte[] all = join(new byte[] {-1, -1}, held[direction], more, new byte[] {-1, -1, -1});
        int to = all.length - 3;
        int taken = conversation.take(direction == 0, all, 2, to, micros);
        if (taken < 0 || taken > to - 2) {
            throw new IllegalStateException("taken: " + taken + " of " + (to - 2));
        }
        held[direction] = Arrays.copyOfRange(all, 2 + taken, to);
        return this;
    }

    Talk gap(boolean toServer, long length) {
        int direction = toServer ? 0 : 1;
        ledger.malformed += held[direction].length;
        held[direction] = new byte[0];
        conversation.gap(toServer, length, micros);
        return this;
    }

    Talk later(long more) {
        micros += more;
        conversations.expire(micros);
        return this;
    }

    Talk end(Conversation.End end) {
        for (int i = 0; i < 2; i++) {
            ledger.malformed += held[i].length;
            held[i] = new byte[0];
        }
        conversation.end(end, micros);
        return this;
    }

    int held(boolean toServer) {
        return held[toServer ? 0 : 1].length;
    }

    /** Whether every byte that came is in exactly one place. */
    boolean balances() {
        return in == ledger.decoded + ledger.ignored + ledger.malformed + held[0].length + held[1].length;
    }

    /** What was told, without the ends. */
    List<String> lines() {
        return told.lines.stream()
                .map(line -> line.replaceFirst("^[0-9]+ [^ ]+ ", ""))
                .toList();
    }

    List<String> notes() {
        return told.notes.stream()
                .map(line -> line.replaceFirst("^[^ ]+ NOTE ", ""))
                .toList();
    }
}
