package shawk.zk.proto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What servers tell of each other, in every way in which it can be written. */
class QuorumConfigTest {
    private static void check(String text, String expected) {
        QuorumConfig config = QuorumConfig.parse(text);
        String told = config.servers().stream()
                .map(server -> server.sid() + "="
                        + server.addresses().stream()
                                .map(address ->
                                        address.host() + "/" + address.quorumPort() + "/" + address.electionPort())
                                .collect(Collectors.joining("+"))
                        + (server.participant() ? "" : " observes")
                        + (server.client() == null
                                ? ""
                                : " " + server.client().host() + "/"
                                        + server.client().port()))
                .collect(Collectors.joining(", "));
        assertThat(told + " v" + Long.toHexString(config.version())).isEqualTo(expected);
    }

    @Test
    void everyForm() {
        check(
                "server.1=127.0.0.1:2881:3881:participant;127.0.0.1:2191\nversion=10000002f",
                "1=127.0.0.1/2881/3881 127.0.0.1/2191 v10000002f");
        check("server.4=zk4.example:2888:3888:observer;2181\nversion=0", "4=zk4.example/2888/3888 observes /2181 v0");
        check("server.3=zk3:2888:3888", "3=zk3/2888/3888 v0");
        check("server.1=[2001:db8::1]:2888:3888:participant;[::]:2181", "1=2001:db8::1/2888/3888 ::/2181 v0");
        check("server.1=a:2888:3888|b:2889:3889:participant;0.0.0.0:2181", "1=a/2888/3888+b/2889/3889 0.0.0.0/2181 v0");
        check("group.1=1:2\nweight.1=1\nserver.1=a:1:2\n", "1=a/1/2 v0");
    }

    @Test
    void whatIsNoneIsPassedOver() {
        for (String text : new String[] {
            "", "server.", "server.x=a:1:2", "server.1=", "server.1=a:1", "server.1=a:0:2", "server.1=a:1:70000",
            "server.-1=a:1:2", "server.1=;", "server.1=[:1:2", "server.1=[]", "version=zz", "=", "server.1=[a]"
        }) {
            check(text, " v0");
        }
        check("server.1=a:1:2;b:c:d", "1=a/1/2 v0");
        check("server.1=a:1:2;", "1=a/1/2 v0");
    }
}
