package shawk.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The monitor in a real terminal, on connections that this test holds. */
@Tag("slow")
class MonitorTest {
    private static final String HOSTILE = "\\033[31mx\\t\\342\\200\\256\\377";

    @TempDir
    Path folder;

    private Tmux tmux;
    private ServerSocket server;
    private Socket client;
    private Socket accepted;

    @BeforeEach
    void open() throws Exception {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        client = new Socket(server.getInetAddress(), server.getLocalPort());
        accepted = server.accept();
        tmux = new Tmux(170, 30);
    }

    @AfterEach
    void close() throws Exception {
        tmux.end();
        client.close();
        accepted.close();
        server.close();
    }

    private String program() throws IOException {
        return MonitorProgram.in(folder);
    }

    /** Starts the monitor from a script that notes the terminal's settings before, and status and settings after. */
    private void start(String arguments) throws Exception {
        Path script = folder.resolve("go");
        Files.writeString(
                script,
                "stty -g >" + folder.resolve("before") + "\n" + program() + " " + arguments + "\n" + "echo $? >"
                        + folder.resolve("status") + "\nstty -g >" + folder.resolve("after") + "\necho E''NDED\n");
        tmux.line("clear; . " + script);
    }

    private void startOnOwnPort(String arguments) throws Exception {
        start("-f 'port = " + server.getLocalPort() + "' -i 200ms " + arguments);
        tmux.until("this test's connection", screen -> screen.contains("java") && screen.contains("2 conns"));
    }

    private void assertEnded(int status) throws Exception {
        tmux.until("the end", screen -> screen.contains("ENDED"));
        assertThat(Files.readString(folder.resolve("status")).strip()).isEqualTo("" + status);
        assertThat(Files.readString(folder.resolve("after"))).isEqualTo(Files.readString(folder.resolve("before")));
        assertThat(tmux.variable("alternate_on")).isEqualTo("0");
        assertThat(tmux.variable("cursor_flag")).isEqualTo("1");
        assertThat(tmux.variable("mouse_any_flag")).isEqualTo("0");
        assertThat(tmux.variable("keypad_flag")).isEqualTo("0");
    }

    private ProcessHandle monitor() {
        List<ProcessHandle> found = ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .arguments()
                        .filter(arguments -> List.of(arguments).contains("port = " + server.getLocalPort()))
                        .isPresent())
                .filter(process -> process.info().command().orElse("").endsWith("java"))
                .toList();
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    private static void signal(ProcessHandle process, String name) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("/bin/sh", "-c", "kill -" + name + " " + "" + process.pid())
                        .start()
                        .waitFor())
                .isZero();
    }

    @Test
    void showsWhoTalksToWhomOnWhichPort() throws Exception {
        startOnOwnPort("");
        tmux.keys("*", "G", "Right");
        String port = "" + server.getLocalPort();
        String screen = tmux.until("the port under its peer", text -> text.contains("→") && text.contains(port));
        assertThat(screen).contains("127.0.0.1", "→", "←", "ESTABLISHED");
        tmux.keys("q");
        assertEnded(0);
    }

    @Test
    void leavesTheTerminalAsItWasHoweverItEnds() throws Exception {
        for (String key : List.of("q", "F10", "C-c")) {
            startOnOwnPort("");
            tmux.keys(key);
            assertEnded(0);
        }
    }

    @Test
    void leavesTheTerminalAsItWasWhenKilled() throws Exception {
        startOnOwnPort("");
        signal(monitor(), "TERM");
        assertEnded(143);
        startOnOwnPort("");
        signal(monitor(), "HUP");
        assertEnded(129);
        startOnOwnPort("");
        signal(monitor(), "INT");
        assertEnded(0);
    }

    @Test
    void leavesTheLastFrameWhereAsked() throws Exception {
        startOnOwnPort("");
        tmux.keys("Q");
        tmux.until("the end", screen -> screen.contains("ENDED"));
        assertThat(tmux.screen()).contains("2 conns").contains("java");
        assertEnded(0);
    }

    @Test
    void stopsAndGoesOn() throws Exception {
        tmux.line("set +e");
        start("-f 'port = " + server.getLocalPort() + "' -i 200ms");
        tmux.until("rows", screen -> screen.contains("2 conns"));
        tmux.keys("q");
        assertEnded(0);
        tmux.line("clear");
        tmux.line(program() + " -f 'port = " + server.getLocalPort() + "' -i 200ms");
        tmux.until("rows", screen -> screen.contains("2 conns"));
        ProcessHandle monitor = monitor();
        for (int round = 0; round < 3; round++) {
            tmux.keys("C-z");
            tmux.until("the shell again", screen -> screen.contains("Stopped"));
            assertThat(tmux.variable("alternate_on")).isEqualTo("0");
            tmux.line("clear; echo set''tings $(stty -g)");
            String settings = Files.readString(folder.resolve("before")).strip();
            tmux.until(
                    "the settings of before", screen -> screen.replace("\n", "").contains("settings " + settings));
            tmux.line("clear; fg");
            tmux.until("rows again", screen -> screen.startsWith("shawk ") && screen.contains("2 conns"));
            assertThat(tmux.variable("alternate_on")).isEqualTo("1");
        }
        signal(monitor, "TSTP");
        tmux.until("the shell again", screen -> screen.contains("Stopped"));
        tmux.line("fg");
        tmux.until("rows again", screen -> screen.startsWith("shawk ") && screen.contains("2 conns"));
        tmux.keys("q");
        tmux.until("the shell", screen -> !screen.startsWith("shawk "));
    }

    @Test
    void filtersWhileOneTypes() throws Exception {
        start("-i 200ms");
        tmux.until("rows", screen -> screen.contains("java"));
        tmux.keys("/");
        tmux.type("port = " + server.getLocalPort());
        tmux.until("only this test's connection", screen -> screen.contains("2 conns"));
        tmux.keys("Enter");
        tmux.keys("/");
        tmux.type(" and prot = 3");
        tmux.until("what is wrong, and where", screen -> screen.contains("prot") && screen.contains("proto"));
        tmux.keys("C-c");
        assertEnded(0);
    }

    @Test
    void followsTheTerminalsSize() throws Exception {
        startOnOwnPort("");
        for (int[] size : new int[][] {{60, 15}, {240, 70}, {20, 5}, {80, 24}}) {
            tmux.resize(size[0], size[1]);
            if (size[0] < 60) {
                tmux.until("that it is too small", screen -> screen.contains("60x15"));
            } else {
                tmux.until("the hint bar at the bottom", screen -> {
                    List<String> lines = screen.lines().toList();
                    return lines.size() == size[1]
                            && lines.get(size[1] - 1).contains("F1")
                            && lines.get(0).startsWith("shawk ");
                });
            }
        }
        tmux.keys("q");
        assertEnded(0);
    }

    @Test
    void aHostileNameStaysInItsColumn() throws Exception {
        Process hostile = new ProcessBuilder(
                        "bash",
                        "-c",
                        "exec 3<>/dev/tcp/127.0.0.1/" + server.getLocalPort() + "; printf '" + HOSTILE
                                + "' >/proc/$$/comm; read -r line")
                .start();
        try (Socket other = server.accept()) {
            start("-f 'port = " + server.getLocalPort() + "' -i 200ms");
            String screen = tmux.until("the name, escaped", text -> text.contains("\\x1b[31mx\\x09\\u{202e}\\xff"));
            assertThat(screen.lines().filter(line -> line.contains("\\x1b")).toList())
                    .singleElement()
                    .satisfies(line -> assertThat(line).contains(" out "));
            assertThat(other.isConnected()).isTrue();
            tmux.keys("q");
            assertEnded(0);
        } finally {
            hostile.destroy();
            assertThat(hostile.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aTerminalThatCannotBeDrawnOnIsRefused() throws Exception {
        for (String term : List.of("dumb", "", "no-such-terminal")) {
            tmux.line("clear; TERM='" + term + "' " + program() + " ; echo status=$?");
            String screen = tmux.until("the end", text -> text.contains("status=2"));
            assertThat(screen).contains("use shawk dump").doesNotContain("Exception");
        }
    }

    @Test
    void withoutATerminalItNamesDump() throws Exception {
        Process process = new ProcessBuilder("bash", "-c", program())
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isEqualTo(2);
        assertThat(output.lines().toList())
                .singleElement()
                .satisfies(line -> assertThat(line).contains("shawk dump"));
    }

    /** With the mouse, a file of one's own keys, and a file written; the mouse is off again while it is suspended. */
    @Test
    void clicksOwnKeysAndAnExport() throws Exception {
        Files.createDirectories(folder.resolve("own/shawk"));
        Files.writeString(folder.resolve("own/shawk/config"), "[keys]\nquit = F12\n");
        tmux.line("export XDG_CONFIG_HOME=" + folder.resolve("own") + "; cd " + folder);
        startOnOwnPort("");
        assertThat(tmux.variable("mouse_any_flag")).isEqualTo("1");
        List<String> lines = tmux.screen().lines().toList();
        int heads = 0;
        while (!lines.get(heads).contains("CONNS\u25bc")) {
            heads++;
        }
        tmux.type("\033[<0;" + (lines.get(heads).indexOf("CONNS") + 1) + ";" + (heads + 1) + "M");
        tmux.until("the order reversed by a click", screen -> screen.contains("CONNS\u25b2"));
        tmux.keys("e", "C-u");
        tmux.type("rows.json");
        tmux.keys("Enter");
        tmux.until("what was written", screen -> screen.contains("written to " + folder.resolve("rows.json")));
        assertThat(Files.readString(folder.resolve("rows.json"))).contains("\"rows\":", "\"process\":\"java\"");
        tmux.keys("q", ":");
        tmux.until("the palette, where q quits no more", screen -> screen.contains("Tab completes"));
        tmux.keys("Escape", "C-z");
        tmux.until("the shell", screen -> screen.contains("Stopped"));
        assertThat(tmux.variable("mouse_any_flag")).isEqualTo("0");
        tmux.line("clear; fg");
        tmux.until("the monitor again", screen -> screen.contains("PROCESS / PEER"));
        assertThat(tmux.variable("mouse_any_flag")).isEqualTo("1");
        tmux.keys("F12");
        tmux.until("the shell", screen -> !screen.startsWith("shawk "));
        assertThat(tmux.variable("mouse_any_flag")).isEqualTo("0");
        assertThat(tmux.variable("alternate_on")).isEqualTo("0");
    }
}
