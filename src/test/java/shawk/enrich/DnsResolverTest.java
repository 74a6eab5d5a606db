package shawk.enrich;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import shawk.enrich.DnsServer.Reply;
import shawk.model.Address;
import shawk.model.SafeText;
import shawk.support.HostileNames;

/** Questions to a DNS server on loopback, and what becomes of its answers. */
final class DnsResolverTest {
    private static final int PATIENT_MILLIS = 20_000;

    private static Address address(String text) {
        return Objects.requireNonNull(Address.parse(text));
    }

    private static void checkQuestion(String text, String expected) {
        assertThat(DnsResolver.question(address(text))).isEqualTo(expected);
    }

    @Test
    void questions() {
        checkQuestion("192.0.2.10", "10.2.0.192.in-addr.arpa");
        checkQuestion("2001:db8::567:89ab", "b.a.9.8.7.6.5.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa");
    }

    private static void checkServers(String file, String... expected) {
        assertThat(DnsResolver.parseServers(file.getBytes(StandardCharsets.ISO_8859_1)))
                .containsExactly(expected);
    }

    @Test
    void servers() {
        checkServers("# x\nnameserver 10.0.0.1\nsearch a b\n nameserver\t2001:db8::1 \n", "10.0.0.1", "[2001:db8::1]");
        checkServers("nameserver 1.1.1.1\n".repeat(9), "1.1.1.1", "1.1.1.1", "1.1.1.1");
        checkServers("nameserver fe80::1%eth0\nnameserver\nnameserver x/../y\n", "127.0.0.1");
        checkServers("", "127.0.0.1");
    }

    private static void checkName(String name, String expected) {
        assertThat(DnsResolver.parseName(name)).isEqualTo(expected);
    }

    @Test
    void names() {
        checkName("db01.example.org.", "db01.example.org");
        checkName(".", "");
        checkName("10.0.0.1.", "");
        checkName("::1", "");
        checkName("a".repeat(2_000), "");
    }

    private static SafeText query(String text, Reply reply) throws IOException {
        try (DnsServer server = new DnsServer(name -> reply);
                DnsResolver resolver = DnsResolver.open(List.of(server.address()), PATIENT_MILLIS, 1)) {
            SafeText found = resolver.query(address(text));
            assertThat(server.questions()).containsExactly(DnsResolver.question(address(text)));
            return found;
        }
    }

    @Test
    void answers() throws IOException {
        assertThat(query("192.0.2.10", Reply.name("db01.example.org"))).isEqualTo(SafeText.of("db01.example.org"));
        assertThat(query("2001:db8::1", Reply.name("six"))).isEqualTo(SafeText.of("six"));
        assertThat(query("192.0.2.10", new Reply(DnsServer.NO_SUCH_NAME, List.of())))
                .isEqualTo(SafeText.EMPTY);
        assertThat(query("192.0.2.10", Reply.name("10.9.8.7"))).isEqualTo(SafeText.EMPTY);
    }

    @Test
    void hostileAnswers() throws IOException {
        for (String name : List.of("\u001b[2J", "a\nb", "x\u202ey", "=1+1", "a b", "\\", "\"", "${jndi:x}")) {
            SafeText found = query("192.0.2.10", new Reply(0, List.of(name.getBytes(StandardCharsets.UTF_8))));
            assertThat(HostileNames.harmIn(found.value())).as(found.value()).isEqualTo(-1);
        }
    }

    @Test
    void whoDoesNotAnswerIsGivenUp() throws IOException {
        try (DnsServer server = new DnsServer(name -> null);
                DnsResolver resolver = DnsResolver.open(List.of(server.address()), 20, 2)) {
            assertThatThrownBy(() -> resolver.query(address("192.0.2.10"))).isInstanceOf(IOException.class);
            assertThat(server.questions()).hasSize(2);
        }
    }

    @Test
    void aFailureIsNoAnswer() {
        assertThatThrownBy(() -> query("192.0.2.10", new Reply(2, List.of()))).isInstanceOf(IOException.class);
    }
}
