package shawk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shawk.support.Json;

/** The program as a process of its own, over made-up samples: pipes, full disks, signals. */
class ProcessTest {
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private static List<String> java(String... args) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:-UsePerfData",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                MadeUpMain.class.getName()));
        command.addAll(List.of(args));
        return command;
    }

    private ProcessBuilder builder(String... args) {
        ProcessBuilder builder = new ProcessBuilder(java(args));
        builder.environment().keySet().removeIf(name -> name.startsWith("SHAWK_"));
        builder.redirectError(folder.resolve("err").toFile());
        builder.redirectInput(new File("/dev/null"));
        return builder;
    }

    private String err() throws IOException {
        return Files.readString(folder.resolve("err"));
    }

    private static int end(Process process) throws InterruptedException, TimeoutException {
        if (!process.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new TimeoutException("the program did not end");
        }
        return process.exitValue();
    }

    /** Reads until {@code text} stands in what was read; fails at the end of the stream. */
    private static StringBuilder readUntil(InputStream in, String text) throws IOException {
        StringBuilder read = new StringBuilder();
        while (read.indexOf(text) < 0) {
            int octet = in.read();
            assertThat(octet).as("after " + read).isNotNegative();
            read.append((char) octet);
        }
        return read;
    }

    private static void signal(Process process, String name) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("/bin/sh", "-c", "kill -" + name + " " + Long.toString(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    @Test
    void aClosedPipeEndsItQuietly() throws Exception {
        for (String format : List.of("table", "json", "ndjson", "csv")) {
            Process process = builder("20000", "dump", "-c", "0", "-i", "50ms", "-g", "none", "--format", format)
                    .start();
            try (InputStream out = process.getInputStream()) {
                assertThat(out.read()).isNotNegative();
            }
            assertThat(end(process)).as(format).isZero();
            assertThat(err()).as(format).isEmpty();
        }
    }

    /** Without a locale Java has no name for a folder that is not ASCII: there is no config then. */
    @Test
    void aHomeThatTheLocaleCannotSay() throws Exception {
        for (String variable : List.of("HOME", "XDG_CONFIG_HOME")) {
            List<String> command = new ArrayList<>(List.of(
                    "/bin/sh", "-c", "export LC_ALL=C " + variable + "=$(printf '/home/j\\303\\274'); exec \"$@\""));
            command.add("sh");
            command.addAll(java("3", "dump"));
            Process process = builder().command(command).start();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(end(process)).as(variable + out + err()).isZero();
            assertThat(err()).as(variable).isEmpty();
        }
    }

    @Test
    void aFullDiskIsSaid() throws Exception {
        for (String line : List.of("dump --format json", "dump", "help", "dump -g none --format csv -c 0")) {
            List<String> args = new ArrayList<>(List.of("1000"));
            args.addAll(List.of(line.split(" ")));
            Process process = builder(args.toArray(String[]::new))
                    .redirectOutput(new File("/dev/full"))
                    .start();
            assertThat(end(process)).as(line).isEqualTo(3);
            assertThat(err())
                    .as(line)
                    .startsWith("shawk: cannot write to standard output: ")
                    .endsWith("; make room there, or write elsewhere\n")
                    .hasLineCount(1);
        }
    }

    private void checkSignal(String name, String count, int status) throws Exception {
        String[] args = {"500", "dump", "-c", count, "-i", "50ms", "-g", "none", "--format", "json"};
        Process process = builder(args).start();
        StringBuilder out = readUntil(process.getInputStream(), "\"sample\":3");
        signal(process, name);
        out.append(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        assertThat(end(process)).as(name).isEqualTo(status);
        List<Map<String, Object>> samples = Json.objects(out.toString());
        assertThat(samples).as(name).hasSizeGreaterThan(2);
        assertThat(samples).allMatch(sample -> ((List<?>) sample.get("rows")).size() == 500);
        assertThat(err()).isEmpty();
    }

    @Test
    void jsonIsWholeWhateverSignalEndsIt() throws Exception {
        checkSignal("INT", "0", 0);
        checkSignal("INT", "100000", 130);
        checkSignal("TERM", "0", 143);
        checkSignal("HUP", "0", 129);
    }

    @Test
    void aSignalEndsWhatTheShellRunsInGoodOrder() throws Exception {
        for (Map.Entry<String, Integer> each :
                Map.of("INT", 130, "TERM", 143, "HUP", 129).entrySet()) {
            Process process = builder("3", "shell", "-c", "dump -c 0 -i 50ms --format json\ndump")
                    .start();
            InputStream out = process.getInputStream();
            StringBuilder text = readUntil(out, "\"sample\":2");
            signal(process, each.getKey());
            text.append(new String(out.readAllBytes(), StandardCharsets.UTF_8));
            assertThat(end(process)).as(each.getKey()).isEqualTo(each.getValue());
            assertThat(text.toString()).endsWith("]}]\n");
        }
    }

    /** As timeout(1) sends it: to the process, and to its group. */
    @Test
    void aSignalThatComesTwiceAtOnceIsOne() throws Exception {
        String[] args = {"500", "dump", "-c", "0", "-i", "50ms", "-g", "none", "--format", "json"};
        Process process = builder(args).start();
        StringBuilder out = readUntil(process.getInputStream(), "\"sample\":3");
        signal(process, "TERM");
        signal(process, "TERM");
        out.append(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        assertThat(end(process)).isEqualTo(143);
        assertThat(Json.objects(out.toString())).hasSizeGreaterThan(2);
    }

    @Test
    void aSignalEndsALongWait() throws Exception {
        Process process = builder("3", "dump", "-c", "0", "-i", "24h", "--format", "ndjson")
                .start();
        readUntil(process.getInputStream(), "\n");
        signal(process, "INT");
        assertThat(end(process)).isZero();
    }

    @Test
    void eachSampleIsThereAtOnce() throws Exception {
        Process process =
                builder("3", "dump", "-c", "0", "-i", "24h", "--format", "csv").start();
        readUntil(process.getInputStream(), ",443,");
        signal(process, "TERM");
        assertThat(end(process)).isEqualTo(143);
    }

    @Test
    void ignoredSignalsStayIgnored() throws Exception {
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", "trap '' HUP; exec \"$@\"", "sh"));
        command.addAll(java("3", "dump", "-c", "0", "-i", "50ms", "--format", "ndjson"));
        Process process = new ProcessBuilder(command)
                .redirectError(folder.resolve("err").toFile())
                .start();
        readUntil(process.getInputStream(), "\n");
        signal(process, "HUP");
        readUntil(process.getInputStream(), "\"sample\":9");
        signal(process, "INT");
        process.getInputStream().readAllBytes();
        assertThat(end(process)).isZero();
    }
}
