package shawk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import shawk.support.Golden;

/** What the program says of itself. */
class HelpTest {
    private static String check(String golden, String... args) {
        Run run = Run.of(args);
        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
        Golden.check("help/" + golden, run.out());
        return run.out();
    }

    @Test
    void helpOfEachCommand() {
        for (Command command : Command.values()) {
            String text = check(command.dashed() + ".txt", words("help", command.id()));
            assertThat(Run.of(words(command.id(), "--help")).out()).isEqualTo(text);
            assertThat(Run.of(words(command.id(), "-h")).out()).isEqualTo(text);
        }
    }

    /** Some commands are two words. */
    private static String[] words(String... parts) {
        return String.join(" ", parts).split(" ");
    }

    @Test
    void helpOfTheZooKeeperTools() {
        String text = check("zk.txt", "help", "zk");
        assertThat(Run.of("zk", "--help").out()).isEqualTo(text);
    }

    @Test
    void helpOfTheWhole() {
        check("overview.txt", "help");
        assertThat(Run.of("--help").out()).isEqualTo(Run.of("help", "top").out());
    }

    @Test
    void helpOfTheFields() {
        check("fields.txt", "help", "fields");
    }

    @Test
    void noLineIsWiderThanAHundredCharacters() {
        for (String topic : Command.ids()) {
            assertThat(Run.of(words("help", topic)).out().lines()).allMatch(line -> line.length() <= 100);
        }
    }

    @Test
    void versionAndCreditsEverywhere() {
        String version = Run.of("version").out();
        String credits = Run.of("credits").out();
        assertThat(version).matches("shawk \\d+\\.\\d+\\.\\d+\\S*\n");
        assertThat(credits)
                .contains(
                        "lanterna 3.",
                        "picocli 4.",
                        "jna 5.",
                        "jspecify 1.",
                        "jline 4.",
                        "pgjdbc 42.",
                        "postgresql 18.",
                        "UNIVERSITY OF CALIFORNIA",
                        "Apache License",
                        "GNU LESSER GENERAL PUBLIC")
                .doesNotContain("${", "unknown");
        for (String command : Command.ids()) {
            assertThat(Run.of(words(command, "--version")).out()).isEqualTo(version);
            assertThat(Run.of(words(command, "--credits")).out()).isEqualTo(credits);
        }
        assertThat(Run.of("--version").out()).isEqualTo(version);
    }
}
