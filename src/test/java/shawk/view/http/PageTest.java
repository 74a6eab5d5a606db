package shawk.view.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shawk.zk.stats.MadeUpTraffic;
import shawk.zk.stats.StatsOptions;

/** The page in a real browser: Debian's chromium, which the full test run installs. */
@Tag("slow")
final class PageTest {
    private static final int MOST_SECONDS = 20;
    private static final String HOSTILE = "/<script>document.title='evil'</script><img src=x onerror=alert(1)>";

    @TempDir
    Path scratch;

    /** What the browser has made of the page after some of its seconds; what it said stands in a file besides. */
    private String seen(String url, String... options) throws IOException, InterruptedException {
        Path dom = scratch.resolve("dom");
        Path said = scratch.resolve("said");
        List<String> command = new ArrayList<>(List.of(
                "chromium",
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--enable-logging=stderr",
                "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
                "--user-data-dir=" + scratch.resolve("profile"),
                "--virtual-time-budget=4000",
                "--dump-dom"));
        command.addAll(List.of(options));
        command.add(url);
        Process process = new ProcessBuilder(command)
                .redirectOutput(dom.toFile())
                .redirectError(said.toFile())
                .start();
        try {
            assertThat(process.waitFor(MOST_SECONDS, TimeUnit.SECONDS))
                    .as(Files.readString(said, StandardCharsets.ISO_8859_1))
                    .isTrue();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
        return Files.readString(dom);
    }

    private String console() throws IOException {
        return String.join(
                "\n",
                Files.readString(scratch.resolve("said"), StandardCharsets.ISO_8859_1)
                        .lines()
                        .filter(line -> line.contains("CONSOLE"))
                        .toList());
    }

    private static MadeUpTraffic busy() {
        MadeUpTraffic traffic = MadeUpTraffic.usual(StatsOptions.DEFAULT);
        for (int second = 0; second < 90; second++) {
            for (int i = 0; i < 10 + second % 7; i++) {
                traffic.request("getData", HOSTILE, 1).reply("getData", 800 + 10 * second, -101);
            }
            traffic.request("setData", "/config").reply("setData", 4_000, 0).seconds(1);
        }
        return traffic;
    }

    @Test
    void drawsRatesAndLatencies() throws IOException, InterruptedException {
        try (Fed fed = new Fed(busy().snapshot())) {
            String dom = seen(fed.server.url());
            assertThat(console()).isEmpty();
            assertThat(dom).contains(">live</p>").containsPattern("class=\"reads\" d=\"M[0-9. ]+h1L[0-9. L]+\"");
            assertThat(dom).containsPattern("class=\"p99\" d=\"M[0-9. ]+h1L[0-9. L]+\"");
            assertThat(dom)
                    .contains("<td>getData</td>", "NoNode ", "<dd class=\"bad\">3</dd>", "lo, port 2181")
                    .contains(
                            "<td class=\"text\">" + HOSTILE.replace("<", "&lt;").replace(">", "&gt;") + "</td>")
                    .doesNotContain("<img", "evil</title>");
        }
    }

    @Test
    void drawsAllOfACaptureThatIsOver() throws IOException, InterruptedException {
        MadeUpTraffic traffic = busy().request("delete", "/first", 0).seconds(120);
        try (Fed fed = new Fed(traffic.ended())) {
            assertThat(seen(fed.server.url()))
                    .contains("<dt>requests</dt><dd>", "<dt>longest</dt><dd>")
                    .contains(">the capture is over</p>", "<td>delete</td>", "<td class=\"text\">/first</td>")
                    .containsPattern("Operations <small class=\"span\">all 21[0-9] s</small>");
            assertThat(console()).isEmpty();
        }
    }

    /** Charts are drawn as wide as they stand there, so that their text is as large as other text. */
    @Test
    void isReadInANarrowWindowToo() throws IOException, InterruptedException {
        try (Fed fed = new Fed(busy().snapshot())) {
            String narrow = seen(fed.server.url(), "--window-size=500,800");
            assertThat(narrow).containsPattern("id=\"rates\" viewBox=\"0 0 4[0-9][0-9] 220\"");
            assertThat(narrow).containsPattern("id=\"latencies\" viewBox=\"0 0 4[0-9][0-9] 220\"");
            assertThat(seen(fed.server.url(), "--window-size=1280,800"))
                    .containsPattern("id=\"rates\" viewBox=\"0 0 9[0-9][0-9] 220\"");
            assertThat(Socketed.get(fed.port, "/page.css"))
                    .containsPattern("\\.legend span \\{[^}]*white-space: nowrap");
        }
    }

    @Test
    void saysThatATokenIsNeededAndTakesIt() throws IOException, InterruptedException {
        try (Fed fed = new Fed(busy().snapshot(), "127.0.0.1", "s3cret")) {
            assertThat(seen(fed.server.url())).contains("a token is needed").doesNotContain("<path");
            assertThat(seen(fed.server.url() + "?token=s3cret")).contains(">live</p>", "<path");
            assertThat(console()).isEmpty();
        }
    }

    @Test
    void saysThatNobodyAnswers() throws IOException, InterruptedException {
        try (Fed fed = new Fed(busy().snapshot())) {
            fed.fault = () -> {
                throw new IllegalStateException("made up");
            };
            assertThat(seen(fed.server.url())).contains("class=\"bad\">status 500</p>");
        }
    }
}
