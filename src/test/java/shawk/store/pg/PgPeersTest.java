package shawk.store.pg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import shawk.enrich.PeerSource.Answer;
import shawk.enrich.PeerSource.Question;
import shawk.model.Address;
import shawk.model.Direction;
import shawk.model.PeerNames.Peer;
import shawk.model.Protocol;
import shawk.model.SafeText;
import shawk.store.AddressSeen;
import shawk.store.Batch;
import shawk.store.Chunk;
import shawk.store.FlowIdentity;
import shawk.store.FlowSeen;
import shawk.store.HostIdentity;
import shawk.store.ListenerSeen;
import shawk.store.ProcessIdentity;
import shawk.store.ProcessSeen;
import shawk.store.Store;
import shawk.support.PostgresServer;

/** Who is at the other end, out of what other hosts have stored: nobody rather than the wrong one. */
final class PgPeersTest {
    private static final String OWN = "10.0.0.5";
    private static final String DB = "10.0.0.9";

    private @Nullable Cmdb cmdb;
    private long nowMicros;

    @BeforeEach
    void now() {
        nowMicros = System.currentTimeMillis() * 1000;
    }

    @AfterEach
    void close() {
        if (cmdb != null) {
            cmdb.close();
        }
    }

    private Cmdb cmdb() {
        assertThat(cmdb).isNotNull();
        return cmdb;
    }

    /** What one host stores, put together piece by piece. */
    private final class Host {
        private final HostIdentity identity;
        private final List<ProcessSeen> processes = new ArrayList<>();
        private final List<FlowSeen> flows = new ArrayList<>();
        private final List<ListenerSeen> listeners = new ArrayList<>();
        private final List<AddressSeen> addresses = new ArrayList<>();
        private final List<Chunk> chunks = new ArrayList<>();

        Host(int number) {
            identity = MadeUp.host(number);
        }

        Host address(String text) {
            addresses.add(new AddressSeen(SafeText.EMPTY, parsed(text)));
            return this;
        }

        private ProcessIdentity process(String name) {
            ProcessIdentity process = name.isEmpty() ? ProcessIdentity.UNKNOWN : MadeUp.process(name);
            processes.add(MadeUp.seen(process, nowMicros));
            return process;
        }

        Host listens(String name, String address, int port) {
            listeners.add(new ListenerSeen(process(name).id(), Protocol.TCP, SafeText.EMPTY, parsed(address), port));
            return this;
        }

        Host flow(String name, Direction direction, String local, String peer, int port, long... evidence) {
            return flow(name, direction, local, null, peer, null, port, -1, evidence);
        }

        Host flow(
                String name,
                Direction direction,
                String local,
                @Nullable String natLocal,
                String peer,
                @Nullable String natPeer,
                int port,
                int natPort,
                long... evidence) {
            FlowIdentity flow = new FlowIdentity(
                    process(name).id(),
                    direction,
                    Protocol.TCP,
                    SafeText.EMPTY,
                    parsed(local),
                    parsed(peer),
                    port,
                    natLocal == null ? null : parsed(natLocal),
                    natPeer == null ? null : parsed(natPeer),
                    natPort);
            flows.add(new FlowSeen(flow.id(), flow, nowMicros, nowMicros));
            Chunk made = MadeUp.chunk(flow.id(), nowMicros / Chunk.LENGTH_MICROS * Chunk.LENGTH_MICROS, 7, 1, 1);
            chunks.add(new Chunk(
                    made.flowId(),
                    made.atMicros(),
                    made.run(),
                    1,
                    made.minutes(),
                    made.opened(),
                    made.closed(),
                    made.failed(),
                    made.peak(),
                    made.txBytes(),
                    made.rxBytes(),
                    made.rttMicros(),
                    made.retrans(),
                    evidence,
                    true));
            return this;
        }

        void store() throws Exception {
            Batch batch = new Batch(
                    identity,
                    MadeUp.status(nowMicros),
                    processes,
                    flows,
                    listeners,
                    addresses,
                    chunks,
                    List.of(),
                    List.of());
            Store store = cmdb().open().store();
            Store.Lease lease = store.register(identity, UUID.randomUUID());
            assertThat(store.write(lease, 1, batch).rejected()).isZero();
        }
    }

    private static Address parsed(String text) {
        Address address = Address.parse(text);
        assertThat(address).isNotNull();
        return address;
    }

    private static Question question(boolean out, String local, String peer, int port) {
        return new Question(out, false, parsed(local), null, parsed(peer), null, port, -1);
    }

    private String ask(Question question) throws IOException {
        return shown(cmdb().open().peers().query(List.of(question)).get(0));
    }

    private static String shown(Answer answer) {
        Peer peer = answer.peer();
        return peer == null ? "-" : peer.process() + "@" + peer.host();
    }

    private void open(PostgresServer.Version version) throws Exception {
        cmdb = Cmdb.in(PostgresServer.shared(version));
    }

    @ParameterizedTest
    @EnumSource
    void whoServesAndWhoAsks(PostgresServer.Version version) throws Exception {
        open(version);
        new Host(9)
                .address(DB)
                .address("fd00::9")
                .flow("postgres", Direction.IN, DB, OWN, 5432)
                .flow("sshd", Direction.IN, DB, OWN, 22)
                .flow("postgres", Direction.IN, "fd00::9", "fd00::5", 5432)
                .flow("cron", Direction.OUT, DB, OWN, 8080)
                .listens("redis", "0.0.0.0", 6379)
                .listens("private", "127.0.0.1", 7000)
                .store();
        assertThat(ask(question(true, OWN, DB, 5432))).isEqualTo("postgres@host-9");
        assertThat(ask(question(true, OWN, DB, 22))).isEqualTo("sshd@host-9");
        assertThat(ask(question(true, "fd00::5", "fd00::9", 5432))).isEqualTo("postgres@host-9");
        assertThat(ask(question(false, OWN, DB, 8080))).isEqualTo("cron@host-9");
        assertThat(ask(question(true, OWN, DB, 6379))).as("who listens").isEqualTo("redis@host-9");
        assertThat(ask(question(true, OWN, DB, 7000))).as("not there").isEqualTo("-");
        assertThat(ask(question(false, OWN, DB, 5432)))
                .as("the other way round")
                .isEqualTo("-");
        assertThat(ask(question(true, "10.0.0.6", DB, 22))).as("another client").isEqualTo("-");
        assertThat(ask(question(true, OWN, "10.0.0.8", 22))).as("another host").isEqualTo("-");
    }

    @ParameterizedTest
    @EnumSource
    void manyQuestionsHaveAnAnswerEach(PostgresServer.Version version) throws Exception {
        open(version);
        Host host = new Host(9).address(DB);
        List<Question> questions = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (int port = 1000; port < 1256; port++) {
            boolean known = port % 3 != 0;
            if (known) {
                host.flow("p" + port, Direction.IN, DB, OWN, port);
            }
            questions.add(question(true, OWN, DB, port));
            expected.add(known ? "p" + port + "@host-9" : "-");
        }
        host.store();
        assertThat(cmdb().open().peers().query(questions).stream().map(PgPeersTest::shown))
                .containsExactlyElementsOf(expected);
    }

    @ParameterizedTest
    @EnumSource
    void ofSeveralProcessesTheConnectionTells(PostgresServer.Version version) throws Exception {
        open(version);
        new Host(9)
                .address(DB)
                .flow("curl", Direction.OUT, DB, OWN, 80, 1, 2, 9)
                .flow("wget", Direction.OUT, DB, OWN, 80, 3, 9)
                .store();
        Answer answer = cmdb().open()
                .peers()
                .query(List.of(question(false, OWN, DB, 80)))
                .get(0);
        Peer curl = new Peer(SafeText.of("curl"), SafeText.of("host-9"));
        Peer wget = new Peer(SafeText.of("wget"), SafeText.of("host-9"));
        assertThat(answer.peer()).isNull();
        assertThat(answer.byConnection()).isEqualTo(Map.of(1L, curl, 2L, curl, 3L, wget));
    }

    @ParameterizedTest
    @EnumSource
    void anAddressThatTwoHostsHaveNamesNobodyButByTheConnection(PostgresServer.Version version) throws Exception {
        open(version);
        String shared = "172.17.0.2";
        new Host(1)
                .address(shared)
                .flow("nginx", Direction.IN, shared, OWN, 80, 11)
                .store();
        new Host(2).address(shared).listens("apache", "0.0.0.0", 81).store();
        Answer answer = cmdb().open()
                .peers()
                .query(List.of(question(true, OWN, shared, 80)))
                .get(0);
        assertThat(answer.peer()).isNull();
        assertThat(answer.byConnection()).isEqualTo(Map.of(11L, new Peer(SafeText.of("nginx"), SafeText.of("host-1"))));
        assertThat(ask(question(true, OWN, shared, 81))).isEqualTo("-");
    }

    @ParameterizedTest
    @EnumSource
    void translatedEndsFindEachOther(PostgresServer.Version version) throws Exception {
        open(version);
        new Host(9)
                .address(DB)
                .flow("nginx", Direction.IN, "172.17.0.2", DB, OWN, null, 80, 8080)
                .flow("app", Direction.OUT, "172.17.0.3", DB, OWN, null, 443, -1)
                .store();
        assertThat(ask(question(true, OWN, DB, 8080))).as("a published port").isEqualTo("nginx@host-9");
        assertThat(ask(question(false, OWN, DB, 443))).as("behind a masquerade").isEqualTo("app@host-9");
        Question translatedHere = new Question(
                true, false, parsed("172.18.0.7"), parsed(OWN), parsed("10.96.0.1"), parsed(DB), 443, 8080);
        assertThat(ask(translatedHere)).as("translated at both ends").isEqualTo("nginx@host-9");
    }

    @ParameterizedTest
    @EnumSource
    void whatIsUnknownOrOldOrTwoListenersIsNobody(PostgresServer.Version version) throws Exception {
        open(version);
        new Host(9)
                .address(DB)
                .flow("", Direction.IN, DB, OWN, 80)
                .flow("old", Direction.IN, DB, OWN, 81)
                .listens("one", "0.0.0.0", 90)
                .listens("two", DB, 90)
                .store();
        cmdb().execute("update shawk.flow set last_seen = now() - interval '1 hour' where port = 81");
        assertThat(ask(question(true, OWN, DB, 80))).isEqualTo("-");
        assertThat(ask(question(true, OWN, DB, 81))).isEqualTo("-");
        assertThat(ask(question(true, OWN, DB, 90))).isEqualTo("-");
    }

    @ParameterizedTest
    @EnumSource
    void aDatabaseThatIsAwayOrEmptyIsOneLine(PostgresServer.Version version) throws Exception {
        cmdb = Cmdb.bare(PostgresServer.shared(version));
        assertThatThrownBy(() -> ask(question(true, OWN, DB, 80)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("shawk create-scheme");
    }
}
