package shawk.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import shawk.source.SourceConfig.Limits;

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
        check("SHAWK_BUDGET", "unknown variable 'SHAWK_BUDGET' in the environment; shawk(1) says which there are");
        check("SHAWK_CMDB_URL");
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

    @Test
    void boundsOfTheTablesInTheKernel() throws Failure {
        assertThat(new Environment(Map.of()).limits()).isEqualTo(Limits.USUAL);
        Environment set = new Environment(Map.of(
                "SHAWK_EBPF_BUNDLES", "100",
                "SHAWK_EBPF_CONNECTIONS", "200",
                "SHAWK_EBPF_FLOWS", "300",
                "SHAWK_EBPF_RING", "4MiB"));
        assertThat(set.warnings()).isEmpty();
        assertThat(set.limits()).isEqualTo(new Limits(100, 200, 300, 4 << 20));
        checkLimit("SHAWK_EBPF_FLOWS", "0", "expected a number from 1 to 16777216, or unset it");
        checkLimit("SHAWK_EBPF_FLOWS", "99999999", "expected a number from 1 to 16777216, or unset it");
        checkLimit("SHAWK_EBPF_BUNDLES", "many", "expected a number from 1 to 16777216, or unset it");
        checkLimit("SHAWK_EBPF_RING", "2GiB", "expected a size up to 1GiB; set it to 16MiB, or unset it");
        checkLimit("SHAWK_EBPF_RING", "big", "expected a size up to 1GiB; set it to 16MiB, or unset it");
    }

    private static void checkLimit(String name, String value, String expected) {
        assertThatThrownBy(() -> new Environment(Map.of(name, value)).limits())
                .isInstanceOf(Failure.class)
                .extracting(failure -> ((Failure) failure).line())
                .isEqualTo(name + "='" + value + "': " + expected);
    }
}
