package shawk.store;

import static org.assertj.core.api.Assertions.assertThat;
import static shawk.support.RawSampleBuilder.Socket.listen;
import static shawk.support.RawSampleBuilder.Socket.tcp;
import static shawk.support.RawSampleBuilder.Socket.udp;
import static shawk.support.RawSampleBuilder.Socket.unconnected;
import static shawk.support.RawSampleBuilder.at;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import shawk.model.SocketState;
import shawk.support.RawSampleBuilder;
import shawk.support.RawSampleBuilder.Socket;

/** Which process, which namespace, which way: what a flow is called. */
final class GatherIdentityTest {
    private static final String ID = "abcdef012345";

    private static String flows(RawSampleBuilder... samples) {
        return new Gathering().take(samples).finish().kept.text();
    }

    private static Socket client(String local, String remote, long number) {
        return tcp(local, remote).cookie(number).inode(number);
    }

    @Test
    void aRestartIsTheSameProcess() {
        Kept kept = new Gathering()
                .take(at(1).self())
                .take(at(2).self()
                        .process(10, 500, "curl")
                        .details(10, 500, "/usr/bin/curl", "")
                        .socket(client("10.0.0.1:40000", "10.0.0.2:80", 1).heldBy(10)))
                .flush()
                .take(at(3).self()
                        .process(77, 900, "curl")
                        .details(77, 900, "/usr/bin/curl", "")
                        .socket(client("10.0.0.1:40001", "10.0.0.2:80", 2).heldBy(77)))
                .finish()
                .kept;
        assertThat(kept.flows).hasSize(1);
        assertThat(kept.processes).hasSize(1);
        ProcessSeen seen = kept.seen.values().iterator().next();
        assertThat(seen.pid()).isEqualTo(77);
        assertThat(seen.startedMicros()).isEqualTo(1_700_000_000_000_000L + 9_000_000);
        assertThat(kept.opened()).isEqualTo(2);
    }

    /** A server that forks a process for each connection, of which one is gone before anything of it was read. */
    private static Kept forked(String name, int uid, int ppid) {
        return new Gathering()
                .take(at(1).self()
                        .process(10, 5, "postgres", 7)
                        .details(10, 5, "/usr/bin/postgres", "")
                        .socket(listen("0.0.0.0:5432").cookie(9).inode(9).heldBy(10)))
                .take(at(2).self()
                        .process(10, 5, "postgres", 7)
                        .process(20, 150, name, uid, ppid)
                        .socket(listen("0.0.0.0:5432").cookie(9).inode(9).heldBy(10))
                        .socket(client("10.0.0.1:5432", "10.0.0.2:40000", 1).heldBy(20)))
                .take(at(3).self()
                        .process(10, 5, "postgres", 7)
                        .socket(listen("0.0.0.0:5432").cookie(9).inode(9).heldBy(10)))
                .finish()
                .kept;
    }

    @Test
    void whatAServerForkedIsThatServer() {
        String flow = "postgres(/usr/bin/postgres) in tcp 10.0.0.1 10.0.0.2:5432 1/1/0 peak 1 bytes 0/0 retrans 0\n";
        assertThat(forked("postgres", 7, 10).text()).isEqualTo(flow);
        assertThat(forked("postgres", 7, 10).processes).hasSize(1);
        String alone = flow.replace("(/usr/bin/postgres)", "");
        assertThat(forked("postgres", 7, 99).text()).as("another's child").isEqualTo(alone);
        assertThat(forked("postgres", 8, 10).text()).as("another user's").isEqualTo(alone);
        assertThat(forked("sh", 7, 10).text()).as("another program").isEqualTo(alone.replace("postgres", "sh"));
    }

    private static RawSampleBuilder contained(int second, String name) {
        RawSampleBuilder sample = at(second)
                .self()
                .namespace(7, "")
                .process(10, 5, "app")
                .socket(client("172.17.0.2:40000", "10.0.0.2:80", 1)
                        .set("netns", 7)
                        .heldBy(10))
                .socket(client("172.17.0.2:40009", "10.0.0.3:80", 2)
                        .set("netns", 7)
                        .inode(0));
        return name.isEmpty() ? sample : sample.contained(10, 5, "/docker/x", name, "");
    }

    @Test
    void aContainerMayGetItsNameLater() {
        String named = "app@web out tcp 172.17.0.2 10.0.0.2:80 in web 0/0/0 peak 1 bytes 0/0 retrans 0\n";
        String nobodys = "? out tcp 172.17.0.2 10.0.0.3:80 in net:[7] 0/0/0 peak 1 bytes 0/0 retrans 0\n";
        assertThat(flows(contained(1, ""), contained(2, ID), contained(3, "web")))
                .isEqualTo(nobodys + named);
        assertThat(flows(contained(1, ID))).isEqualTo(nobodys + named.replace("web", ID));
        String late =
                flows(contained(1, ID), contained(2, ""), contained(3, ""), contained(4, ""), contained(5, "web"));
        assertThat(late).as("not for ever").contains("@" + ID).contains("@web");
    }

    @Test
    void whatIsHeldGoesOnIntoTheNextChunk() {
        Gathering gathering = new Gathering();
        gathering.take(contained(399, ID)).flush();
        assertThat(gathering.kept.text()).doesNotContain("app");
        gathering.take(contained(400, "web")).finish();
        assertThat(gathering.kept.text()).contains("app@web out tcp").doesNotContain("app@" + ID);
    }

    @Test
    void namedNamespacesHaveTheirNames() {
        String text = flows(at(1).self()
                .namespace(7, "blue")
                .socket(client("10.9.0.1:40000", "10.0.0.2:80", 1).set("netns", 7))
                .socket(client("10.9.0.1:40001", "10.0.0.2:80", 2)));
        assertThat(text)
                .isEqualTo("? out tcp 10.9.0.1 10.0.0.2:80 0/0/0 peak 1 bytes 0/0 retrans 0\n"
                        + "? out tcp 10.9.0.1 10.0.0.2:80 in blue 0/0/0 peak 1 bytes 0/0 retrans 0\n");
    }

    @Test
    void translationsArePartOfAFlow() {
        Kept kept = new Gathering()
                .take(at(1).self()
                        .socket(client("10.0.0.1:40000", "10.96.0.1:80", 1))
                        .translation(6, "10.0.0.1:40000", "10.96.0.1:80", "10.244.0.5:8080", "10.0.0.1:40000"))
                .take(at(2).self()
                        .socket(client("10.0.0.1:40000", "10.96.0.1:80", 1))
                        .socket(client("10.0.0.1:40002", "10.96.0.1:80", 2))
                        .translation(6, "10.0.0.1:40000", "10.96.0.1:80", "10.244.0.5:8080", "10.0.0.1:40000"))
                .finish()
                .kept;
        assertThat(kept.text())
                .isEqualTo("? out tcp 10.0.0.1 10.96.0.1:80 nat null 10.244.0.5:8080"
                        + " 1/0/0 peak 2 bytes 0/0 retrans 0\n");
        long[] evidence = kept.chunks().get(0).evidence();
        assertThat(evidence).hasSize(3).contains(Evidence.of(6, 0, 0xffff_0af4_0005L, 8080, 0, v4(1), 40_000));
        assertThat(flows(at(1).self()
                        .socket(listen("0.0.0.0:80").cookie(9).inode(9))
                        .socket(client("172.17.0.2:80", "10.0.0.9:5000", 3))
                        .translation(6, "10.0.0.9:5000", "10.0.0.1:8080", "172.17.0.2:80", "10.0.0.9:5000")))
                .contains("? in tcp 172.17.0.2 10.0.0.9:80 nat 10.0.0.1 null:8080 ");
    }

    private static long v4(int last) {
        return 0xffff_0a00_0000L + last;
    }

    @Test
    void listenersAndAddressesAreToldOnce() {
        RawSampleBuilder[] samples = new RawSampleBuilder[70];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = at(i + 1)
                    .self()
                    .process(10, 5, "named")
                    .details(10, 5, "/usr/sbin/named", "")
                    .sockets(
                            listen("10.0.0.1:53").cookie(9).inode(9).heldBy(10),
                            listen("[::]:53").cookie(8).inode(8).heldBy(10),
                            unconnected("0.0.0.0:53").cookie(7).inode(7).heldBy(10),
                            unconnected("0.0.0.0:" + (50_000 + i))
                                    .cookie(100 + i)
                                    .inode(100 + i)
                                    .heldBy(10),
                            unconnected("0.0.0.0:49999").cookie(6).inode(6).heldBy(10),
                            client("127.0.0.1:40000", "127.0.0.1:80", 1).heldBy(10));
        }
        Gathering gathering = new Gathering();
        Arrays.stream(samples).forEach(each -> gathering.take(each).flush());
        Kept kept = gathering.finish().kept;
        assertThat(kept.listeners)
                .extracting(each -> each.protocol().id() + " " + each.local() + ":" + each.port())
                .containsExactly("tcp 10.0.0.1:53", "tcp :::53", "udp 0.0.0.0:53", "udp 0.0.0.0:49999");
        assertThat(kept.addresses)
                .extracting(each -> each.address().toString())
                .containsExactlyInAnyOrder("10.0.0.1", "127.0.0.1");
    }

    @Test
    void pollingTellsWhatItSees() {
        Socket lingering = tcp("10.0.0.1:40001", "10.0.0.2:80").cookie(2).state(SocketState.TIME_WAIT);
        Kept kept = new Gathering()
                .take(at(1).self())
                .take(at(2).self()
                        .socket(client("10.0.0.1:40000", "10.0.0.2:80", 1))
                        .socket(lingering))
                .take(at(3).self().socket(lingering))
                .finish()
                .kept;
        assertThat(kept.text()).isEqualTo("? out tcp 10.0.0.1 10.0.0.2:80 2/2/0 peak 1 bytes 0/0 retrans 0\n");
        assertThat(kept.chunks().get(0).evidence()).hasSize(2);
        assertThat(kept.chunks().get(0).complete()).isFalse();
    }

    @Test
    void mptcpAndUdp() {
        Socket whole =
                client("10.0.0.1:40000", "10.0.0.2:80", 1).set("mptcp", 1).set("mptcp_token", 7);
        Socket part = client("10.0.0.1:40000", "10.0.0.2:80", 2)
                .set("mptcp", 2)
                .set("mptcp_token", 7)
                .set("bytes_received", 30);
        assertThat(flows(at(1).self(), at(2).self().sockets(whole, part)))
                .isEqualTo("? out mptcp 10.0.0.1 10.0.0.2:80 1/0/0 peak 1 bytes 0/30 retrans 0\n");
        assertThat(flows(
                        at(1).self(),
                        at(2).self().socket(udp("10.0.0.1:40000", "10.0.0.2:53").cookie(3))))
                .isEqualTo("? out udp 10.0.0.1 10.0.0.2:53 1/0/0 peak 1 bytes 0/0 retrans 0\n");
    }
}
