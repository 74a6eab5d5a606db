package shawk.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import shawk.model.Column;
import shawk.model.Names;
import shawk.model.RawSample;
import shawk.model.Snapshot;
import shawk.model.SocketRecord;
import shawk.support.RawSampleBuilder;
import shawk.support.RawSampleBuilder.Socket;

/** What a sample costs is its columns: nothing else is made for each row. */
final class FoldCostTest {
    private static final int ROWS = 60_000;
    private static final int OTHER_BYTES_PER_ROW = 12;

    @Test
    void allocatesTheColumnsAndLittleElse() {
        RawSample first = sample(1);
        RawSample second = sample(2);
        FlowTable table = new FlowTable(Names.NONE, FlowLimits.DEFAULT, 7);
        table.fold(first);
        table.fold(second);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        Snapshot snapshot = table.fold(second);
        long allocated = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
        assertThat(snapshot.table().sockets()).isEqualTo(ROWS);
        assertThat(allocated).isLessThan((long) ROWS * (Column.values().length * 8 + OTHER_BYTES_PER_ROW));
    }

    private static RawSample sample(int second) {
        RawSampleBuilder sample = RawSampleBuilder.at(second);
        for (int p = 0; p < 10; p++) {
            sample.process(100 + p, 5, "server" + p);
        }
        sample.socket(Socket.listen("0.0.0.0:80").cookie(1).inode(1).heldBy(100));
        for (int i = 1; i < ROWS; i++) {
            int client = i / 2;
            String a = "10.1." + (client >> 12) + ".1:80";
            String b = "10.2." + (client >> 12 & 15) + "." + (client & 127) + ":" + (1024 + client);
            Socket socket = i % 2 == 0 ? Socket.tcp(a, b) : Socket.tcp(b, a);
            sample.socket(socket.cookie(i + 1)
                    .inode(i + 1)
                    .heldBy(100 + i % 10)
                    .text("cong", "cubic")
                    .set("bytes_acked", i * second)
                    .set("bytes_sent", i * second + 5)
                    .set("bytes_received", 9)
                    .set("unacked", 1)
                    .set("rtt_us", 100)
                    .set("busy_us", 1)
                    .set("delivery_rate", 77)
                    .set("min_rtt_us", 3)
                    .set("segs_out", 9)
                    .set("pacing_rate", 3)
                    .present(SocketRecord.HAS_CONG));
        }
        return sample.build();
    }
}
