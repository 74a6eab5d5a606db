package shawk.source.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shawk.flow.FlowLimits;
import shawk.flow.FlowTable;
import shawk.model.Column;
import shawk.model.Names;
import shawk.model.ProcessInfo;
import shawk.model.RawSample;
import shawk.model.RawSection;
import shawk.model.SafeText;
import shawk.model.Snapshot;
import shawk.record.Recording;
import shawk.record.RecordingInfo;
import shawk.record.RecordingWriter;
import shawk.source.SourceException;
import shawk.support.RawSampleBuilder;

/** A recording that was made of real sockets, by the first version that made any. */
final class ReplaySourceTest {
    private static final Path FILE = Path.of("src/test/resources/replay/load.shawk");

    @TempDir
    private Path folder;

    private static ReplaySource open(long everyNanos) throws IOException {
        return new ReplaySource(Recording.open(FILE), everyNanos);
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

    /** The clock of a host may be set back while it is recorded: nothing is left out until it is that late again. */
    @Test
    void aClockThatWasSetBack() throws IOException, SourceException {
        Path file = folder.resolve("a");
        RecordingInfo info = new RecordingInfo(SafeText.EMPTY, SafeText.EMPTY, SafeText.EMPTY);
        try (RecordingWriter writer = RecordingWriter.create(file, info, Names.NONE, 0)) {
            for (int second = 1; second <= 20; second++) {
                RawSample sample = RawSampleBuilder.at(second).build();
                long stepped = sample.wallMicros() - (second > 10 ? 3_600_000_000L : 0);
                writer.write(
                        new RawSample(
                                sample.source(),
                                stepped,
                                sample.monotonicNanos(),
                                sample.sections(),
                                sample.details(),
                                sample.degradations()),
                        new byte[0]);
            }
        }
        int samples = 0;
        try (ReplaySource source = new ReplaySource(Recording.open(file), 2_000_000_000)) {
            for (; source.hasNext(); samples++) {
                source.poll();
            }
        }
        assertThat(samples).isEqualTo(10);
    }

    @Test
    void anIntervalLeavesSamplesOut() throws IOException, SourceException {
        int samples = 0;
        try (ReplaySource source = open(2_000_000_000)) {
            while (source.hasNext()) {
                source.poll();
                samples++;
            }
        }
        assertThat(samples).isEqualTo(6);
    }
}
