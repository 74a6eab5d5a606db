package shawk.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shawk.model.ContainerId;
import shawk.model.ContainerName;
import shawk.model.ContainerNames;
import shawk.model.ProcessDetails;
import shawk.model.ProcessRecord;
import shawk.model.RawSample;
import shawk.model.RawSection;
import shawk.model.RawText;
import shawk.model.SafeText;
import shawk.support.RawSampleBuilder;

/** What procfs says of a process, in a made-up procfs. */
final class ProcessDetailsReaderTest {
    @TempDir
    private Path proc;

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private void process(int pid, long start, String cmdline) throws IOException {
        Path dir = Files.createDirectories(proc.resolve(Integer.toString(pid)));
        Files.write(dir.resolve("cmdline"), bytes(cmdline));
        Files.write(dir.resolve("cgroup"), bytes("0::/a.service\n"));
        Files.write(
                dir.resolve("stat"),
                bytes(pid + " (a) b) S 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 " + start + " 20 21\n"));
        if (!Files.isSymbolicLink(dir.resolve("exe"))) {
            Files.createSymbolicLink(dir.resolve("exe"), Path.of("/usr/bin/x y (deleted)"));
        }
    }

    private static List<ProcessDetails> query(ProcessDetailsReader reader, RawSampleBuilder sample) {
        RawSample raw = sample.build();
        return reader.queryNew(
                new ProcessRecord(raw.buffer(RawSection.PROCESSES)), raw.count(RawSection.PROCESSES), true);
    }

    @Test
    void readsAProcessOnce() throws IOException {
        process(10, 500, "/usr/bin/x\0-a\0b c\0");
        ProcessDetailsReader reader = new ProcessDetailsReader(proc, ContainerNames.NONE);
        List<ProcessDetails> found = query(reader, RawSampleBuilder.at(1).process(10, 500, "x"));
        assertThat(found).hasSize(1);
        assertThat(SafeText.of(found.get(0).exe()).value()).isEqualTo("/usr/bin/x y (deleted)");
        assertThat(SafeText.of(found.get(0).cmdline()).value()).isEqualTo("/usr/bin/x -a b c");
        assertThat(SafeText.of(found.get(0).cgroup()).value()).isEqualTo("/a.service");
        assertThat(found.get(0).fullName()).isEqualTo(RawText.EMPTY);
        assertThat(query(reader, RawSampleBuilder.at(2).process(10, 500, "x"))).isEmpty();
    }

    @Test
    void readsAgainAfterExec() throws IOException {
        process(10, 500, "sh\0");
        ProcessDetailsReader reader = new ProcessDetailsReader(proc, ContainerNames.NONE);
        query(reader, RawSampleBuilder.at(1).process(10, 500, "sh"));
        assertThat(query(reader, RawSampleBuilder.at(2).process(10, 500, "curl")))
                .hasSize(1);
    }

    @Test
    void anotherProcessUnderThePidIsNotTaken() throws IOException {
        process(10, 999, "thief\0");
        assertThat(query(
                        new ProcessDetailsReader(proc, ContainerNames.NONE),
                        RawSampleBuilder.at(1).process(10, 500, "x")))
                .isEmpty();
        assertThat(query(
                        new ProcessDetailsReader(proc, ContainerNames.NONE),
                        RawSampleBuilder.at(1).process(11, 500, "x")))
                .isEmpty();
    }

    @Test
    void noMoreThanSoManyInOneSample() throws IOException {
        RawSampleBuilder sample = RawSampleBuilder.at(1);
        for (int i = 0; i < ProcessDetailsReader.READS_MAX + 1; i++) {
            sample.process(i + 1, 5, "x");
            Files.createDirectory(proc.resolve(Integer.toString(i + 1)));
        }
        process(ProcessDetailsReader.READS_MAX + 1, 5, "last\0");
        ProcessDetailsReader reader = new ProcessDetailsReader(proc, ContainerNames.NONE);
        assertThat(query(reader, sample)).isEmpty();
        assertThat(query(reader, sample)).hasSize(1);
    }

    /** Thousands that have forked and ended since the last sample take no reads from those that live. */
    @Test
    void thoseThatHaveEndedTakeNoRoom() throws IOException {
        RawSampleBuilder sample = RawSampleBuilder.at(1);
        for (int i = 0; i < 2 * ProcessDetailsReader.READS_MAX; i++) {
            sample.process(i + 1, 5, "x");
        }
        process(2 * ProcessDetailsReader.READS_MAX, 5, "last\0");
        assertThat(query(new ProcessDetailsReader(proc, ContainerNames.NONE), sample))
                .hasSize(1);
    }

    @Test
    void aSampleOfEventsForgetsNobody() throws IOException {
        process(10, 500, "x");
        ProcessDetailsReader reader = new ProcessDetailsReader(proc, ContainerNames.NONE);
        assertThat(query(reader, RawSampleBuilder.at(1).process(10, 500, "x"))).hasSize(1);
        RawSample events = RawSampleBuilder.at(2).process(11, 5, "y").build();
        reader.queryNew(new ProcessRecord(events.buffer(RawSection.PROCESSES)), 1, false);
        assertThat(query(reader, RawSampleBuilder.at(3).process(10, 500, "x"))).isEmpty();
        query(reader, RawSampleBuilder.at(4));
        assertThat(query(reader, RawSampleBuilder.at(5).process(10, 500, "x"))).hasSize(1);
    }

    /** As where a container's program has the path of a folder of the host. */
    @Test
    void whatIsAtThePathOfTheExecutableDoesNotMatter() throws IOException {
        for (String target : List.of("/tmp", "/no/such/\u00e4", "(unreachable)/tmp", "/tmp (deleted)")) {
            Path exe = Files.createDirectories(proc.resolve("10")).resolve("exe");
            Files.deleteIfExists(exe);
            Files.createSymbolicLink(exe, Path.of(target));
            process(10, 500, "x");
            List<ProcessDetails> found = query(
                    new ProcessDetailsReader(proc, ContainerNames.NONE),
                    RawSampleBuilder.at(1).process(10, 500, "x"));
            assertThat(SafeText.of(found.get(0).exe()).value()).isEqualTo(target);
        }
    }

    @Test
    void commandLinesAreCut() throws IOException {
        process(10, 500, "x".repeat(2 * ProcessDetailsReader.CMDLINE_MAX));
        List<ProcessDetails> found = query(
                new ProcessDetailsReader(proc, ContainerNames.NONE),
                RawSampleBuilder.at(1).process(10, 500, "x"));
        assertThat(found.get(0).cmdline().length()).isEqualTo(ProcessDetailsReader.CMDLINE_MAX);
    }

    /** The name comes when it has been found, once; until then the id stands there. */
    @Test
    void namesOfContainersComeLater() throws IOException {
        String id = "0123456789abcdef".repeat(4);
        process(10, 500, "x\0");
        process(11, 500, "y\0");
        Files.write(proc.resolve("10/cgroup"), bytes("0::/system.slice/docker-" + id + ".scope\n"));
        Map<ContainerId, ContainerName> names = new HashMap<>();
        ProcessDetailsReader reader = new ProcessDetailsReader(proc, names::get);
        RawSampleBuilder sample = RawSampleBuilder.at(1).process(10, 500, "x").process(11, 500, "y");
        List<ProcessDetails> found = query(reader, sample);
        assertThat(found)
                .extracting(ProcessDetails::container)
                .containsExactly(RawText.of("0123456789ab"), RawText.EMPTY);
        assertThat(query(reader, sample)).isEmpty();
        names.put(new ContainerId(id, ContainerId.HOST), new ContainerName(RawText.of("web"), RawText.of("ns/p")));
        List<ProcessDetails> again = query(reader, sample);
        assertThat(again).extracting(ProcessDetails::container).containsExactly(RawText.of("web"));
        assertThat(again.get(0).pod()).isEqualTo(RawText.of("ns/p"));
        assertThat(again.get(0).cmdline()).isEqualTo(RawText.of("x"));
        assertThat(query(reader, sample)).isEmpty();
    }

    @Test
    void aProcessThatHasGoneIsNotToldAgain() throws IOException {
        String id = "0123456789abcdef".repeat(4);
        process(10, 500, "x\0");
        Files.write(proc.resolve("10/cgroup"), bytes("0::/docker/" + id + "\n"));
        Map<ContainerId, ContainerName> names = new HashMap<>();
        ProcessDetailsReader reader = new ProcessDetailsReader(proc, names::get);
        query(reader, RawSampleBuilder.at(1).process(10, 500, "x"));
        query(reader, RawSampleBuilder.at(2));
        names.put(new ContainerId(id, ContainerId.HOST), ContainerName.UNKNOWN);
        assertThat(query(reader, RawSampleBuilder.at(3))).isEmpty();
    }

    private static void checkStart(String stat, long expected) {
        assertThat(ProcessDetailsReader.parseStart(bytes(stat))).isEqualTo(expected);
    }

    @Test
    void startTimes() {
        checkStart("1 (x) S 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 4711 20", 4711);
        checkStart("1 (x) S 1) (y) S 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 4711", 4711);
        checkStart("1 (x) S 1 2 3", -1);
        checkStart("1 (x) S 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 z", -1);
        checkStart("", -1);
    }

    private static void checkName(String comm, String exe, String cmdline, String expected) {
        assertThat(text(ProcessDetailsReader.parseFullName(bytes(comm), bytes(exe), bytes(cmdline))))
                .isEqualTo(expected);
    }

    @Test
    void fullNames() {
        checkName("systemd-resolve", "/lib/systemd/systemd-resolved", "", "systemd-resolved");
        checkName("systemd-resolve", "/lib/systemd/systemd-resolved (deleted)", "", "systemd-resolved");
        checkName(
                "unattended-upgr",
                "/usr/bin/python3.11",
                "/usr/share/unattended-upgrades\0--x\0",
                "unattended-upgrades");
        checkName("worker-thread-1", "/usr/bin/java", "/usr/bin/java\0", "");
        checkName("short", "/usr/bin/shorter", "", "");
        checkName("systemd-resolve", "", "", "");
    }

    @Test
    void percentEncodedPaths() {
        assertThat(ProcessDetailsReader.parsePercent("/a%20b%FF%zz".replace("%zz", "%")))
                .isEqualTo(bytes("/a b\u00ff%"));
    }
}
