package shawk.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shawk.support.Commands;

/** What the key Tab makes of a command line in a real bash and a real zsh, both of which the full test run installs. */
@Tag("slow")
final class CompletionKeysTest {
    private static final String NETNS =
            "shawk-completion-" + ProcessHandle.current().pid();

    @TempDir
    Path folder;

    private Tmux tmux;
    private int lines;

    @BeforeEach
    void open() throws Exception {
        tmux = new Tmux(150, 40);
        Commands.output("ip", "netns", "add", NETNS);
        Files.createFile(folder.resolve("monday.rec"));
    }

    @AfterEach
    void close() throws Exception {
        Commands.output("ip", "netns", "delete", NETNS);
        tmux.end();
    }

    private Path script(String shell) throws Exception {
        List<String> java = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty("java.class.path"),
                "shawk.cli.Main",
                "completion",
                shell);
        Path script = folder.resolve("completion." + shell);
        Files.writeString(script, Commands.output(java.toArray(String[]::new)));
        return script;
    }

    /** Types {@code typed} and Tab: the line is {@code expected} then, but for what a shell adds to go on. */
    private void check(String typed, String expected) throws Exception {
        String prompt = "say" + ++lines + ">";
        tmux.line("PS1='" + prompt.charAt(0) + "''" + prompt.substring(1) + "'; clear");
        tmux.until("an empty line", screen -> screen.strip().equals(prompt));
        tmux.type(typed);
        tmux.keys("Tab");
        tmux.until(
                "'" + expected + "' out of '" + typed + "'",
                screen ->
                        screen.lines().anyMatch(line -> line.strip().matches("\\Q" + prompt + expected + "\\E[,:]?")));
        tmux.keys("C-u");
    }

    private void checkAll() throws Exception {
        check("shawk du", "shawk dump");
        check("shawk doc", "shawk doctor");
        check("shawk help fie", "shawk help fields");
        check("shawk completion z", "shawk completion zsh");
        check("shawk --netn", "shawk --netns");
        check("shawk dump --lev", "shawk dump --levels");
        check("shawk dump --format nd", "shawk dump --format ndjson");
        check("shawk dump --format=nd", "shawk dump --format=ndjson");
        check("shawk doctor --format t", "shawk doctor --format text");
        check("shawk dump -al 5 --source ne", "shawk dump -al 5 --source netlink");
        check("shawk dump -g process,ifa", "shawk dump -g process,iface");
        check("shawk dump -F +rtt,-verd", "shawk dump -F +rtt,-verdict");
        check("shawk dump -s rtt_m", "shawk dump -s rtt_max");
        check("shawk dump -s conns:d", "shawk dump -s conns:desc");
        check("shawk dump --sort=conns:d", "shawk dump --sort=conns:desc");
        check("shawk assert queue_d", "shawk assert queue_drops");
        check("shawk top --netns shawk-completion-", "shawk top --netns " + NETNS);
    }

    @Test
    void bash() throws Exception {
        tmux.line("cd " + folder + "; source " + script("bash"));
        checkAll();
        tmux.line("clear");
        tmux.type("shawk doctor --");
        tmux.keys("Tab", "Tab");
        String screen = tmux.until("the options", text -> text.contains("--version"));
        assertThat(screen)
                .contains("--color", "--credits", "--format", "--help")
                .doesNotContain("--filter");
    }

    @Test
    void zsh() throws Exception {
        tmux.line("cd " + folder + "; exec zsh -f");
        tmux.line("autoload -U compinit; compinit -D; source " + script("zsh"));
        checkAll();
        tmux.line("clear");
        tmux.type("shawk doctor --");
        tmux.keys("Tab");
        String screen = tmux.until("the options", text -> text.contains("--version"));
        assertThat(screen).contains("--color", "form of the report", "--help").doesNotContain("--filter");
    }
}
