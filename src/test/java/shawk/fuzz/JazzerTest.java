package shawk.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Jazzer on each target for a minute, two at a time ({@code -Dshawk.fuzz.seconds=600} for longer), from what real
 * programs said on. It leaves the input of a failure in {@code target/fuzz}; that becomes a file in
 * {@code src/test/resources/fuzz}, named after what was wrong.
 */
@Tag("slow")
final class JazzerTest {
    private static final Path WORK = Path.of("target/fuzz");
    private static final int SECONDS = Integer.getInteger("shawk.fuzz.seconds", 60);
    private static final int AT_ONCE = 2;

    /** A target, what is tried on it, and where it writes. */
    private record Run(Target target, Process process, Path log) {}

    @Test
    void nothingIsFound() throws IOException, InterruptedException {
        Target[] targets = Target.values();
        for (int i = 0; i < targets.length; i += AT_ONCE) {
            List<Run> runs = new ArrayList<>();
            try {
                for (Target target : Arrays.asList(targets).subList(i, Math.min(targets.length, i + AT_ONCE))) {
                    runs.add(start(target));
                }
                for (Run run : runs) {
                    check(run);
                }
            } finally {
                runs.forEach(run -> run.process.destroyForcibly());
            }
        }
    }

    private static void check(Run run) throws IOException, InterruptedException {
        assertThat(run.process.waitFor(SECONDS + 180L, TimeUnit.SECONDS))
                .as("%s ends; see %s", run.target, run.log)
                .isTrue();
        assertThat(run.process.exitValue())
                .as("%s; see %s", run.target, run.log)
                .isZero();
        assertThat(Files.readString(run.log)).contains("stat::number_of_executed_units");
    }

    private static Run start(Target target) throws IOException {
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
                        "-Djna.boot.library.path=" + System.getProperty("jna.boot.library.path"),
                        "-Djna.nounpack=true",
                        "-Djna.nosys=true",
                        "-Dshawk.native.dir=" + System.getProperty("shawk.native.dir"),
                        "-cp",
                        String.join(File.pathSeparator, classPath()),
                        "com.code_intelligence.jazzer.Jazzer",
                        "--target_class=" + JazzerTarget.class.getName(),
                        "--target_args=" + target.name(),
                        "--instrumentation_includes=shawk.tcp.**:shawk.zk.**:shawk.source.pcap.**",
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
        return new Run(target, jazzer, log);
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
