package shawk.view.zk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import shawk.model.RawText;
import shawk.support.HostileNames;
import shawk.support.Json;
import shawk.tcp.ByteLedger;
import shawk.tcp.Connection;
import shawk.tcp.Conversation;
import shawk.zk.proto.DecodeLimits;
import shawk.zk.proto.Dissector;
import shawk.zk.proto.MessageSink;
import shawk.zk.proto.Ports;
import shawk.zk.tally.Grouping;

/** Whatever is in a path, a user's name, a child's or a server's answer, what is written of it harms nobody. */
final class HostileMessagesTest {
    private static final Connection CONNECTION =
            Connection.of(0, 0xffff_0a00_0001L, 40_000, 0, 0xffff_0a00_0002L, 2_181);

    private static void say(RawText text, MessageSink sink) throws IOException {
        Dissector dissector = new Dissector(Ports.of(2_181), new Ports(), new Ports(), DecodeLimits.DEFAULT, sink);
        Conversation talk = dissector.open(CONNECTION, true, new ByteLedger(), 0);
        assertThat(talk).isNotNull();
        RawText password = RawText.of("0123456789abcdef");
        RawText scheme = RawText.of("digest");
        byte[][] asked = {
            Frames.of(0, 0L, 1000, 0L, password, false),
            Frames.of(1, 3, text, true),
            Frames.of(2, 8, text, false),
            Frames.of(-4, 100, 0, scheme, RawText.of("user:password")),
            Frames.of(-4, 100, 0, text, text),
            Frames.of(3, 101, 5L, 1, text, 1, text, 1, text),
            Frames.of(4, 14, 2, false, -1, text, 7, -1, true, -1),
            Frames.of(5, 106, text, 1)
        };
        byte[][] told = {
            Frames.of(0, 1000, 0x1234L, password, false),
            Frames.of(1, 7L, -101),
            Frames.of(2, 7L, 0, 2, text, text),
            Frames.of(-4, 0L, 0),
            Frames.of(-4, 0L, -115),
            Frames.of(3, 7L, 0),
            Frames.of(4, 7L, 0, 2, false, 0, -1, true, -1),
            Frames.of(-1, -1L, 0, 3, 3, text)
        };
        long micros = 1_000_000;
        for (int i = 0; i < asked.length; i++) {
            talk.take(true, asked[i], 0, asked[i].length, micros++);
            talk.take(false, told[i], 0, told[i].length, micros++);
        }
        talk.end(Conversation.End.FIN, micros);
    }

    private static void checkHarmless(String out) {
        String plain = out.replace("\r\n", "\n").replace("\n", "").replaceAll("\u001b\\[(0|3[1-6]|9[1-6])m", "");
        assertThat(HostileNames.harmIn(plain)).as(plain).isEqualTo(-1);
    }

    @ParameterizedTest
    @EnumSource
    void messages(Output.Format format) throws IOException {
        for (RawText text : HostileNames.ALL) {
            boolean colors = format == Output.Format.TEXT;
            Output output = new Output(format, false, colors, false, ZoneOffset.UTC, 1_024, false, true, true);
            ByteOut out = new ByteOut();
            MessagePrinter printer = new MessagePrinter(output, out, message -> true, Long.MAX_VALUE);
            printer.begin();
            say(text, printer);
            printer.end();
            checkHarmless(out.toString());
            assertThat(out.toString()).doesNotContain("password");
            if (format == Output.Format.JSON) {
                assertThat(Json.parse(out.toString())).isNotNull();
            }
            long lines = out.toString().lines().count();
            // As many lines as of a harmless text: none was forged.
            ByteOut harmless = new ByteOut();
            MessagePrinter same = new MessagePrinter(output, harmless, message -> true, Long.MAX_VALUE);
            same.begin();
            say(RawText.of("harmless"), same);
            same.end();
            assertThat(lines).isEqualTo(harmless.toString().lines().count());
        }
    }

    @ParameterizedTest
    @EnumSource
    void tables(Output.Format format) throws IOException {
        for (TableSpec.Order order : new TableSpec.Order[] {null, TableSpec.Order.MAX}) {
            TableSpec spec = new TableSpec(order, new Grouping(Grouping.By.PATH, 0), 100_000, false, format);
            TablePrinter printer = new TablePrinter(spec, message -> true, true);
            for (RawText text : HostileNames.ALL) {
                say(text, printer);
            }
            ByteOut out = new ByteOut();
            printer.write(out);
            checkHarmless(out.toString());
            assertThat(out.toString().getBytes(StandardCharsets.UTF_8).length).isGreaterThan(1_000);
        }
    }
}
