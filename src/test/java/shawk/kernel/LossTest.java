package shawk.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import shawk.support.Commands;

/**
 * Bounds that are too small, and a reader that stands still: what is dropped is counted to the last one, and what is
 * counted in the kernel stays exact. That nothing is counted as lost where nothing is, each test of lives shows.
 */
@Tag("slow")
final class LossTest {
    /** What was seen of a scenario, and the namespace that it had to itself. */
    private record Run(String place, List<String> lines) {}

    /** Runs {@code scenario}; then everything since the beginning. */
    private static Run seen(Witness witness, String scenario) throws IOException, InterruptedException {
        String place = Generator.run(scenario).get(0).split(" ")[1];
        witness.order("take");
        witness.order("run 1 50");
        return new Run(place, witness.order("print"));
    }

    private static long meter(Run run, String name) {
        return Witness.meter(run.lines, name);
    }

    /** Established at the start and since = living, ended and lost, whatever else this host does. */
    private static void checkConservation(Run seen) {
        assertThat(meter(seen, "live_at_start") + meter(seen, "established"))
                .isEqualTo(meter(seen, "live") + meter(seen, "ended") + meter(seen, "lost"));
        assertThat(meter(seen, "lost")).isZero();
    }

    /** Of the scenario's namespace; what there was no bundle or no account for has none. */
    private static long bundled(Run run, String what) {
        return Line.of(run.lines, "bundle").stream()
                .filter(line -> line.text("netns").equals(run.place) || line.number("netns") == 0)
                .mapToLong(line -> line.number(what))
                .sum();
    }

    @Test
    void aFullRingCostsRecordsAndNoCounts() throws Exception {
        try (Witness witness = new Witness("--ring", "4096")) {
            Run seen = seen(witness, "process process --count 3000");
            long records = meter(seen, "events") + meter(seen, "events_dropped");
            assertThat(meter(seen, "events_dropped")).isPositive();
            assertThat(records).isGreaterThanOrEqualTo(12_000);
            assertThat(records)
                    .as("an opening and an end of each")
                    .isEqualTo(meter(seen, "established") + meter(seen, "ended") + meter(seen, "failed"));
            assertThat(bundled(seen, "closed")).isGreaterThanOrEqualTo(6_000);
            assertThat(bundled(seen, "tx")).isGreaterThanOrEqualTo(3_000 * 400);
            checkConservation(seen);
        }
    }

    @Test
    void withoutABundleTheyAreCountedAsNobodys() throws Exception {
        try (Witness witness = new Witness("--bundles", "16")) {
            Run seen = seen(witness, "process process --count 3000 --peers 200");
            long nobodys = Line.of(seen.lines, "bundle").stream()
                    .filter(line -> line.number("netns") == 0)
                    .mapToLong(line -> line.number("closed") + line.number("failed"))
                    .sum();
            assertThat(nobodys).isGreaterThanOrEqualTo(6_000 - 16 * 15);
            assertThat(meter(seen, "overflowed"))
                    .as("but for what others of this host do while it is read")
                    .isBetween(nobodys, nobodys + 500);
            assertThat(bundled(seen, "closed")).isGreaterThanOrEqualTo(6_000);
            assertThat(bundled(seen, "tx")).isGreaterThanOrEqualTo(3_000 * 400);
            checkConservation(seen);
        }
    }

    /** What has no account has no namespace either: one is watched in which nobody else does anything. */
    @Test
    void withoutAnAccountTheyAreStillCounted() throws Exception {
        String name = "shawk-loss-" + ProcessHandle.current().pid();
        Commands.output("ip", "netns", "add", name);
        try {
            Commands.output("ip", "-n", name, "link", "set", "lo", "up");
            long inode = (Long) Files.getAttribute(Path.of("/run/netns", name), "unix:ino");
            try (Witness witness = new Witness("--tracked", "1", "--netns", "" + inode)) {
                checkWithoutAccounts(witness, name);
            }
        } finally {
            Commands.output("ip", "netns", "del", name);
        }
    }

    private static void checkWithoutAccounts(Witness witness, String place) throws Exception {
        Generator.runIn(place, "process process --count 1000 --clients 4");
        List<String> lines = witness.taken();
        assertThat(Witness.meter(lines, "untracked")).isPositive();
        assertThat(Witness.meter(lines, "tracked")).isLessThanOrEqualTo(1);
        assertThat(Witness.meter(lines, "established")).isEqualTo(2_000);
        assertThat(Witness.bundled(lines, "closed")).isEqualTo(2_000);
        assertThat(Witness.bundled(lines, "failed")).isZero();
        Generator.runIn(place, "cancelled --count 200");
        lines = witness.taken();
        assertThat(Witness.bundled(lines, "failed")).isEqualTo(200);
        assertThat(Witness.bundled(lines, "closed")).isZero();
        assertThat(Witness.meter(lines, "lost")).isZero();
    }

    @Test
    void datagramsWithoutRoomAreCounted() throws Exception {
        try (Witness witness = new Witness("--flows", "4")) {
            Run seen = seen(witness, "udp-unconnected --clients 20 --count 20");
            long packets = Line.of(seen.lines, "flow").stream()
                    .filter(line -> line.text("name").startsWith("lv-"))
                    .mapToLong(line -> line.number("tx_packets") + line.number("rx_packets"))
                    .sum();
            assertThat(meter(seen, "flows_dropped")).isPositive();
            assertThat(packets + meter(seen, "flows_dropped")).isGreaterThanOrEqualTo(4 * 20 * 20);
        }
    }

    /** Ten seconds of SIGSTOP under load: the ring overflows, and every connection is counted all the same. */
    @Test
    void aReaderThatStandsStillLosesNoCounts() throws Exception {
        try (Witness witness = new Witness("--ring", "65536", "--every", "100", "--keep", "0")) {
            signal("STOP", witness.pid());
            List<String> truth;
            try {
                truth = Generator.run("process process --count 20000 --rate 2000 --quiet 1");
            } finally {
                signal("CONT", witness.pid());
            }
            Run seen = seen(witness, "process process --count 10");
            assertThat(meter(seen, "events_dropped")).isPositive();
            assertThat(meter(seen, "events") + meter(seen, "events_dropped"))
                    .isEqualTo(meter(seen, "established") + meter(seen, "ended") + meter(seen, "failed"));
            for (Line process : Line.of(truth, "process")) {
                long closed = Line.of(seen.lines, "bundle").stream()
                        .filter(line -> line.text("pid").equals(process.text("pid")))
                        .filter(line -> line.text("name").equals(process.text("name")))
                        .mapToLong(line -> line.number("closed"))
                        .sum();
                assertThat(closed).isEqualTo(process.number("closed_out") + process.number("closed_in"));
            }
            checkConservation(seen);
        }
    }

    private static void signal(String name, long pid) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("/bin/sh", "-c", "kill -" + name + " " + pid)
                        .start()
                        .waitFor())
                .isZero();
    }

    /** Many more than a table holds, from thousands of processes, as fast as they come. */
    @Test
    void countsAtTheHighestChurn() throws Exception {
        try (Witness witness = new Witness("--every", "200", "--keep", "0", "--parts", "3")) {
            List<String> truth = Generator.run(
                    "prefork process --count 60000 --clients 3 --peers 100 --up 1 --down 0 --first 0 --quiet 1");
            Run seen = seen(witness, "process process --count 10 --quiet 1");
            for (String side : List.of("in", "out")) {
                long closed = Line.of(truth, "process").stream()
                        .mapToLong(line -> line.number("closed_" + side))
                        .sum();
                assertThat(closed).isEqualTo(60_000);
                assertThat(Line.of(seen.lines, "bundle").stream()
                                .filter(line -> line.text("dir").equals(side))
                                .filter(line -> line.text("name").startsWith("lv-"))
                                .mapToLong(line -> line.number("closed"))
                                .sum())
                        .isEqualTo(closed + 10);
            }
            assertThat(meter(seen, "events_dropped")).isZero();
            checkConservation(seen);
        }
    }
}
