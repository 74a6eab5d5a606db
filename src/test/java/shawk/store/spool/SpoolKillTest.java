package shawk.store.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that fills a real spool as fast as it can, killed at any moment, again and again. */
final class SpoolKillTest {
    private static final SpoolLimits LIMITS = new SpoolLimits(64 << 20, 64 << 10, 1 << 20);

    @TempDir
    Path folder;

    /** Appends batches from the number that it is given on, and says each number once it is accepted. */
    static final class Filler {
        private Filler() {}

        public static void main(String[] args) throws Exception {
            try (Spool spool = Spool.open(Path.of(args[0]), LIMITS, new TestBatches())) {
                for (long id = Long.parseLong(args[1]); ; id++) {
                    spool.append(TestBatches.of(id, 1, 200));
                    System.out.println(id);
                }
            }
        }
    }

    @Test
    void whatWasAcceptedSurvivesKills() throws Exception {
        killed(5);
    }

    @Test
    @Tag("slow")
    void whatWasAcceptedSurvivesManyKills() throws Exception {
        killed(500);
    }

    private void killed(int times) throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        long last = 0;
        for (int round = 0; round < times; round++) {
            long accepted = fill(last + 1, 1 + random.nextInt(40));
            last = drained(last, accepted, "seed " + seed + ", round " + round);
        }
    }

    /** The last number of which the process said, before it was killed, that it is accepted. */
    private long fill(long from, int numbers) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:-UsePerfData",
                        "-XX:TieredStopAtLevel=1",
                        "-Xshare:auto",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Filler.class.getName(),
                        folder.toString(),
                        Long.toString(from))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        long accepted = from - 1;
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (int i = 0; i < numbers; i++) {
                accepted = Long.parseLong(String.valueOf(out.readLine()));
            }
            process.toHandle().destroyForcibly();
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                accepted = Long.parseLong(line);
            }
        }
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return accepted;
    }

    /** Reads all that waits: each number once, in order, up to what was accepted at least. */
    private long drained(long before, long accepted, String what) throws Exception {
        long next = before + 1;
        try (Spool spool = Spool.open(folder, LIMITS, new TestBatches())) {
            for (Waiting waiting = spool.next(); waiting != null; waiting = spool.next()) {
                for (long id : TestBatches.ids(waiting.batch())) {
                    assertThat(id).as(what).isEqualTo(next++);
                }
                spool.acknowledge(waiting.sequence());
            }
            assertThat(spool.status().lostBatches()).as(what).isZero();
        }
        assertThat(next - 1).as(what).isGreaterThanOrEqualTo(accepted);
        return next - 1;
    }
}
