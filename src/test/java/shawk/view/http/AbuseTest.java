package shawk.view.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import shawk.zk.stats.MadeUpTraffic;
import shawk.zk.stats.StatsOptions;

/** Whatever some clients do, another one is answered, and nothing is kept for long. */
@Timeout(60)
final class AbuseTest {
    private Fed fed;

    @BeforeEach
    void start() throws IOException {
        fed = new Fed(MadeUpTraffic.usual(StatsOptions.DEFAULT).snapshot());
    }

    @AfterEach
    void stop() {
        fed.close();
    }

    /** Another client is answered while these are there. */
    private void checkOthers() throws IOException {
        assertThat(Socketed.get(fed.port, "/health")).startsWith("HTTP/1.1 200 OK\r\n");
    }

    private String head() {
        return "GET /health HTTP/1.1\r\nHost: localhost:" + fed.port + "\r\n";
    }

    private void check(String sent, int status) throws IOException {
        assertThat(Socketed.ask(fed.port, sent)).startsWith("HTTP/1.1 " + status + " ");
        checkOthers();
    }

    @Test
    void headsThatAreNone() throws IOException {
        check("\r\n\r\n", 400);
        check("GET\r\n\r\n", 400);
        check("GET  / HTTP/1.1\r\n\r\n", 400);
        check("GET / HTTP/1.1 \r\n\r\n", 400);
        check("GET /\t HTTP/1.1\r\n\r\n", 400);
        check("G\u00e9T / HTTP/1.1\r\n\r\n", 400);
        check("GET http://localhost/ HTTP/1.1\r\n\r\n", 400);
        check("GET * HTTP/1.1\r\n\r\n", 400);
        check("GET / HTTP/2.0\r\n\r\n", 505);
        check("GET / HTTP/1.2\r\n\r\n", 505);
        check("GET / FTP/1.1\r\n\r\n", 400);
        check(head() + "no colon\r\n\r\n", 400);
        check(head() + "Name : x\r\n\r\n", 400);
        check(head() + " folded\r\n\r\n", 400);
        check(head() + ": x\r\n\r\n", 400);
        check(head() + "X: a\u0000b\r\n\r\n", 400);
        check(head() + "X: a\nY: b\r\n\r\n", 400);
        check(head() + "Content-Length: 0\r\nContent-Length: 5\r\n\r\n", 400);
    }

    @Test
    void percentSignsThatMeanNothing() throws IOException {
        for (String target : new String[] {"/%", "/%4", "/%zz", "/%ff", "/%c0%af", "/?a=%", "/?token=%f", "/%-1"}) {
            check("GET " + target + " HTTP/1.1\r\nHost: localhost:" + fed.port + "\r\n\r\n", 400);
        }
        assertThat(Socketed.get(fed.port, "/%68ealth")).startsWith("HTTP/1.1 200 ");
        assertThat(Socketed.get(fed.port, "/health%00")).startsWith("HTTP/1.1 404 ");
        assertThat(Socketed.get(fed.port, "/../../etc/passwd")).startsWith("HTTP/1.1 404 ");
    }

    @Test
    void headsWithoutAnEnd() throws IOException {
        check("GET /" + "a".repeat(3_000) + " HTTP/1.1\r\n\r\n", 414);
        check("GET /" + "a".repeat(100_000), 414);
        check(head() + "X: " + "a".repeat(100_000), 431);
        check(head() + "X: y\r\n".repeat(100) + "\r\n", 431);
        checkCut("A");
        checkCut(head() + "X: ");
        checkCut("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000000\r\n\r\n");
    }

    /** Who goes on sending behind the answer is cut. */
    private void checkCut(String sent) throws IOException {
        String more = "a".repeat(10_000);
        try (Socketed client = new Socketed(fed.port).send(sent)) {
            long deadline = System.nanoTime() + 20_000_000_000L;
            boolean cut = false;
            while (!cut) {
                assertThat(System.nanoTime()).isLessThan(deadline);
                try {
                    client.send(more);
                } catch (IOException e) {
                    cut = true;
                }
            }
        }
        checkOthers();
    }

    @Test
    void manyAtOnceThatSayNothing() throws IOException {
        checkCrowd("");
    }

    @Test
    void manyAtOnceThatNeverComeToTheEnd() throws IOException {
        checkCrowd("GET /health HT");
    }

    @Test
    void manyAtOnceWhoseBodyNeverComes() throws IOException {
        checkCrowd("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\nx");
    }

    private void checkCrowd(String sent) throws IOException {
        List<Socketed> crowd = new ArrayList<>();
        try {
            for (int i = 0; i < 200; i++) {
                crowd.add(new Socketed(fed.port).send(sent));
                if (i % 20 == 0) {
                    checkOthers();
                }
            }
            checkOthers();
            for (Socketed client : crowd.subList(0, 100)) {
                client.rest();
            }
        } finally {
            for (Socketed client : crowd) {
                client.close();
            }
        }
    }

    @Test
    void whoDripsIsLetGo() throws IOException {
        try (Socketed slow = new Socketed(fed.port)) {
            String all = head();
            long deadline = System.nanoTime() + 30_000_000_000L;
            boolean cut = false;
            for (int i = 0; !cut; i++) {
                assertThat(System.nanoTime()).isLessThan(deadline);
                try {
                    slow.send(i < all.length() ? all.substring(i, i + 1) : "a");
                    slow.socket.setSoTimeout(100);
                    cut = slow.socket.getInputStream().read() < 0;
                } catch (SocketTimeoutException e) {
                    checkOthers();
                } catch (IOException e) {
                    cut = true;
                }
            }
        }
    }

    @Test
    void whoDoesNotReadHoldsUpNobody() throws IOException {
        MadeUpTraffic traffic = new MadeUpTraffic(new StatsOptions(0, 0, true, 1, false));
        for (int i = 0; i < 15_000; i++) {
            traffic.request("getData", "/" + "x".repeat(200) + i, 0);
        }
        fed.snapshot = traffic.snapshot();
        List<Socketed> crowd = new ArrayList<>();
        try {
            for (int i = 0; i < 50; i++) {
                crowd.add(new Socketed(fed.port, InetAddress.getLoopbackAddress(), 4_096)
                        .send("GET /json/paths?window=current HTTP/1.1\r\nHost: localhost:" + fed.port + "\r\n\r\n"));
            }
            checkOthers();
            assertThat(Socketed.body(Socketed.get(fed.port, "/json/paths?window=current"))
                            .length())
                    .isGreaterThan(3_000_000);
            fed.snapshot = MadeUpTraffic.usual(StatsOptions.DEFAULT).snapshot();
            checkOthers();
            String late = crowd.get(0).answer();
            assertThat(late).startsWith("HTTP/1.1 200 OK\r\n").endsWith("}\n");
        } finally {
            for (Socketed client : crowd) {
                client.close();
            }
        }
    }

    @Test
    void requestsOneBehindTheOther() throws IOException {
        try (Socketed client = new Socketed(fed.port)) {
            String one = head() + "\r\n";
            client.send(one.repeat(300));
            for (int i = 0; i < 300; i++) {
                assertThat(client.answer()).startsWith("HTTP/1.1 200 OK\r\n").endsWith("OK\n");
            }
            client.send(one.substring(0, 10));
            client.send(one.substring(10) + "GET /nothing HTTP/1.1\r\nHost: localhost:" + fed.port
                    + "\r\n\r\nGARBAGE\r\n\r\n");
            assertThat(client.answer()).startsWith("HTTP/1.1 200 ");
            assertThat(client.answer()).startsWith("HTTP/1.1 404 ");
            assertThat(client.rest()).startsWith("HTTP/1.1 400 ");
        }
    }

    @Test
    void aConnectionEndsAfterManyRequests() throws IOException {
        try (Socketed client = new Socketed(fed.port)) {
            String one = head() + "\r\n";
            int answers = 0;
            String answer = "";
            while (!answer.contains("Connection: close")) {
                answer = client.send(one).answer();
                answers++;
            }
            assertThat(answers).isEqualTo(HttpLimits.USUAL.requests());
            assertThat(client.rest()).isEmpty();
        }
    }

    @Test
    void bytesOfAnyKind() throws IOException {
        SplittableRandom random = new SplittableRandom(7);
        String valid = head() + "Accept: */*\r\n\r\n";
        for (int i = 0; i < 2_000; i++) {
            StringBuilder bytes = new StringBuilder(valid);
            for (int change = random.nextInt(1, 6); change > 0; change--) {
                int at = random.nextInt(bytes.length());
                switch (random.nextInt(3)) {
                    case 0 -> bytes.setCharAt(at, (char) random.nextInt(256));
                    case 1 -> bytes.deleteCharAt(at);
                    default -> bytes.insert(at, (char) random.nextInt(256));
                }
            }
            byte[] sent = bytes.toString().getBytes(StandardCharsets.ISO_8859_1);
            assertThat(RequestParser.parse(sent, sent.length)).isNotNull();
            if (i % 20 == 0) {
                try (Socketed client = new Socketed(fed.port).send(bytes.toString())) {
                    client.socket.shutdownOutput();
                    client.rest();
                }
            }
        }
        checkOthers();
    }
}
