package shawk.view.zk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import shawk.zk.proto.Kind;
import shawk.zk.proto.Message;

/** An event of a type that has no name. */
final class UnknownEventTest {
    @Test
    void itsTypeIsANumber() {
        Message message = new Message();
        message.clear();
        message.kind = Kind.EVENT;
        message.op = "event-65533";
        message.opNumber = -65_533;
        ByteOut out = new ByteOut();
        Output output = new Output(Output.Format.TEXT, false, false, true, ZoneOffset.UTC, 1_024, false, true, true);
        new MessagePrinter(output, out, any -> true, Long.MAX_VALUE).message(message);
        assertThat(out.toString()).isEqualTo("00:00:00:000000 EventUnknown(type=-65533, state=None, path=)\n");
    }
}
