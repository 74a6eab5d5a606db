package shawk.view.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import shawk.zk.stats.MadeUpTraffic;
import shawk.zk.stats.StatsOptions;

/** Who is answered. */
final class AccessTest {
    private Fed fed;

    @BeforeEach
    void start() throws IOException {
        fed = new Fed(MadeUpTraffic.usual(StatsOptions.DEFAULT).snapshot());
    }

    @AfterEach
    void stop() {
        fed.close();
    }

    private void check(String request, int status) throws IOException {
        String text = request.replace("PORT", Integer.toString(fed.port)).replace("\n", "\r\n");
        String answer = Socketed.ask(fed.port, text);
        assertThat(answer).as(text).startsWith("HTTP/1.1 " + status + " ");
        assertThat(answer).doesNotContain("evil");
    }

    private void checkHost(String host, int status) throws IOException {
        check("GET /json/info HTTP/1.1\nConnection: close\nHost: " + host + "\n\n", status);
    }

    @Test
    void onlyByANameOfItsOwn() throws IOException {
        checkHost("127.0.0.1:PORT", 200);
        checkHost("localhost:PORT", 200);
        checkHost("LocalHost:PORT", 200);
        checkHost("zk.example.org:PORT", 200);
        checkHost("127.0.0.1", 421);
        checkHost("127.0.0.1:1", 421);
        checkHost("localhost:PORT.evil.org", 421);
        checkHost("evil.org:PORT", 421);
        checkHost("zk.example.org.evil.org:PORT", 421);
        checkHost("evil@localhost:PORT", 421);
        checkHost("", 421);
        checkHost("localhost:PORT\nHost: evil.org", 400);
        check("GET /json/info HTTP/1.1\nConnection: close\n\n", 400);
        check("GET /json/info HTTP/1.0\n\n", 400);
    }

    private void checkOrigin(String origin, int status) throws IOException {
        check("GET /json/info HTTP/1.1\nConnection: close\nHost: localhost:PORT\nOrigin: " + origin + "\n\n", status);
    }

    @Test
    void fromNoPageOfAnother() throws IOException {
        checkOrigin("http://localhost:PORT", 200);
        checkOrigin("http://127.0.0.1:PORT", 200);
        checkOrigin("http://localhost:1", 403);
        checkOrigin("https://localhost:PORT", 403);
        checkOrigin("http://evil.org", 403);
        checkOrigin("http://http://localhost:PORT", 403);
        checkOrigin("null", 403);
        checkOrigin("", 403);
    }

    @Test
    void readingAlone() throws IOException {
        for (String method : new String[] {"POST", "PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PATCH", "get"}) {
            check(method + " /json/info HTTP/1.1\nConnection: close\nHost: localhost:PORT\n\n", 405);
        }
        check("POST / HTTP/1.1\nHost: localhost:PORT\nContent-Length: 5\n\nevil!", 405);
        check("GET / HTTP/1.1\nHost: localhost:PORT\nContent-Length: 5\n\nevil!", 413);
        check("GET / HTTP/1.1\nHost: localhost:PORT\nTransfer-Encoding: chunked\n\n5\nevil!\n0\n\n", 413);
        String head = Socketed.ask(
                fed.port, "HEAD /json/info HTTP/1.1\r\nHost: localhost:" + fed.port + "\r\nConnection: close\r\n\r\n");
        assertThat(head)
                .startsWith("HTTP/1.1 200 OK\r\n")
                .doesNotContain("Content-Length: 0")
                .endsWith("\r\n\r\n");
    }

    @Test
    void withTheTokenWhereThereIsOne() throws IOException {
        fed.close();
        fed = new Fed(MadeUpTraffic.usual(StatsOptions.DEFAULT).snapshot(), "127.0.0.1", "s3cret/+ ");
        for (String target : new String[] {"/json/paths", "/json/info", "/metrics", "/threads", "/json/live"}) {
            assertThat(Socketed.get(fed.port, target))
                    .startsWith("HTTP/1.1 401 ")
                    .contains("WWW-Authenticate: Bearer");
        }
        assertThat(Socketed.get(fed.port, "/metrics?token=s3cret%2F%2B%20")).startsWith("HTTP/1.1 200 ");
        assertThat(Socketed.get(fed.port, "/metrics?token=s3cret")).startsWith("HTTP/1.1 401 ");
        assertThat(Socketed.get(fed.port, "/metrics?token=")).startsWith("HTTP/1.1 401 ");
        assertThat(Socketed.get(fed.port, "/metrics", "Authorization: Bearer s3cret/+x"))
                .startsWith("HTTP/1.1 401 ");
        assertThat(Socketed.get(fed.port, "/")).startsWith("HTTP/1.1 200 ");
        assertThat(Socketed.get(fed.port, "/health")).startsWith("HTTP/1.1 200 ");
        fed.close();
        fed = new Fed(MadeUpTraffic.usual(StatsOptions.DEFAULT).snapshot(), "127.0.0.1", "s3cret");
        assertThat(Socketed.get(fed.port, "/metrics", "Authorization: Bearer s3cret"))
                .startsWith("HTTP/1.1 200 ");
        assertThat(Socketed.get(fed.port, "/metrics", "Authorization: Basic s3cret"))
                .startsWith("HTTP/1.1 401 ");
        assertThat(Socketed.get(fed.port, "/metrics", "Authorization: Bearer s3crets3cret"))
                .startsWith("HTTP/1.1 401 ");
    }

    @Test
    void byVersionSixToo() throws IOException {
        fed.close();
        fed = new Fed(MadeUpTraffic.usual(StatsOptions.DEFAULT).snapshot(), "::1", null);
        assertThat(fed.server.url()).isEqualTo("http://[::1]:" + fed.port + "/");
        try (Socketed client = new Socketed(fed.port, InetAddress.getByName("::1"), 0)) {
            client.send("GET /health HTTP/1.1\r\nHost: [::1]:" + fed.port + "\r\nConnection: close\r\n\r\n");
            assertThat(client.rest()).startsWith("HTTP/1.1 200 ");
        }
        assertThat(Guard.literal(Inet6Address.getByName("2001:db8:0:1::ff"))).isEqualTo("[2001:db8:0:1::ff]");
        assertThat(Guard.literal(Inet6Address.getByName("::"))).isEqualTo("[::]");
        assertThat(Guard.literal(Inet6Address.getByName("fe80::1%1"))).isEqualTo("[fe80::1]");
    }
}
