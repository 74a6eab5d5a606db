package shawk.enrich;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import shawk.model.Protocol;

/** Names out of passwd and services, whatever these hold. */
final class HostNamesTest {
    private static HostNames names(String passwd, String services) {
        return HostNames.parse(
                passwd.getBytes(StandardCharsets.ISO_8859_1), services.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static void checkUser(String passwd, long uid, String expected) {
        assertThat(names(passwd, "").user(uid).value()).isEqualTo(expected);
    }

    private static void checkService(String services, Protocol protocol, int port, String expected) {
        assertThat(names("", services).service(protocol, port).value()).isEqualTo(expected);
    }

    @Test
    void users() {
        String passwd = "root:x:0:0:root:/root:/bin/bash\nnobody:x:65534:65534::/:/bin/false\n";
        checkUser(passwd, 0, "root");
        checkUser(passwd, 65534, "nobody");
        checkUser(passwd, 1, "");
        checkUser("a:x:5:1::/:\nb:x:5:1::/:\n", 5, "a");
        checkUser("big:x:4294967294:1::/:\n", 4294967294L, "big");
    }

    @Test
    void malformedUsersAreSkipped() {
        String passwd = "\n::\n:x:7:0::/:\nnone\nminus:x:-7:0::/:\nhuge:x:99999999999:0::/:\nword:x:seven:0::/:\n"
                + "+nis\nlast:x:7:0::/:";
        checkUser(passwd, 7, "last");
        checkUser(passwd, -7, "");
    }

    @Test
    void namesAreMadeHarmless() {
        checkUser("e\u001b[31mvil\u00ff:x:7:0::/:\n", 7, "e\\x1b[31mvil\\xff");
        checkUser("j\u00c3\u00bcrgen:x:7:0::/:\n", 7, "j\u00fcrgen");
    }

    @Test
    void services() {
        String services = "# comment\nhttp\t\t80/tcp\twww # web\ndomain 53/tcp\ndomain 53/udp\n  ssh 22/tcp\n";
        checkService(services, Protocol.TCP, 80, "http");
        checkService(services, Protocol.UDP, 80, "");
        checkService(services, Protocol.UDP, 53, "domain");
        checkService(services, Protocol.TCP, 22, "ssh");
        checkService("a 5/tcp\nb 5/tcp\n", Protocol.TCP, 5, "a");
    }

    @Test
    void malformedServicesAreSkipped() {
        String services = "x\nx 80\nx /tcp\nx 80/\nx 65536/tcp\nx -1/tcp\nx 8O/tcp\n#y 80/tcp\nz 80/sctp\nok 80/tcp";
        checkService(services, Protocol.TCP, 80, "ok");
        checkService(services, Protocol.TCP, 0, "");
    }

    @Test
    void numbersBeyondTheBoundHaveNoNames() {
        StringBuilder passwd = new StringBuilder();
        for (int i = 0; i <= HostNames.NAMES_MAX; i++) {
            passwd.append("u:x:").append(i).append(":0::/:\n");
        }
        checkUser(passwd.toString(), HostNames.NAMES_MAX - 1, "u");
        checkUser(passwd.toString(), HostNames.NAMES_MAX, "");
    }

    @Test
    void missingFilesHaveNoNames() {
        assertThat(HostNames.query(Path.of("/no/such/folder")).user(0).isEmpty())
                .isTrue();
    }
}
