package shawk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shawk.support.ShawkProcess;

/** {@code zk stats} as a process of its own, over a capture, before the terminal and in the background. */
final class ZkStatsProcessTest {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final String CAPTURE = "src/test/resources/zk/java-mix.pcap";
    private static final Pattern URL = Pattern.compile("serving (http://\\S+/)");

    @TempDir
    Path folder;

    private final List<ProcessHandle> started = new ArrayList<>();

    @AfterEach
    void end() {
        started.forEach(ProcessHandle::destroyForcibly);
    }

    private Process start(String... args) throws IOException {
        List<String> command = ShawkProcess.command("zk", "stats", "--offline", CAPTURE);
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("SHAWK_"));
        builder.redirectInput(new File("/dev/null"));
        builder.redirectOutput(folder.resolve("out").toFile());
        builder.redirectError(folder.resolve("err").toFile());
        Process process = builder.start();
        started.add(process.toHandle());
        return process;
    }

    private String err() throws IOException {
        return Files.readString(folder.resolve("err"));
    }

    private String await(Predicate<String> wanted) throws Exception {
        long until = System.nanoTime() + DEADLINE.toNanos();
        while (!wanted.test(err())) {
            assertThat(System.nanoTime()).as(err()).isLessThan(until);
            TimeUnit.MILLISECONDS.sleep(20);
        }
        return err();
    }

    private String url() throws Exception {
        Matcher matcher = URL.matcher(await(text -> URL.matcher(text).find()));
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }

    private static String ask(String url) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(url))
                                .timeout(DEADLINE)
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private int status(Process process) throws Exception {
        assertThat(process.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS))
                .as(err())
                .isTrue();
        return process.exitValue();
    }

    @Test
    void tellsACaptureUntilItIsEnded() throws Exception {
        Path pidFile = folder.resolve("pid");
        Process process = start("--http-port=0", "--niceness=5", "--set-cpu-affinity=0", "--app_pidfile=" + pidFile);
        String url = url();
        assertThat(Files.readString(pidFile)).isEqualTo(process.pid() + "\n");
        while (!ask(url + "json/info").contains("\"over\":true")) {
            assertThat(process.isAlive()).isTrue();
        }
        String keys = ask(url + "json/paths");
        assertThat(keys)
                .contains("\"Create2Request/app/c2\":1", "\"total/writes\":26")
                .doesNotContain("\"NoNode\"");
        assertThat(ask(url + "metrics")).contains("shawk_zk_errors_total{op=\"multi\",error=\"");
        try (var tasks = Files.list(Path.of("/proc", Long.toString(process.pid()), "task"))) {
            for (Path task : tasks.toList()) {
                assertThat(Files.readString(task.resolve("status"))).containsPattern("Cpus_allowed_list:\\s+0\n");
                String[] stat = Files.readString(task.resolve("stat"))
                        .replaceFirst("^.*\\) ", "")
                        .split(" ");
                assertThat(Integer.parseInt(stat[16])).isGreaterThanOrEqualTo(5);
            }
        }
        process.destroy();
        assertThat(status(process)).isZero();
        assertThat(pidFile).doesNotExist();
        assertThat(Files.readString(folder.resolve("out"))).isEmpty();
    }

    @Test
    void leavesTheTerminalOnceItWorks() throws Exception {
        Path pidFile = folder.resolve("pid");
        Process first = start("--http-port=0", "--app_daemonize", "--app_pidfile=" + pidFile, "--token=s3cret");
        assertThat(status(first)).as(err()).isZero();
        assertThat(err())
                .startsWith("shawk: every user of this host can read the token of --token in the list of processes; ")
                .containsOnlyOnce("--token-file")
                .doesNotContain("s3cret");
        ProcessHandle second = ProcessHandle.of(
                        Long.parseLong(Files.readString(pidFile).strip()))
                .orElseThrow();
        started.add(second);
        assertThat(err()).endsWith(" in the background, as process " + second.pid() + "\n");
        assertThat(ask(url() + "health")).isEqualTo("OK\n");
        String[] stat = Files.readString(Path.of("/proc", Long.toString(second.pid()), "stat"))
                .replaceFirst("^.*\\) ", "")
                .split(" ");
        assertThat(stat[3]).as("its session is its own").isEqualTo(Long.toString(second.pid()));
        assertThat(stat[4]).as("it has no terminal").isEqualTo("0");
        Process rival = start("--http-port=0", "--app_pidfile=" + pidFile);
        assertThat(status(rival)).isEqualTo(ExitStatus.MISSING);
        assertThat(err()).contains("process " + second.pid() + " has it");
        assertThat(second.destroy()).isTrue();
        second.onExit().get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
        assertThat(pidFile).doesNotExist();
    }

    @Test
    void aPortInUseIsSaidBeforeItLeaves() throws Exception {
        try (ServerSocket used = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            for (String mode : new String[] {"--app_daemonize", "--exclude-bytes"}) {
                Process process = start("--http-port=" + used.getLocalPort(), mode);
                assertThat(status(process)).isEqualTo(ExitStatus.MISSING);
                assertThat(err())
                        .isEqualTo("shawk: 127.0.0.1 port " + used.getLocalPort()
                                + " is in use by another program; end that one, or name another port by --http-port\n");
            }
        }
    }

    @Test
    void whatIsMissingIsSaidBeforeItLeaves() throws Exception {
        Process process = start("--http-port=0", "--app_daemonize", "--set-cpu-affinity=32000");
        assertThat(status(process)).isEqualTo(ExitStatus.MISSING);
        assertThat(err()).startsWith("shawk: cannot choose processors");
        Process other = start("--http-port=0", "--app_daemonize", "--http-address=192.0.2.1");
        assertThat(status(other)).isEqualTo(ExitStatus.MISSING);
        assertThat(err()).contains("192.0.2.1 port 0 cannot be had");
    }
}
