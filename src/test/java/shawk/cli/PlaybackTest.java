package shawk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shawk.flow.FlowLimits;
import shawk.flow.FlowTable;
import shawk.model.Column;
import shawk.model.Degradation;
import shawk.model.Names;
import shawk.model.ProcessInfo;
import shawk.model.SafeText;
import shawk.model.Snapshot;
import shawk.record.MemoryRecording;
import shawk.record.Recording;
import shawk.record.RecordingInfo;
import shawk.record.RecordingWriter;
import shawk.support.RawSampleBuilder;
import shawk.support.RawSampleBuilder.Socket;

/** A moment is the same whichever way it was reached. */
final class PlaybackTest {
    private static final int SAMPLES = 30;
    private static final RecordingInfo INFO = new RecordingInfo(SafeText.EMPTY, SafeText.EMPTY, SafeText.EMPTY);

    @TempDir
    Path folder;

    /** Two connections, one of a server; later one more, of a process that begins amid two key frames. */
    private static RawSampleBuilder sample(int second) {
        RawSampleBuilder sample = RawSampleBuilder.at(second)
                .process(7, 1, "nginx")
                .socket(Socket.listen("10.0.0.1:80").cookie(1).heldBy(7))
                .socket(Socket.tcp("10.0.0.1:80", "10.0.0.9:5000")
                        .cookie(2)
                        .heldBy(7)
                        .set("bytes_acked", 100L * second * second))
                .socket(Socket.tcp("10.0.0.1:40000", "10.0.0.8:5432")
                        .cookie(3)
                        .heldBy(7)
                        .set("bytes_acked", 30L * second));
        if (second == 0) {
            sample.details(7, 1, "/usr/sbin/nginx", "");
        }
        if (second >= 11) {
            sample.process(8, 2, "late")
                    .socket(Socket.tcp("10.0.0.1:40001", "10.0.0.8:5432")
                            .cookie(4)
                            .heldBy(8)
                            .set("bytes_acked", 7L * second));
        }
        if (second == 11) {
            sample.details(8, 2, "/usr/bin/late", "the-late-one");
        }
        return sample;
    }

    private Recording recording() throws IOException {
        Path file = folder.resolve("a.shawk");
        try (RecordingWriter writer = RecordingWriter.create(file, INFO, Names.NONE, 0)) {
            for (int second = 0; second < SAMPLES; second++) {
                writer.write(sample(second).build(), new byte[0]);
            }
        }
        return Recording.open(file);
    }

    private static Playback playback(Recording recording) {
        return new Playback(recording, () -> new FlowTable(recording.names(), FlowLimits.DEFAULT, 1), true);
    }

    private static String text(Snapshot snapshot) {
        List<String> rows = new ArrayList<>();
        for (int row = 0; row < snapshot.table().sockets(); row++) {
            StringBuilder each = new StringBuilder();
            for (Column column :
                    List.of(Column.LPORT, Column.RPORT, Column.STATE, Column.DIRECTION, Column.TX_RATE, Column.OWNER)) {
                boolean known = snapshot.table().has(column, row);
                each.append(' ').append(known ? snapshot.table().value(column, row) : "-");
            }
            rows.add(each.toString());
        }
        List<String> processes = snapshot.processes().stream()
                .map(ProcessInfo::name)
                .map(SafeText::value)
                .toList();
        return snapshot.sequence() + " " + snapshot.wallMicros() + " " + processes + rows;
    }

    @Test
    void aJumpShowsWhatPlayingShows() throws IOException {
        try (Recording played = recording();
                Recording jumped = Recording.open(folder.resolve("a.shawk"))) {
            Playback onAndOn = playback(played);
            for (int position = 0; position < SAMPLES; position++) {
                Snapshot expected = onAndOn.at(position);
                Snapshot found = playback(jumped).at(position);
                assertThat(expected).isNotNull();
                assertThat(found).isNotNull();
                assertThat(text(found)).isEqualTo(text(expected));
                assertThat(position == 0 || text(found).contains("nginx")).isTrue();
            }
        }
    }

    @Test
    void whatAJumpCannotCountIsSaid() throws IOException {
        try (Recording recording = recording()) {
            Playback playback = playback(recording);
            assertThat(missing(playback.at(0))).isEmpty();
            assertThat(missing(playback.at(1))).isEmpty();
            assertThat(missing(playback.at(20))).containsExactly("past");
            assertThat(missing(playback.at(21))).containsExactly("past");
            assertThat(missing(playback.at(3))).isEmpty();
        }
    }

    private static List<String> missing(@Nullable Snapshot snapshot) {
        assertThat(snapshot).isNotNull();
        return snapshot.degradations().stream().map(Degradation::id).toList();
    }

    @Test
    void goesBackAndForth() throws IOException {
        try (Recording recording = recording()) {
            Playback playback = playback(recording);
            for (int position : new int[] {29, 3, 4, 15, 14, 16, 0, 28, 12}) {
                Snapshot found = playback.at(position);
                assertThat(found).isNotNull();
                assertThat(text(found)).isEqualTo(text(playback(recording).at(position)));
            }
        }
    }

    @Test
    void theLivePastIsReadWhileItGrows() throws IOException {
        try (MemoryRecording past = new MemoryRecording(Names.NONE, 1 << 20, 10_000_000_000L);
                Recording reader = past.reader()) {
            Playback playback = new Playback(reader, () -> new FlowTable(Names.NONE, FlowLimits.DEFAULT, 1), false);
            for (int second = 0; second < SAMPLES; second++) {
                past.add(sample(second).build());
                long middle = (reader.first() + reader.end()) / 2;
                Snapshot found = playback.at(middle);
                assertThat(found).isNotNull();
                assertThat(found.sequence()).isEqualTo(middle + 1);
                assertThat(found.wallMicros()).isEqualTo(reader.wallMicros(middle));
            }
            assertThat(reader.first()).isEqualTo(24);
        }
    }
}
