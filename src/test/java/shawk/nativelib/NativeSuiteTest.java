package shawk.nativelib;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Builds the C tests under AddressSanitizer and UndefinedBehaviorSanitizer, and runs them. */
final class NativeSuiteTest {
    @Test
    void everyNativeTestPasses() throws IOException, InterruptedException {
        Path base = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
        Process make = new ProcessBuilder(
                        "make",
                        "-C",
                        base.resolve("native").toString(),
                        "test",
                        "OUT=" + base.resolve("target").resolve("native-test"))
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .start();
        String output = new String(make.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(make.waitFor()).as(output).isZero();
        assertThat(output)
                .containsPattern("(?m)^[1-9][0-9]* passed, 0 failed$")
                .contains("cmdb: 0 checks failed\n")
                .contains("pcap: 0 failed\n");
    }
}
