package shawk.zk.omni;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import shawk.support.Captures;
import shawk.tcp.ByteLedger;
import shawk.tcp.PacketBatch;
import shawk.tcp.StreamLimits;
import shawk.tcp.Streams;
import shawk.zk.proto.DecodeLimits;
import shawk.zk.proto.Kind;
import shawk.zk.proto.Message;
import shawk.zk.proto.MessageSink;
import shawk.zk.proto.Protocol;

/** An ensemble on ports that nobody was told of. */
class OmniConversationsTest {
    private static final long ENOUGH = 16L << 20;

    private final PacketBatch packets = Captures.read("ensemble-full.pcap");
    private final List<String> messages = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final MessageSink sink = new MessageSink() {
        @Override
        public void message(Message message) {
            String line = message.micros + " "
                    + Objects.requireNonNull(message.connection).server() + " " + message.toServer + " " + message.kind
                    + " " + message.op + " " + message.size;
            (message.kind == Kind.NOTE ? notes : messages).add(message.kind == Kind.NOTE ? message.text : line);
        }

        @Override
        public void unanswered(Message request, Unanswered why, long micros) {
            notes.add("unanswered " + request.op);
        }
    };

    private ByteLedger take(PortRoles roles, long most) {
        OmniConversations omni = new OmniConversations(roles, most, DecodeLimits.DEFAULT, sink);
        Streams streams = new Streams(omni, StreamLimits.DEFAULT);
        for (int i = 0; i < packets.count; i++) {
            streams.take(
                    packets.bytes,
                    packets.offset[i],
                    packets.captured[i],
                    packets.wire[i],
                    packets.link[i],
                    packets.micros[i]);
            assertThat(omni.heldBytes()).isLessThanOrEqualTo(Math.max(most, 0));
        }
        streams.finish(packets.micros[packets.count - 1]);
        omni.finish();
        ByteLedger ledger = streams.ledger();
        assertThat(ledger.in).isEqualTo(ledger.decoded + ledger.ignored + ledger.malformed + ledger.evicted);
        return ledger;
    }

    private long count(String kind) {
        return messages.stream().filter(line -> line.contains(kind)).count();
    }

    private static PortRoles told() {
        PortRoles roles = new PortRoles();
        roles.add(Protocol.FLE, 3881, 3884);
        roles.add(Protocol.ZAB, 2881, 2884);
        roles.add(Protocol.CLIENT, 2191, 2194);
        return roles;
    }

    @Test
    void nothingBeforeTheLearningIsLost() {
        take(told(), 0);
        List<String> expected = List.copyOf(messages);
        assertThat(count(" FLE ")).isEqualTo(139);
        assertThat(count(" ZAB ")).isEqualTo(1_145 - 3);
        assertThat(count(" true REQUEST ")).isEqualTo(112);
        messages.clear();
        notes.clear();
        ByteLedger ledger = take(new PortRoles(), ENOUGH);
        assertThat(messages).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(notes).anyMatch(note -> note.startsWith("learned:") && note.contains(" zab=2881"));
        assertThat(ledger.evicted).isZero();
        assertThat(ledger.malformed).isZero();
    }

    @Test
    void withTheRolesOfAFirstPassNothingIsHeldBack() {
        PortRoles roles = new PortRoles();
        take(roles, ENOUGH);
        messages.clear();
        take(roles, 0);
        List<String> second = List.copyOf(messages);
        messages.clear();
        take(told(), 0);
        assertThat(second).isEqualTo(messages);
    }

    @Test
    void withoutRoomTheOldestAreLetGo() {
        ByteLedger ledger = take(new PortRoles(), 900);
        assertThat(ledger.evicted).isPositive();
        assertThat(count(" FLE ")).isPositive();
    }

    @Test
    void fromTheMiddleOnPortsAreLearnedToo() {
        int first = 0;
        while (packets.micros[first] - packets.micros[0] < 17_000_000) {
            first++;
        }
        packets.count -= first;
        for (int i = 0; i < packets.count; i++) {
            packets.micros[i] = packets.micros[i + first];
            packets.offset[i] = packets.offset[i + first];
            packets.captured[i] = packets.captured[i + first];
            packets.wire[i] = packets.wire[i + first];
        }
        ByteLedger ledger = take(new PortRoles(), ENOUGH);
        messages.clear();
        notes.clear();
        ByteLedger known = take(told(), 0);
        assertThat(ledger.decoded).isGreaterThan(known.decoded * 9 / 10);
    }
}
