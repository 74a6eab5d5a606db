package shawk.view.zk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import shawk.zk.proto.Kind;
import shawk.zk.proto.Message;

/** What is no message may hold a password all the same. */
final class BadPacketTest {
    private static final byte[] BYTES = "\0\0\0\1\0\0\0d\0\0\0\0s3cret".getBytes(StandardCharsets.ISO_8859_1);

    @Test
    void onlyTheHeadIsShownWithoutCredentials() {
        for (Output.Format format : Output.Format.values()) {
            String text = shown(format, false, BYTES.length);
            assertThat(text).as(format.name()).contains("no auth").doesNotContain("s3c", "73 33 63", "czNj", "ZABzM");
        }
        assertThat(shown(Output.Format.TEXT, false, BYTES.length))
                .contains("00 00 00 01 00 00 00 64 00 00 00 00 ", "6 bytes more", "--show-credentials");
        assertThat(shown(Output.Format.NDJSON, false, BYTES.length))
                .contains("\"len\":18,\"base64\":\"AAAAAQAAAGQAAAAA\"");
    }

    @Test
    void nothingIsShownOfBytesThatBeginNobodyKnowsWhere() {
        assertThat(shown(Output.Format.NDJSON, false, Message.ABSENT)).contains("\"len\":18,\"base64\":\"\"");
        assertThat(shown(Output.Format.TEXT, false, Message.ABSENT)).contains("18 bytes more");
    }

    @Test
    void allIsShownWithCredentials() {
        assertThat(shown(Output.Format.TEXT, true, Message.ABSENT)).contains("73 33 63 72  ", "65 74");
        assertThat(shown(Output.Format.NDJSON, true, BYTES.length)).contains("AAAAAQAAAGQAAAAAczNjcmV0");
    }

    private static String shown(Output.Format format, boolean credentials, long size) {
        Message message = new Message();
        message.clear();
        message.kind = Kind.NOTE;
        message.bytes = BYTES;
        message.to = BYTES.length;
        message.size = size;
        message.text = "no auth";
        ByteOut out = new ByteOut();
        Output output = new Output(format, true, false, true, ZoneOffset.UTC, 1_024, credentials, true, true);
        MessagePrinter printer = new MessagePrinter(output, out, any -> true, Long.MAX_VALUE);
        printer.begin();
        printer.message(message);
        printer.end();
        return out.toString();
    }
}
