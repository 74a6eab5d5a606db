package shawk.view.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.CancelledKeyException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import shawk.zk.stats.MadeUpTraffic;
import shawk.zk.stats.StatsOptions;

/** A fault of the program ends the exchange that it is in, is counted and told, and nothing else. */
@Timeout(60)
final class ServerFaultsTest {
    private static final StatsOptions OPTIONS = StatsOptions.DEFAULT;

    @Test
    void whoMetItIsToldAndTheNextOneIsAnswered() throws IOException {
        try (Fed fed = new Fed(MadeUpTraffic.usual(OPTIONS).snapshot())) {
            check(fed, new IllegalStateException("made up"), "IllegalStateException");
            check(fed, new CancelledKeyException(), "CancelledKeyException");
            check(fed, new OutOfMemoryError("made up"), "OutOfMemoryError");
            check(fed, new StackOverflowError("made up"), "StackOverflowError");
            assertThat(fed.faults)
                    .containsExactly(
                            "IllegalStateException", "CancelledKeyException", "OutOfMemoryError", "StackOverflowError");
            assertThat(Socketed.get(fed.port, "/json/info")).contains("\"faults\":4,");
            assertThat(Socketed.get(fed.port, "/metrics")).contains("\nshawk_zk_http_faults_total 4\n");
        }
    }

    private static void check(Fed fed, Throwable made, String name) throws IOException {
        fed.fault = () -> {
            if (made instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) made;
        };
        assertThat(Socketed.get(fed.port, "/json/paths"))
                .startsWith("HTTP/1.1 500 ")
                .endsWith("\r\n\r\na fault of this program: " + name + "\n");
        fed.fault = () -> {};
        assertThat(Socketed.get(fed.port, "/json/info")).startsWith("HTTP/1.1 200 ");
    }

    /** Its head cannot be made, and neither can anybody be told: nothing catches that but the server itself. */
    private static final class Broken implements Answers {
        final List<String> told = Collections.synchronizedList(new ArrayList<>());

        @Override
        public Response answer(Request request, InetSocketAddress local) {
            boolean bad = request.path().equals("/bad");
            return new Response(200, Response.TEXT, "", bad ? none() : new byte[] {'!'});
        }

        @SuppressWarnings("NullAway")
        private static byte[] none() {
            return null;
        }

        @Override
        public void failed(Throwable fault) {
            told.add(fault.getClass().getSimpleName());
            throw new OutOfMemoryError("made up");
        }
    }

    @Test
    void theServerGoesOnWhereverItIs() throws IOException {
        Broken answers = new Broken();
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (HttpServer server = HttpServer.bind(any, HttpLimits.USUAL, answers)) {
            server.start();
            int port = server.address().getPort();
            for (int i = 1; i <= 3; i++) {
                assertThat(Socketed.get(port, "/bad")).isEmpty();
                assertThat(answers.told).hasSize(i).containsOnly("NullPointerException");
                assertThat(Socketed.get(port, "/good"))
                        .startsWith("HTTP/1.1 200 ")
                        .endsWith("\r\n\r\n!");
            }
        }
    }
}
