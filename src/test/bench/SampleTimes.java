package shawk.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import shawk.flow.FlowLimits;
import shawk.flow.FlowTable;
import shawk.model.Names;
import shawk.model.RawSample;
import shawk.model.Snapshot;
import shawk.source.Source;
import shawk.source.SourceConfig;
import shawk.source.SourceException;
import shawk.source.diag.NetlinkSource;
import shawk.source.ebpf.EbpfSource;

/** Times what the collector's thread does for one sample, at its interval of a second, after the JIT's first minute. */
final class SampleTimes {
    private static final int WARM = 10;

    private SampleTimes() {}

    /** Median milliseconds of the poll, of the fold, of both together, and of the processor that both take. */
    static double[] measure(int samples, String from) throws IOException, InterruptedException {
        double[][] millis = new double[4][samples];
        OperatingSystemMXBean self = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        try (Source source = from.equals("ebpf")
                ? EbpfSource.open(SourceConfig.DEFAULT)
                : NetlinkSource.open(SourceConfig.DEFAULT)) {
            FlowTable table = new FlowTable(Names.NONE, FlowLimits.DEFAULT, 7);
            for (int i = -WARM; i < samples; i++) {
                Thread.sleep(i < 0 ? 100 : 1000);
                long used = self.getProcessCpuTime();
                long start = System.nanoTime();
                RawSample raw = source.poll();
                long polled = System.nanoTime();
                Snapshot snapshot = table.fold(raw);
                long folded = System.nanoTime();
                int at = Math.max(i, 0);
                millis[0][at] = (polled - start) / 1e6;
                millis[1][at] = (folded - polled) / 1e6;
                millis[2][at] = (folded - start) / 1e6;
                millis[3][at] = (self.getProcessCpuTime() - used) / 1e6;
                if (i == 0) {
                    System.out.println(snapshot.table().sockets() + " sockets in the snapshot");
                }
            }
        } catch (SourceException e) {
            throw new IOException(e);
        }
        return Arrays.stream(millis).mapToDouble(Runs::median).toArray();
    }
}
