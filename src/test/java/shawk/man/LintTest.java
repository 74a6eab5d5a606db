package shawk.man;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The pages are good mdoc, and fit a terminal of 80 columns. Needs mandoc, which the full test run installs. */
@Tag("slow")
final class LintTest {
    private static final int TERMINAL = 80;

    @Test
    void pagesHaveNoWarnings() throws Exception {
        assertThat(mandoc("-Tlint", "-Wwarning")).isEmpty();
    }

    @Test
    void pagesFitATerminal() throws Exception {
        String plain = mandoc("-Tutf8", "-Owidth=" + (TERMINAL - 2)).replaceAll(".\b", "");
        assertThat(plain).contains("shawk", "EXAMPLES");
        assertThat(plain.lines().filter(line -> line.codePointCount(0, line.length()) > TERMINAL))
                .isEmpty();
    }

    private static String mandoc(String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("mandoc"));
        command.addAll(List.of(options));
        try (Stream<Path> pages = Files.list(Path.of("man"))) {
            pages.map(Path::toString).sorted().forEach(command::add);
        }
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }
}
