package shawk.view.zk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import shawk.tcp.ByteLedger;
import shawk.tcp.Connection;
import shawk.tcp.Conversation;
import shawk.zk.proto.DecodeLimits;
import shawk.zk.proto.Dissector;
import shawk.zk.proto.Ports;

/** Of a request larger than what is kept for its reply nothing is said that is not so. */
final class LargeRequestsTest {
    private static final Connection CONNECTION =
            Connection.of(0, 0xffff_0a00_0001L, 40_000, 0, 0xffff_0a00_0002L, 2_181);

    private static final String DATA = "x".repeat(70_000);

    /** What paired text says of a request whose reply has the same number. */
    private static String text(int keep, Object... request) throws IOException {
        ByteOut out = new ByteOut();
        Output output = new Output(Output.Format.TEXT, false, false, true, ZoneOffset.UTC, 1_024, false, true, true);
        MessagePrinter printer = new MessagePrinter(output, out, any -> true, Long.MAX_VALUE);
        DecodeLimits limits = new DecodeLimits(1 << 20, 100, keep, 0);
        Dissector dissector = new Dissector(Ports.of(2_181), new Ports(), new Ports(), limits, printer);
        Conversation talk = dissector.open(CONNECTION, true, new ByteLedger(), 0);
        assertThat(talk).isNotNull();
        byte[][] said = {
            Frames.of(0, 0L, 1000, 0L, "0123456789abcdef", false),
            Frames.of(0, 1000, 0x1234L, "0123456789abcdef", false),
            Frames.of(request),
            Frames.of(request[0], 7L, -101)
        };
        for (int i = 0; i < said.length; i++) {
            talk.take(i % 2 == 0, said[i], 0, said[i].length, i + 1);
        }
        return out.toString().lines().skip(2).findFirst().orElse("");
    }

    private static void check(String expected, Object... request) throws IOException {
        assertThat(text(1 << 16, request)).contains(expected);
    }

    @Test
    void aCreateSaysWhatItMakes() throws IOException {
        check(
                " CreateEphemeralRequest(size=70026, xid=1, path=/a, ephemeral=True, sequence=True, client=",
                1,
                1,
                "/a",
                DATA,
                0,
                3);
        check(" Create2Request(size=70026, xid=1, path=/a, ephemeral=False, sequence=False, ", 1, 15, "/a", DATA, 0, 0);
        check(
                " CreateTTLRequest(size=70034, xid=1, path=/a, ephemeral=False, sequence=True, ttl=5000, ",
                1,
                21,
                "/a",
                DATA,
                0,
                6,
                5_000L);
    }

    @Test
    void whatIsNotKnownIsDots() throws IOException {
        check(
                " SetWatchesRequest(relzxid=..., data=..., exist=..., child=..., client=",
                1,
                101,
                5L,
                1,
                "/" + DATA,
                0,
                0);
        check(" ExistsRequest(xid=1, path=..., watch=..., size=70014, ", 1, 3, "/" + DATA, true);
        check(" SetDataRequest(xid=1, path=/a, watch=False, size=", 1, 5, "/a", DATA, 0);
        check(" GetEphemeralsRequest(xid=1, ..., size=70013, ", 1, 103, "/" + DATA);
        check(" SetAuthRequest(type=..., scheme=..., credential=..., ", -4, 100, 0, "digest", "a:" + DATA);
        check(" ReconfigRequest(xid=1, joining=..., leaving=..., new_members=..., ", 1, 16, DATA, "", "", 0L);
        check(
                " MultiRequest(MultiHeader(opcode=2, done=0, error=-1), path=..., ",
                1,
                14,
                2,
                false,
                -1,
                DATA,
                1,
                -1,
                true,
                -1);
        assertThat(text(8, 1, 14, 2, false, -1, "/a", 1, -1, true, -1))
                .contains(" MultiRequest(MultiHeader(...), path=");
    }
}
