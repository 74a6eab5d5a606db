package shawk.source.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import shawk.flow.FlowLimits;
import shawk.flow.FlowTable;
import shawk.model.Column;
import shawk.model.ProcessInfo;
import shawk.model.RawSample;
import shawk.model.RawSection;
import shawk.model.Snapshot;
import shawk.record.Recording;
import shawk.source.SourceException;

/** A recording that was made of real sockets, by the first version that made any. */
final class ReplaySourceTest {
    private static final Path FILE = Path.of("src/test/resources/replay/load.shawk");

    private static ReplaySource open(long everyMicros) throws IOException {
        return new ReplaySource(Recording.open(FILE), everyMicros);
    }

    @Test
    void everySampleIsThere() throws IOException, SourceException {
        int samples = 0;
        int sockets = 0;
        long before = 0;
        Recording recording = Recording.open(FILE);
        try (ReplaySource source = new ReplaySource(recording, 0)) {
            FlowTable table = new FlowTable(recording.names(), FlowLimits.DEFAULT, 1);
            while (source.hasNext()) {
                RawSample sample = source.poll();
                sockets += sample.count(RawSection.SOCKETS);
                Snapshot snapshot = table.fold(sample);
                samples++;
                assertThat(snapshot.source()).isEqualTo("replay");
                assertThat(snapshot.wallMicros()).isGreaterThan(before);
                assertThat(snapshot.processes())
                        .allMatch(process -> process.name().value().startsWith("load-"))
                        .extracting(ProcessInfo::user)
                        .allMatch(user -> user.value().equals("root"));
                before = snapshot.wallMicros();
                if (samples > 1) {
                    assertThat(sum(snapshot, Column.TX_RATE)).isPositive();
                }
            }
            assertThat(recording.info().program().value()).startsWith("shawk ");
        }
        assertThat(samples).isEqualTo(24);
        assertThat(sockets).isEqualTo(2016);
    }

    private static long sum(Snapshot snapshot, Column column) {
        long sum = 0;
        for (int row = 0; row < snapshot.table().sockets(); row++) {
            sum += snapshot.table().has(column, row) ? snapshot.table().value(column, row) : 0;
        }
        return sum;
    }

    @Test
    void anIntervalLeavesSamplesOut() throws IOException, SourceException {
        int samples = 0;
        try (ReplaySource source = open(2_000_000)) {
            while (source.hasNext()) {
                source.poll();
                samples++;
            }
        }
        assertThat(samples).isEqualTo(6);
    }
}
