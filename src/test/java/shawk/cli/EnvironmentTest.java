package shawk.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Variables, and files of variables. */
class EnvironmentTest {
    private static void check(String name, String... warnings) {
        assertThat(new Environment(Map.of(name, "x")).warnings()).containsExactly(warnings);
    }

    @Test
    void whatDoesNothingIsSaid() {
        check("SHAWK_DEBUG");
        check("PATH");
        check("SHAWKISH");
        check("SHAWK_DEBGU", "unknown variable 'SHAWK_DEBGU' in the environment; did you mean 'SHAWK_DEBUG'?");
        check(
                "SHAWK_BUDGET",
                "unknown variable 'SHAWK_BUDGET' in the environment; this version has SHAWK_DEBUG and SHAWK_ENV_FILE");
        check("SHAWK_CMDB_URL", "SHAWK_CMDB_URL is set, and nothing in this version uses it");
        check("SHAWK_FLUSH_INTERVAL", "SHAWK_FLUSH_INTERVAL is set, and nothing in this version uses it");
    }

    @Test
    void emptyIsNotSet() {
        assertThat(new Environment(Map.of("NO_COLOR", "")).value("NO_COLOR")).isNull();
    }

    @Test
    void linesOfAFile() throws Failure {
        String file = "# comment\n\n A = 1 # one\nexport B='two words'\nC=\"x#y\"\nD=\nE=a=b\r\n";
        assertThat(Environment.parseFile("f", file))
                .isEqualTo(Map.of("A", "1", "B", "two words", "C", "x#y", "D", "", "E", "a=b"));
    }

    @Test
    void aLineThatIsNoneIsNamedButNotShown() {
        for (String line : new String[] {"hunter2", "=x", "1A=x", "A B=x"}) {
            assertThatThrownBy(() -> Environment.parseFile("f\u001b", "A=1\n" + line))
                    .hasMessage("'f\\x1b', line 2: expected NAME=value");
        }
    }
}
