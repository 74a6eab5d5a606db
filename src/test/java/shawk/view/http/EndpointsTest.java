package shawk.view.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import shawk.support.Golden;
import shawk.support.Json;
import shawk.zk.stats.MadeUpTraffic;
import shawk.zk.stats.StatsOptions;

/** What each endpoint tells of the same traffic. */
final class EndpointsTest {
    private final MadeUpTraffic traffic = MadeUpTraffic.usual(StatsOptions.DEFAULT);
    private Fed fed;

    @BeforeEach
    void start() throws IOException {
        fed = new Fed(traffic.snapshot());
    }

    @AfterEach
    void stop() {
        fed.close();
    }

    private void check(String target, String file) throws IOException {
        String answer = Socketed.get(fed.port, target);
        assertThat(answer).startsWith("HTTP/1.1 200 OK\r\n");
        Golden.check("http/" + file, Socketed.body(answer));
    }

    private void checkJson(String target, String file) throws IOException {
        check(target, file);
        Json.parse(Socketed.body(Socketed.get(fed.port, target)));
    }

    @Test
    void tellsWhatTheyTold() throws IOException {
        checkJson("/json/paths?window=current", "paths.json");
        checkJson("/json/ips?window=sliding", "ips.json");
        checkJson("/json/auths?window=sliding", "auths.json");
        checkJson("/json/auths-dump", "auths-dump.json");
        checkJson("/json/info", "info.json");
        checkJson("/json/operations?window=current", "operations.json");
        checkJson("/json/live", "live.json");
        check("/metrics", "metrics.txt");
        checkJson("/json/paths", "nothing.json");
        traffic.seconds(60);
        fed.snapshot = traffic.snapshot();
        checkJson("/json/paths", "paths.json");
        checkJson("/json/paths?window=previous", "paths.json");
        checkJson("/json/paths?window=current", "quiet.json");
        checkJson("/json/paths?window=all", "paths.json");
        fed.snapshot = traffic.ended();
        checkJson("/json/paths", "paths.json");
        checkJson("/json/operations", "operations.json");
        assertThat(Socketed.get(fed.port, "/json/paths?window=minute"))
                .startsWith("HTTP/1.1 400 ")
                .endsWith("\r\n\r\nwindow is previous, current, sliding or all\n");
    }

    @Test
    void tellsWhetherItLives() throws IOException {
        assertThat(Socketed.get(fed.port, "/health"))
                .startsWith("HTTP/1.1 200 ")
                .endsWith("\r\n\r\nOK\n");
        fed.alive = false;
        assertThat(Socketed.get(fed.port, "/health"))
                .startsWith("HTTP/1.1 503 ")
                .endsWith("\r\n\r\nUNHEALTHY\n");
        assertThat(Socketed.get(fed.port, "/profile"))
                .startsWith("HTTP/1.1 200 ")
                .contains("\r\n\r\nProfiling is disabled: there is no profiler; /threads says");
        assertThat(Socketed.get(fed.port, "/threads")).contains("http (", "shawk.view.http.HttpServer.run(");
    }

    @Test
    void saysWhatItIsAndThatNothingIsKept() throws IOException {
        assertThat(Socketed.get(fed.port, "/"))
                .contains("Content-Type: text/html; charset=utf-8\r\n", "default-src 'none'; script-src 'self';")
                .contains("X-Content-Type-Options: nosniff\r\n", "Cache-Control: no-store\r\n");
        assertThat(Socketed.get(fed.port, "/page.js")).contains("Content-Type: text/javascript; charset=utf-8\r\n");
        assertThat(Socketed.get(fed.port, "/page.css")).contains("Content-Type: text/css; charset=utf-8\r\n");
        assertThat(Socketed.get(fed.port, "/icon.svg")).contains("Content-Type: image/svg+xml\r\n");
        assertThat(Socketed.get(fed.port, "/metrics"))
                .contains("Content-Type: text/plain; version=0.0.4; charset=utf-8\r\n");
        assertThat(Socketed.get(fed.port, "/json/paths")).contains("Content-Type: application/json; charset=utf-8\r\n");
    }

    @Test
    void aPathIsNeverSentBack() throws IOException {
        for (String target : new String[] {"/evil", "/json/paths?window=evil", "/%65vil", "/json/evil?evil=evil"}) {
            assertThat(Socketed.get(fed.port, target)).doesNotContain("evil");
        }
    }
}
