package shawk.zk.proto;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import shawk.support.PacketMaker;
import shawk.support.Segment;
import shawk.tcp.Conversation;

/** Words and answers that were not captured in their order. */
final class FourLettersTest {
    private static final byte[] NONE = {};
    private static final byte[] WORD = "ruok".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ANSWER = "imok".getBytes(StandardCharsets.US_ASCII);

    private static Segment client(int sequence, int acknowledgement, int flags, byte[] data) {
        byte[] from = PacketMaker.address(1);
        return new Segment(1_000, from, 5_000, PacketMaker.address(2), 2_181, sequence, acknowledgement, flags, data);
    }

    private static Segment server(int sequence, int acknowledgement, int flags, byte[] data) {
        byte[] from = PacketMaker.address(2);
        return new Segment(999, from, 2_181, PacketMaker.address(1), 5_000, sequence, acknowledgement, flags, data);
    }

    @Test
    void anAnswerInFrontOfItsWord() {
        Told told = Told.of(List.of(
                client(10, 0, Segment.SYN, NONE),
                server(20, 11, Segment.SYN | Segment.ACK, NONE),
                server(21, 15, Segment.ACK, ANSWER),
                client(11, 21, Segment.ACK, WORD),
                server(25, 15, Segment.ACK | Segment.FIN, NONE),
                client(15, 26, Segment.ACK | Segment.FIN, NONE)));
        assertThat(told.lines).singleElement().asString().endsWith(" 4LW ruok");
        assertThat(told.answers).singleElement().asString().endsWith(" 4LWREPLY 4 bytes");
        assertThat(told.notes).isEmpty();
        assertThat(told.unanswered).isEmpty();
        assertThat(told.balances()).isTrue();
    }

    @Test
    void anAnswerInPiecesAroundItsWord() {
        Talk talk = new Talk(true).server(ANSWER).client(WORD).server(ANSWER).end(Conversation.End.FIN);
        assertThat(talk.told.answers).singleElement().asString().endsWith(" 4LWREPLY 8 bytes");
        assertThat(talk.notes()).isEmpty();
        assertThat(talk.balances()).isTrue();
    }

    @Test
    void textWithoutAWordIsNotHeldForEver() {
        byte[] text = new byte[ClientConversation.MOST_AHEAD];
        Arrays.fill(text, (byte) 'a');
        Talk talk = new Talk(true).server(text);
        assertThat(talk.ledger.malformed).isZero();
        talk.server(ANSWER);
        assertThat(talk.ledger.malformed).isGreaterThanOrEqualTo(text.length);
        talk.client(WORD).server(ANSWER).end(Conversation.End.FIN);
        assertThat(talk.told.answers).singleElement().asString().endsWith(" 4LWREPLY 4 bytes");
        assertThat(talk.balances()).isTrue();
    }

    @Test
    void textThatAnswersNothing() {
        Talk talk = new Talk(true).server(ANSWER).end(Conversation.End.FIN);
        assertThat(talk.told.answers).isEmpty();
        assertThat(talk.balances()).isTrue();
    }
}
