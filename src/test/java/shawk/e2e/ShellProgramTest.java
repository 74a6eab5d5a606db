package shawk.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The prompt in a real terminal, by real keys. */
@Tag("slow")
final class ShellProgramTest {
    private static final String PROMPT = "shawk>";

    @TempDir
    Path folder;

    private Tmux tmux;
    private ServerSocket server;
    private Socket client;

    @BeforeEach
    void open() throws Exception {
        tmux = new Tmux(120, 24);
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        client = new Socket(server.getInetAddress(), server.getLocalPort());
    }

    @AfterEach
    void close() throws Exception {
        client.close();
        server.close();
        tmux.end();
    }

    private void start() throws Exception {
        Path script = folder.resolve("go");
        Files.writeString(
                script,
                "export XDG_STATE_HOME=" + folder + "/state\nstty -g >" + folder.resolve("before") + "\n"
                        + MonitorProgram.in(folder) + " shell\necho $? >" + folder.resolve("status") + "\nstty -g >"
                        + folder.resolve("after") + "\necho E''NDED\n");
        tmux.line("clear; . " + script);
        tmux.until("a prompt", screen -> screen.contains(PROMPT));
    }

    private void ended(int status) throws Exception {
        tmux.until("the end", screen -> screen.contains("ENDED"));
        assertThat(Files.readString(folder.resolve("status")).strip()).isEqualTo("" + status);
        assertThat(Files.readString(folder.resolve("after"))).isEqualTo(Files.readString(folder.resolve("before")));
        assertThat(tmux.variable("alternate_on")).isEqualTo("0");
        assertThat(tmux.variable("keypad_flag")).isEqualTo("0");
    }

    /** How many lines are nothing but a prompt. */
    private static long prompts(String screen) {
        return screen.lines().filter(line -> line.strip().equals(PROMPT)).count();
    }

    private void fresh() throws Exception {
        tmux.keys("C-l");
        tmux.until("an empty screen", screen -> screen.strip().equals(PROMPT));
    }

    @Test
    void commandsRunAndTheTerminalIsAsItWas() throws Exception {
        start();
        String connections = "connections -F process,lport -f 'lport = " + server.getLocalPort() + "'";
        String rows = "";
        // Whoever starts tmux holds this test's sockets for a moment, and may be the youngest who does.
        for (int tries = 0; tries < 10 && !rows.contains("java "); tries++) {
            tmux.line(connections);
            rows = tmux.until(
                    "rows",
                    shown -> shown.contains("LPORT") && shown.stripTrailing().endsWith(PROMPT.strip()));
        }
        assertThat(rows).contains("java ");
        tmux.line("filter prt = 1");
        tmux.until("the mistake", screen -> screen.contains("unknown field 'prt' at column 1; did you mean 'port'?"));
        tmux.keys("C-d");
        ended(0);
    }

    @Test
    void tabCompletesWhatIsThere() throws Exception {
        start();
        tmux.type("conn");
        tmux.keys("Tab");
        tmux.until("the command", screen -> screen.contains(PROMPT + " connections"));
        tmux.keys("BSpace");
        tmux.type(" --lim");
        tmux.keys("Tab");
        tmux.until("the option", screen -> screen.contains("connections --limit"));
        tmux.keys("C-u");
        fresh();
        tmux.type("filter lport = " + server.getLocalPort() / 10);
        tmux.keys("Tab");
        tmux.until("the port of this test", screen -> screen.contains("" + server.getLocalPort()));
        tmux.keys("C-c");
        tmux.type("ex");
        tmux.keys("Tab", "Enter");
        ended(0);
    }

    @Test
    void whatWasTypedComesBackAlsoInTheNextRun() throws Exception {
        start();
        tmux.line("help exit");
        tmux.until("its help", screen -> screen.contains("ends the shell"));
        tmux.line("filter process = \"secret\"");
        tmux.until("the filter", screen -> screen.contains("filter process"));
        tmux.keys("C-d");
        ended(0);
        start();
        tmux.keys("Up");
        tmux.until("the line before, but none with a password", screen -> screen.contains(PROMPT + " help exit"));
        tmux.keys("C-c", "C-r");
        tmux.type("hel");
        tmux.until("the search", screen -> screen.contains("help exit") && screen.contains("hel"));
        tmux.keys("C-c", "C-d");
        ended(0);
    }

    @Test
    void longOutputComesInPages() throws Exception {
        start();
        tmux.line("help fields");
        tmux.until(
                "the first page",
                screen -> screen.contains("Fields. g = can be grouped by") && !screen.contains(PROMPT));
        tmux.keys("Space");
        tmux.until("the second page", screen -> !screen.contains("Fields. g = can be grouped by"));
        tmux.type("/owner_proof");
        tmux.keys("Enter");
        tmux.until("what was searched", screen -> screen.contains("owner_proof"));
        tmux.resize(90, 15);
        tmux.type("g");
        tmux.until("the first page again", screen -> screen.contains("Fields. g = can be grouped by"));
        tmux.type("q");
        tmux.until("the prompt", screen -> screen.contains(PROMPT));
        tmux.line("help fields");
        tmux.until("a page", screen -> screen.contains("Fields. g = can be grouped by") && !screen.contains(PROMPT));
        tmux.keys("C-c");
        tmux.until("the prompt", screen -> screen.contains(PROMPT));
        tmux.keys("C-d");
        ended(0);
    }

    @Test
    void ctrlCEndsACommandAndNotTheShell() throws Exception {
        start();
        tmux.line("dump -c 0 -i 100ms -g none -F lport -f 'lport = " + server.getLocalPort() + "' --no-header");
        tmux.until(
                "rows that go on",
                screen -> screen.split("\n" + server.getLocalPort() + " *\n", -1).length >= 2
                        || screen.lines()
                                        .filter(line -> line.strip().equals("" + server.getLocalPort()))
                                        .count()
                                > 3);
        tmux.keys("C-c");
        tmux.until(
                "the prompt",
                screen -> screen.lines().anyMatch(line -> line.strip().equals(PROMPT)));
        tmux.type("help ex");
        tmux.keys("C-c");
        tmux.until("a prompt that is empty", screen -> prompts(screen) >= 1);
        tmux.line("exit");
        ended(0);
    }

    @Test
    void aLineStaysWholeWhenTheWindowChanges() throws Exception {
        start();
        tmux.type("filter process = java and lport = 443");
        tmux.resize(40, 15);
        tmux.keys("C-l");
        tmux.until("two lines", screen -> screen.startsWith(PROMPT + " filter process = java and lport =\n 443"));
        tmux.resize(100, 20);
        tmux.keys("C-l");
        tmux.until("the line", screen -> screen.contains(PROMPT + " filter process = java and lport = 443"));
        tmux.keys("Enter");
        tmux.until("its answer", screen -> screen.lines().anyMatch("filter process = java and lport = 443"::equals));
        tmux.keys("C-d");
        ended(0);
    }

    @Test
    void ctrlZStopsItAndItGoesOn() throws Exception {
        start();
        tmux.type("help ex");
        tmux.keys("C-z");
        tmux.until("the shell around it", screen -> screen.contains("Stopped"));
        tmux.line("fg");
        tmux.until("the line again", screen -> screen.strip().endsWith(PROMPT + " help ex"));
        tmux.keys("C-c", "C-d");
        tmux.until("the shell around it", screen -> screen.strip().endsWith("$"));
    }
}
