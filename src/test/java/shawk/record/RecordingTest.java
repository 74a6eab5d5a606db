package shawk.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shawk.model.Names;
import shawk.model.RawSample;
import shawk.model.RawSection;
import shawk.model.SafeText;

/** What goes into a recording comes out of it, whatever becomes of the file. */
final class RecordingTest {
    private static final RecordingInfo INFO =
            new RecordingInfo(SafeText.of("web01"), SafeText.of("shawk 0"), SafeText.EMPTY);

    @TempDir
    private Path folder;

    private static List<String> write(Path file, int count, long maxBytes, boolean cookies) throws IOException {
        List<String> texts = new ArrayList<>();
        Samples samples = new Samples(count);
        try (RecordingWriter writer = RecordingWriter.create(file, INFO, Names.NONE, maxBytes)) {
            for (int i = 0; i < count; i++) {
                RawSample sample = samples.next(cookies);
                texts.add(Samples.text(sample));
                writer.write(sample, new byte[] {(byte) i});
            }
        }
        return texts;
    }

    private static String text(Recording recording, long position) throws IOException {
        RawSample sample = recording.read(position);
        return sample == null ? "none" : Samples.text(sample);
    }

    @Test
    void whatGoesInComesOut() throws IOException {
        for (boolean cookies : new boolean[] {true, false}) {
            Path file = folder.resolve("a" + cookies);
            List<String> written = write(file, 70, 0, cookies);
            try (Recording recording = Recording.open(file)) {
                assertThat(recording.info()).isEqualTo(INFO);
                assertThat(recording.end()).isEqualTo(70);
                for (int i = 0; i < 70; i++) {
                    assertThat(text(recording, i)).isEqualTo(written.get(i));
                }
                assertThat(recording.degradations()).isEmpty();
            }
        }
    }

    @Test
    void anyMomentIsReachedFromAnyOther() throws IOException {
        Path file = folder.resolve("a");
        List<String> written = write(file, 70, 0, true);
        Random random = new Random(1);
        try (Recording recording = Recording.open(file)) {
            for (int i = 0; i < 200; i++) {
                int at = random.nextInt(70);
                assertThat(text(recording, at)).isEqualTo(written.get(at));
                assertThat(recording.carry()).containsExactly(at / 8 * 8);
                assertThat(recording.at(recording.wallMicros(at) + 500_000)).isEqualTo(at);
            }
        }
    }

    /** Out of memory in mid-sample, say: what comes after must not build upon what no reader has. */
    @Test
    void aSampleThatCouldNotBeEncodedHarmsNoOther() throws IOException {
        Samples samples = new Samples(3);
        List<String> kept = new ArrayList<>();
        try (MemoryRecording memory = new MemoryRecording(Names.NONE, 1 << 20, Long.MAX_VALUE)) {
            for (int i = 0; i < 12; i++) {
                RawSample sample = samples.next(true);
                if (i % 5 == 3) {
                    assertThatThrownBy(() -> memory.add(withoutRoom(sample)));
                } else {
                    memory.add(sample);
                    kept.add(Samples.text(sample));
                }
            }
            try (Recording recording = memory.reader()) {
                assertThat(recording.end()).isEqualTo(kept.size());
                for (int i = 0; i < kept.size(); i++) {
                    assertThat(text(recording, i)).isEqualTo(kept.get(i));
                }
            }
        }
    }

    /** Its last section says that it has more than it has. */
    private static RawSample withoutRoom(RawSample sample) {
        List<RawSample.Section> sections = new ArrayList<>(sample.sections());
        sections.set(RawSection.LINKS.ordinal(), new RawSample.Section(ByteBuffer.allocate(0), 1));
        return sample.withSections(sections);
    }

    @Test
    void onlyTheOwnerMayReadIt() throws IOException {
        Path file = folder.resolve("a");
        write(file, 1, 0, true);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }
}
