package shawk.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code shawk events} as a user has it, on connections whose life is known. */
@Tag("slow")
final class EventsCommandTest {
    private static final long DEADLINE_NANOS = TimeUnit.SECONDS.toNanos(60);

    private static final long POLL_MILLIS = 50;
    private static final double SLACK_SECONDS = 0.005;

    @TempDir
    Path folder;

    private long read;

    private Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:-UsePerfData",
                "-XX:TieredStopAtLevel=1",
                "-Djava.awt.headless=true",
                "-Dshawk.native.dir=" + System.getProperty("shawk.native.dir"),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "shawk.cli.Main"));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile())
                .redirectInput(new File("/dev/null"))
                .start();
    }

    /** What has been written since the last time, and is about one of the namespaces of {@code truth}. */
    private List<End> seen(List<End> truth, double from, double to) throws IOException {
        List<String> places = truth.stream()
                .map(end -> "\"netns\":" + end.netns() + ",")
                .distinct()
                .toList();
        try (RandomAccessFile out = new RandomAccessFile(folder.resolve("out").toFile(), "r")) {
            byte[] octets = new byte[(int) (out.length() - read)];
            out.seek(read);
            out.readFully(octets);
            String text = new String(octets, StandardCharsets.ISO_8859_1);
            int whole = text.lastIndexOf('\n') + 1;
            read += whole;
            return text.substring(0, whole)
                    .lines()
                    .filter(line -> places.stream().anyMatch(line::contains))
                    .filter(line -> time(line) >= from && time(line) <= to)
                    .map(End::ofCommand)
                    .map(End::unnamed)
                    .toList();
        }
    }

    private static double time(String line) {
        return Double.parseDouble(line.substring(line.indexOf("\"t\":") + 4, line.indexOf(',')));
    }

    private static double now() {
        return System.currentTimeMillis() / 1000.0;
    }

    /** Makes connections until one is seen from its opening to its end. */
    private void awaitWork(Process program) throws Exception {
        long deadline = System.nanoTime() + DEADLINE_NANOS;
        while (!run("one-process --count 1", 1).differences().isEmpty() && System.nanoTime() < deadline) {
            assertThat(program.isAlive())
                    .as(Files.readString(folder.resolve("err")))
                    .isTrue();
        }
    }

    /**
     * Runs {@code scenario} and reads until nothing is missing any more, for so many seconds at most. A process is
     * known by its number: under which name, while it changes its name, is a matter of the moment.
     */
    private Comparison run(String scenario, int seconds) throws Exception {
        double start = now() - SLACK_SECONDS; // the next namespace may have the number of one that has ended
        List<End> truth =
                End.truth(Generator.run(scenario)).stream().map(End::unnamed).toList();
        double end = now() + SLACK_SECONDS;
        List<End> seen = new ArrayList<>(seen(truth, start, end));
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        Comparison comparison = Comparison.of(truth, seen);
        while (comparison.isMissing() && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            seen.addAll(seen(truth, start, end));
            comparison = Comparison.of(truth, seen);
        }
        return comparison;
    }

    private int end(Process program) throws Exception {
        new ProcessBuilder("/bin/sh", "-c", "kill -INT " + program.pid())
                .start()
                .waitFor();
        assertThat(program.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return program.exitValue();
    }

    @Test
    void everyEndOfEveryKindOnce() throws Exception {
        Process program = start("events", "--source", "ebpf", "--format", "ndjson");
        try {
            awaitWork(program);
            List<String> scenarios = new ArrayList<>(Generator.CHURN);
            scenarios.addAll(Generator.ENDINGS);
            scenarios.addAll(Generator.ATTEMPTS);
            List<String> differences = new ArrayList<>();
            for (String scenario : scenarios) {
                run(scenario, 20).differences().forEach(each -> differences.add(scenario + ": " + each));
            }
            assertThat(differences).isEmpty();
            assertThat(end(program)).isZero();
            assertThat(Files.readString(folder.resolve("err"))).isEmpty();
        } finally {
            program.destroyForcibly();
        }
    }

    /** A fork per connection, at the rate of a busy server, into a file. */
    @Test
    void aForkPerConnection() throws Exception {
        Process program = start("events", "--source", "ebpf", "--format", "ndjson");
        try {
            awaitWork(program);
            Comparison comparison = run("fork process --count 4000 --rate 1000", 20);
            assertThat(comparison.differences()).isEmpty();
            assertThat(comparison.rightOwners()).isEqualTo(8_000);
            assertThat(comparison.wrongProven()).isZero();
            assertThat(comparison.proven()).isEqualTo(8_000);
            assertThat(end(program)).isZero();
        } finally {
            program.destroyForcibly();
        }
    }
}
