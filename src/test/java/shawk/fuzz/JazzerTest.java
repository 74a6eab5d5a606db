package shawk.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Jazzer on each target for a minute ({@code -Dshawk.fuzz.seconds=600} for longer), from what real programs said on. It
 * leaves the input of a failure in {@code target/fuzz}; that becomes a file in {@code src/test/resources/fuzz}, named
 * after what was wrong.
 */
@Tag("slow")
final class JazzerTest {
    private static final Path WORK = Path.of("target/fuzz");
    private static final int SECONDS = Integer.getInteger("shawk.fuzz.seconds", 60);

    @ParameterizedTest
    @EnumSource
    void nothingIsFound(Target target) throws IOException, InterruptedException {
        Path folder = WORK.resolve(target.id());
        Path corpus = Files.createDirectories(folder.resolve("corpus"));
        List<byte[]> seeds = Seeds.of(target);
        for (int i = 0; i < seeds.size(); i++) {
            Files.write(corpus.resolve("seed-" + i), seeds.get(i));
        }
        Path log = folder.resolve("log");
        Process jazzer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:-UsePerfData",
                        "-cp",
                        String.join(File.pathSeparator, classPath()),
                        "com.code_intelligence.jazzer.Jazzer",
                        "--target_class=" + JazzerTarget.class.getName(),
                        "--target_args=" + target.name(),
                        "--instrumentation_includes=shawk.tcp.**:shawk.zk.**",
                        "--disabled_hooks=com.code_intelligence.jazzer.sanitizers.RegexInjection",
                        "--reproducer_path=" + folder,
                        "-artifact_prefix=" + folder + "/",
                        "-max_total_time=" + SECONDS,
                        "-timeout=5",
                        // The kernel keeps the greatest size over an exec: this one would be that of the tests' JVM.
                        "-rss_limit_mb=0",
                        "-max_len=16000",
                        "-print_final_stats=1",
                        corpus.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertThat(jazzer.waitFor(SECONDS + 180L, TimeUnit.SECONDS))
                    .as("it ends; see %s", log)
                    .isTrue();
        } finally {
            jazzer.destroyForcibly();
        }
        assertThat(jazzer.exitValue()).as("see %s", log).isZero();
        assertThat(Files.readString(log)).contains("stat::number_of_executed_units");
    }

    private static List<String> classPath() throws IOException {
        try (Stream<Path> jars = Files.list(WORK.resolve("jars"))) {
            List<String> found = jars.map(Path::toString).toList();
            assertThat(found)
                    .as("Jazzer's jars, which the profile full puts there")
                    .hasSize(2);
            return Stream.concat(found.stream(), Stream.of(System.getProperty("java.class.path")))
                    .toList();
        }
    }
}
