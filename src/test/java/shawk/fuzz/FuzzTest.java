package shawk.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every target with what was found before, with what real programs said, and with that changed by a generator. A
 * failure shows the input: it becomes a file in {@code src/test/resources/fuzz}, named after what was wrong.
 */
final class FuzzTest {
    static final Path FOUND = Path.of("src/test/resources/fuzz");

    private static final int MUTATIONS = 4_000;
    private static final Duration STUCK = Duration.ofSeconds(120);

    @ParameterizedTest
    @EnumSource
    void whatWasFoundBefore(Target target) throws IOException {
        for (byte[] bytes : found(target)) {
            feed(target, bytes, "found before");
        }
    }

    private static List<byte[]> found(Target target) throws IOException {
        List<byte[]> inputs = new ArrayList<>();
        Path folder = FOUND.resolve(target.id());
        if (Files.isDirectory(folder)) {
            try (var files = Files.list(folder)) {
                for (Path file : files.sorted().toList()) {
                    inputs.add(Files.readAllBytes(file));
                }
            }
        }
        return inputs;
    }

    @ParameterizedTest
    @EnumSource
    void whatProgramsSaidChanged(Target target) {
        List<byte[]> seeds = Seeds.of(target);
        assertThat(seeds).isNotEmpty();
        Assertions.assertTimeoutPreemptively(STUCK, () -> {
            for (byte[] seed : seeds) {
                feed(target, seed, "a seed");
            }
            for (int i = 0; i < MUTATIONS / target.cost(); i++) {
                feed(target, Mutator.mutate(seeds, new Random(i)), "number " + i);
            }
        });
    }

    /** Each of the first inputs cut at every byte, and with each of its bytes as others. */
    @ParameterizedTest
    @EnumSource
    void everyByte(Target target) {
        List<byte[]> seeds = Seeds.of(target);
        Assertions.assertTimeoutPreemptively(STUCK, () -> {
            for (byte[] seed : seeds.subList(0, Math.min(target.cost() == 1 ? 6 : 2, seeds.size()))) {
                byte[] bytes = Arrays.copyOf(seed, Math.min(seed.length, 400));
                for (int i = 0; i < bytes.length; i += target.cost()) {
                    feed(target, Arrays.copyOf(bytes, i), "cut at " + i);
                    byte was = bytes[i];
                    for (int value : new int[] {0, 0x7f, 0x80, 0xff, was + 1, was - 1}) {
                        bytes[i] = (byte) value;
                        feed(target, bytes, "byte " + i);
                    }
                    bytes[i] = was;
                }
            }
        });
    }

    private static void feed(Target target, byte[] bytes, String what) {
        try {
            target.feed(bytes);
        } catch (Throwable e) {
            String input = HexFormat.of().formatHex(bytes);
            assertThatCode(() -> {
                        throw e;
                    })
                    .as("%s, %s: %s", target.id(), what, input.substring(0, Math.min(4_000, input.length())))
                    .doesNotThrowAnyException();
        }
    }
}
