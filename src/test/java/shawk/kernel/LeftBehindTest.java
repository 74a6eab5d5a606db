package shawk.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import shawk.support.Commands;
import shawk.support.NativePrograms;

/** Nothing of it stays in the kernel after any end. Numbers of programs, maps and links are not given twice. */
@Tag("slow")
final class LeftBehindTest {
    private static final int ROUNDS = 100;
    private static final long DEADLINE_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final Pattern LISTED = Pattern.compile("(?m)^([0-9]+): ");
    private static final Pattern HELD = Pattern.compile("(?m)^(prog|map|link)_id:\\s+([0-9]+)$");

    /** {@code prog 12}, {@code map 7}, {@code link 3}: all that the kernel has. */
    private static TreeSet<String> inKernel() throws IOException, InterruptedException {
        TreeSet<String> found = new TreeSet<>();
        for (String what : List.of("prog", "map", "link")) {
            Matcher number = LISTED.matcher(Commands.output("bpftool", what, "list"));
            while (number.find()) {
                found.add(what + " " + number.group(1));
            }
        }
        return found;
    }

    /** Of these, what a process has descriptors of. */
    private static TreeSet<String> heldBy(Path process) throws IOException {
        TreeSet<String> found = new TreeSet<>();
        try (Stream<Path> descriptors = Files.list(process.resolve("fdinfo"))) {
            for (Path descriptor : descriptors.toList()) {
                Matcher number = HELD.matcher(Files.readString(descriptor, StandardCharsets.ISO_8859_1));
                while (number.find()) {
                    found.add(number.group(1) + " " + number.group(2));
                }
            }
        } catch (IOException | UncheckedIOException e) {
            return new TreeSet<>(); // it has ended
        }
        return found;
    }

    private static TreeSet<String> heldByAnybody() throws IOException {
        TreeSet<String> found = new TreeSet<>();
        try (Stream<Path> entries = Files.list(Path.of("/proc"))) {
            for (Path entry : entries.toList()) {
                if (entry.getFileName().toString().matches("[0-9]+")) {
                    found.addAll(heldBy(entry));
                }
            }
        }
        return found;
    }

    /** The kernel takes things down a little later, when no program runs any more. */
    private static void awaitNothingLeft(TreeSet<String> before, TreeSet<String> had) throws Exception {
        long deadline = System.nanoTime() + DEADLINE_NANOS;
        TreeSet<String> left;
        do {
            left = inKernel();
            left.removeAll(before);
            TreeSet<String> held = heldByAnybody();
            left.removeIf(each -> held.contains(each) && !had.contains(each));
        } while (!left.isEmpty() && System.nanoTime() < deadline);
        assertThat(left).isEmpty();
    }

    private static String splats() throws IOException, InterruptedException {
        return Commands.output("dmesg")
                .lines()
                .filter(line -> line.contains("BUG:") || line.contains("WARNING:") || line.contains("Call Trace"))
                .collect(Collectors.joining("\n"));
    }

    /** What the kernel itself pins there are two iterators. */
    private static void checkNoPins() throws IOException {
        Path pins = Path.of("/sys/fs/bpf");
        if (Files.isDirectory(pins)) {
            try (Stream<Path> files = Files.list(pins)) {
                assertThat(files.map(file -> file.getFileName().toString())).isSubsetOf("progs.debug", "maps.debug");
            }
        }
    }

    @Test
    void afterAHundredRoundsOfStartAndKill() throws Exception {
        TreeSet<String> before = inKernel();
        TreeSet<String> had = new TreeSet<>();
        String splats = splats();
        try (Talk load = Generator.start("process process --count 100000 --rate 500 --quiet 1 --seconds 300")) {
            for (int round = 0; round < ROUNDS; round++) {
                if (round % 4 == 0) {
                    new Talk(List.of(NativePrograms.watch(), NativePrograms.library())).close(); // before it is ready
                    continue;
                }
                try (Witness witness = new Witness("--every", "1")) {
                    had.addAll(heldBy(Path.of("/proc", Long.toString(witness.pid()))));
                    if (round % 4 == 1) {
                        witness.begin("run 1000 1");
                    }
                }
            }
            assertThat(load.pid()).isPositive();
        }
        assertThat(had).hasSizeGreaterThan(20 * ROUNDS);
        awaitNothingLeft(before, had);
        assertThat(splats()).isEqualTo(splats);
        checkNoPins();
    }

    @Test
    void afterAnOrderlyEnd() throws Exception {
        TreeSet<String> before = inKernel();
        Witness witness = new Witness();
        TreeSet<String> had = heldBy(Path.of("/proc", Long.toString(witness.pid())));
        assertThat(inKernel()).as("while it works").containsAll(had);
        assertThat(had).hasSizeGreaterThan(20);
        witness.end();
        awaitNothingLeft(before, had);
        checkNoPins();
    }
}
