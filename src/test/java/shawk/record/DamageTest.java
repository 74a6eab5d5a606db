package shawk.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shawk.flow.FlowLimits;
import shawk.flow.FlowTable;
import shawk.model.Names;
import shawk.model.RawSample;
import shawk.model.SafeText;

/** Whatever becomes of a file, what is shown of it is what was recorded, and what is not shown is said. */
final class DamageTest {
    private static final int SAMPLES = 36;
    private static final RecordingInfo INFO =
            new RecordingInfo(SafeText.of("web01"), SafeText.of("shawk 0"), SafeText.EMPTY);

    @TempDir
    private Path folder;

    private final List<String> written = new ArrayList<>();
    private byte[] whole = {};

    @BeforeEach
    void record() throws IOException {
        Path file = folder.resolve("whole");
        Samples samples = new Samples(5);
        try (RecordingWriter writer = RecordingWriter.create(file, INFO, Names.NONE, 0)) {
            for (int i = 0; i < SAMPLES; i++) {
                RawSample sample = samples.next(true);
                written.add(Samples.text(sample));
                writer.write(sample, new byte[0]);
            }
        }
        whole = Files.readAllBytes(file);
    }

    /** What can be read, each of which must have been written. Empty where the file is no recording any more. */
    private List<String> read(byte[] bytes, List<String> said) throws IOException {
        Path file = folder.resolve("damaged");
        Files.write(file, bytes);
        List<String> texts = new ArrayList<>();
        try (Recording recording = Recording.open(file)) {
            for (long i = recording.first(); i < recording.end(); i++) {
                RawSample sample = recording.read(i);
                if (sample != null) {
                    texts.add(Samples.text(sample));
                }
            }
            recording.degradations().forEach(each -> said.add(each.line()));
        } catch (IOException e) {
            said.add(String.valueOf(e.getMessage()));
        }
        assertThat(written).containsAll(texts);
        return texts;
    }

    @Test
    void aFileThatEndsAnywhereHasWhatCameBefore() throws IOException {
        int before = 0;
        for (int length = 0; length < whole.length; length += length < 3000 ? 1 : 7) {
            List<String> said = new ArrayList<>();
            List<String> texts = read(Arrays.copyOf(whole, length), said);
            assertThat(texts).isEqualTo(written.subList(0, texts.size()));
            assertThat(texts.size()).isGreaterThanOrEqualTo(before);
            before = texts.size();
        }
        assertThat(before).isEqualTo(SAMPLES);
        List<String> said = new ArrayList<>();
        int cut = whole.length / 2;
        read(Arrays.copyOf(whole, cut), said);
        assertThat(said).anyMatch(line -> line.contains("not written whole"));
    }

    @Test
    void aBitThatTurnsAnywhereIsSeen() throws IOException {
        Random random = new Random(3);
        for (int at = 0; at < whole.length; at += 1 + random.nextInt(9)) {
            byte[] damaged = whole.clone();
            damaged[at] ^= (byte) (1 << random.nextInt(8));
            List<String> said = new ArrayList<>();
            List<String> texts = read(damaged, said);
            assertThat(texts.size() == SAMPLES || !said.isEmpty())
                    .as("byte %d", at)
                    .isTrue();
        }
    }

    @Test
    void bytesWithRightSumsAreNoReasonToFail() throws Exception {
        Random random = new Random(4);
        Header header = Header.of(INFO, Names.NONE);
        Samples samples = new Samples(6);
        SampleEncoder encoder = new SampleEncoder(header.layouts(), Names.NONE);
        ByteSink key = new ByteSink(64);
        ByteSink change = new ByteSink(64);
        for (int i = 0; i < 12; i++) {
            samples.next(true);
        }
        encoder.encode(samples.next(true), true, new byte[0], key);
        encoder.encode(samples.next(true), false, new byte[0], change);
        for (int i = 0; i < 4000; i++) {
            SampleDecoder decoder = new SampleDecoder(header);
            FlowTable table = new FlowTable(Names.NONE, FlowLimits.DEFAULT, 1);
            try {
                table.fold(decoder.decode(head(FrameHead.Kind.KEY), damaged(key, random, i % 2 == 0)));
                table.fold(decoder.decode(head(FrameHead.Kind.DELTA), damaged(change, random, i % 2 == 1)));
            } catch (MalformedException e) {
                assertThat(e.getMessage()).isNotEmpty();
            }
        }
    }

    private static ByteCursor damaged(ByteSink sink, Random random, boolean really) {
        byte[] bytes = sink.toBytes();
        for (int i = really ? 1 + random.nextInt(3) : 0; i > 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) (random.nextInt(4) == 0 ? 0xff : random.nextInt(256));
        }
        return new ByteCursor(bytes, 0, bytes.length);
    }

    private static FrameHead head(FrameHead.Kind kind) {
        return new FrameHead(kind, 0, 1, 1, 1_000_000_000L * kind.ordinal(), 0);
    }

    @Test
    void aRingKeepsTheNewestWithinItsBound() throws IOException {
        Path file = folder.resolve("ring");
        long bound = RecordingWriter.MAX_BYTES_LEAST;
        List<String> all = new ArrayList<>();
        byte[] carry = new byte[120_000];
        new Random(1).nextBytes(carry);
        Samples samples = new Samples(7);
        try (RecordingWriter writer = RecordingWriter.create(file, INFO, Names.NONE, bound)) {
            for (int i = 0; i < 300; i++) {
                RawSample sample = samples.next(true);
                all.add(Samples.text(sample));
                writer.write(sample, carry);
                assertThat(Files.size(file)).isLessThanOrEqualTo(bound);
            }
            assertThat(writer.dropped()).isPositive();
        }
        try (Recording recording = Recording.open(file)) {
            int kept = (int) recording.end();
            assertThat(kept).isBetween(48, 299);
            for (int i = 0; i < kept; i++) {
                RawSample sample = recording.read(i);
                assertThat(sample == null ? "none" : Samples.text(sample)).isEqualTo(all.get(300 - kept + i));
            }
            assertThat(recording.degradations()).isEmpty();
        }
    }

    @Test
    void nothingIsWrittenOver() throws IOException {
        Path file = folder.resolve("whole");
        assertThatThrownBy(() -> RecordingWriter.create(file, INFO, Names.NONE, 0))
                .isInstanceOf(java.nio.file.FileAlreadyExistsException.class);
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("nowhere"));
        assertThatThrownBy(() -> RecordingWriter.create(link, INFO, Names.NONE, 0))
                .isInstanceOf(IOException.class);
        assertThat(Files.readAllBytes(file)).isEqualTo(whole);
    }
}
