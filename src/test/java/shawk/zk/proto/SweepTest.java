package shawk.zk.proto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import shawk.support.PacketMaker;
import shawk.support.Recut;
import shawk.tcp.Conversation;
import shawk.tcp.StreamLimits;
import shawk.tcp.Streams;

/**
 * Messages that were said, each of their bytes and numbers changed: a message or a note, and every byte accounted for.
 */
final class SweepTest {
    private static final byte[] BYTES = {0, 0x7f, (byte) 0x80, (byte) 0xff};

    /** A request and its reply, without their lengths. */
    private record Pair(byte[] request, byte[] reply) {}

    private static List<Pair> pairs(String capture) {
        List<Pair> pairs = new ArrayList<>();
        MessageSink sink = new MessageSink() {
            @Override
            public void message(Message message) {
                if (message.kind == Kind.REPLY && message.request != null && message.xid != Message.ABSENT) {
                    Message request = message.request;
                    pairs.add(new Pair(
                            Arrays.copyOfRange(request.bytes, request.from, request.to),
                            Arrays.copyOfRange(message.bytes, message.from, message.to)));
                }
            }

            @Override
            public void unanswered(Message request, Unanswered why, long micros) {}
        };
        Dissector dissector = new Dissector(Told.PORTS, new Ports(), new Ports(), DecodeLimits.DEFAULT, sink);
        PacketMaker.feed(new Streams(dissector, StreamLimits.DEFAULT), Recut.read(capture));
        return pairs;
    }

    @ParameterizedTest
    @ValueSource(strings = {"java-mix", "java-reconnect-setwatches2"})
    void changedBytes(String capture) {
        for (Pair pair : pairs(capture)) {
            for (int at = 0; at < pair.request.length; at++) {
                for (byte value : BYTES) {
                    check(changed(pair.request, at, value), pair.reply);
                }
            }
            for (int at = 0; at < pair.reply.length; at++) {
                for (byte value : BYTES) {
                    check(pair.request, changed(pair.reply, at, value));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"java-mix", "java-reconnect-setwatches2"})
    void changedNumbers(String capture) {
        for (Pair pair : pairs(capture)) {
            for (int at = 0; at + 4 <= pair.request.length; at++) {
                int number = Wire.int32(pair.request, at);
                for (int value : new int[] {-1, 0, Integer.MAX_VALUE, Integer.MIN_VALUE, number + 1, number - 1}) {
                    check(changed(pair.request, at, value), pair.reply);
                }
            }
            for (int at = 0; at + 4 <= pair.reply.length; at++) {
                int number = Wire.int32(pair.reply, at);
                for (int value : new int[] {-1, 0, Integer.MAX_VALUE, Integer.MIN_VALUE, number + 1, number - 1}) {
                    check(pair.request, changed(pair.reply, at, value));
                }
            }
        }
    }

    @Test
    void cutAtEveryByte() {
        for (Pair pair : pairs("java-mix")) {
            for (int to = 0; to < pair.request.length; to++) {
                check(Arrays.copyOf(pair.request, to), pair.reply);
            }
            for (int to = 0; to < pair.reply.length; to++) {
                check(pair.request, Arrays.copyOf(pair.reply, to));
            }
        }
    }

    @Test
    void changedLengths() {
        for (Pair pair : pairs("java-mix")) {
            byte[] frame = Talk.frame(pair.request);
            int number = pair.request.length;
            for (int value : new int[] {-1, 0, 7, Integer.MAX_VALUE, Integer.MIN_VALUE, number + 1, number - 1}) {
                Talk talk = Talk.connected();
                talk.client(changed(frame, 0, value))
                        .client(frame)
                        .client(frame)
                        .server(Talk.frame(pair.reply));
                end(talk);
            }
        }
    }

    private static byte[] changed(byte[] bytes, int at, byte value) {
        byte[] changed = bytes.clone();
        changed[at] = value;
        return changed;
    }

    private static byte[] changed(byte[] bytes, int at, int value) {
        byte[] changed = bytes.clone();
        for (int i = 0; i < 4; i++) {
            changed[at + i] = (byte) (value >>> 24 - i * 8);
        }
        return changed;
    }

    /** Seen from the beginning, each frame is a message or a note; in the middle, a message or nothing. */
    private static void check(byte[] request, byte[] reply) {
        for (boolean whole : new boolean[] {true, false}) {
            Talk talk = whole ? Talk.connected() : new Talk(false);
            talk.client(Talk.frame(request)).server(Talk.frame(reply));
            int told = talk.told.lines.size();
            if (whole && request.length >= 8 && reply.length >= 16) {
                assertThat(told + talk.told.notes.size()).isEqualTo(2);
            } else {
                assertThat(told).isLessThanOrEqualTo(2);
            }
            end(talk);
        }
    }

    private static void end(Talk talk) {
        assertThat(talk.balances()).isTrue();
        talk.end(Conversation.End.FIN);
        assertThat(talk.told.settled).isEqualTo(talk.told.requests);
        assertThat(talk.balances()).isTrue();
    }
}
