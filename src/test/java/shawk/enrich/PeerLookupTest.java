package shawk.enrich;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import shawk.enrich.PeerSource.Answer;
import shawk.enrich.PeerSource.Question;
import shawk.model.Address;
import shawk.model.Column;
import shawk.model.Direction;
import shawk.model.PeerNames.Peer;
import shawk.model.Protocol;
import shawk.model.SafeText;
import shawk.model.SocketTable;

/** Processes at other ends: asked for many at once, known a while later, and nobody is waited for. */
final class PeerLookupTest {
    private static final long LONG = TimeUnit.SECONDS.toNanos(60);

    private final AtomicLong now = new AtomicLong(1);
    private final Source source = new Source();
    private final PeerLookup lookup =
            new PeerLookup(SafeText.of("web01"), () -> source, PeerLookupTest::hash, now::get);

    private static long hash(int protocol, long lHigh, long lLow, int lport, long rHigh, long rLow, int rport) {
        return lport * 100_000L + rport;
    }

    /** Knows what is put into it. */
    private static final class Source implements PeerSource {
        private final Map<Address, Answer> known = new HashMap<>();
        private final List<Integer> batches = new ArrayList<>();
        private final List<Question> asked = new ArrayList<>();
        private @Nullable String failure;

        @Override
        public synchronized List<Answer> query(List<Question> questions) throws IOException {
            batches.add(questions.size());
            asked.addAll(questions);
            if (failure != null) {
                throw new IOException(failure);
            }
            return questions.stream()
                    .map(each -> known.getOrDefault(each.peer(), Answer.NOBODY))
                    .toList();
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }

    private static Address address(String text) {
        Address address = Address.parse(text);
        assertThat(address).isNotNull();
        return address;
    }

    /** Rows of connections that this host has opened from port 40000 on, one to each of these addresses. */
    private static SocketTable to(String... remotes) {
        SocketTable.Builder table = new SocketTable.Builder(remotes.length);
        for (int row = 0; row < remotes.length; row++) {
            Address local = address("10.0.0.5");
            Address remote = address(remotes[row]);
            table.set(Column.PROTOCOL, row, Protocol.TCP.ordinal());
            table.set(Column.DIRECTION, row, Direction.OUT.ordinal());
            table.set(Column.LADDR_HIGH, row, local.high());
            table.set(Column.LADDR_LOW, row, local.low());
            table.set(Column.LPORT, row, 40_000 + row);
            table.set(Column.RADDR_HIGH, row, remote.high());
            table.set(Column.RADDR_LOW, row, remote.low());
            table.set(Column.RPORT, row, 5432);
            table.set(Column.PORT, row, 5432);
        }
        return table.build(remotes.length, remotes.length);
    }

    private static Answer peer(String process, String host) {
        return new Answer(new Peer(SafeText.of(process), SafeText.of(host)), Map.of());
    }

    private void ask(SocketTable table) throws InterruptedException {
        for (int row = 0; row < table.size(); row++) {
            lookup.ask(table, row);
        }
        assertThat(lookup.await(LONG)).isTrue();
    }

    private String found(SocketTable table, int row) {
        Peer peer = lookup.find(table, row);
        return peer == null ? "-" : peer.process() + "@" + peer.host();
    }

    @Test
    void isKnownAfterItWasAskedFor() throws Exception {
        source.known.put(address("10.0.0.9"), peer("postgres", "db01"));
        SocketTable table = to("10.0.0.9", "10.0.0.10", "10.0.0.9");
        assertThat(lookup.any()).isFalse();
        assertThat(found(table, 0)).isEqualTo("-");
        ask(table);
        assertThat(found(table, 0)).isEqualTo("postgres@db01");
        assertThat(found(table, 1)).isEqualTo("-");
        assertThat(found(table, 2)).isEqualTo("postgres@db01");
        assertThat(source.asked).hasSize(2);
        ask(table);
        assertThat(source.asked).hasSize(2);
        now.addAndGet(PeerLookup.NOBODY_NANOS);
        ask(table);
        assertThat(source.asked).hasSize(3);
        now.addAndGet(PeerLookup.KNOWN_NANOS);
        source.known.clear();
        assertThat(found(table, 0)).isEqualTo("postgres@db01");
        ask(table);
        assertThat(found(table, 0)).isEqualTo("-");
    }

    @Test
    void whatOnlyOneConnectionTellsIsThatOnes() throws Exception {
        Map<Long, Peer> byConnection = Map.of(
                hash(6, 0, 0, 40_000, 0, 0, 5432), new Peer(SafeText.of("one"), SafeText.of("a")),
                hash(6, 0, 0, 40_001, 0, 0, 5432), new Peer(SafeText.of("two"), SafeText.of("b")));
        source.known.put(address("10.0.0.9"), new Answer(null, byConnection));
        SocketTable table = to("10.0.0.9", "10.0.0.9", "10.0.0.9");
        ask(table);
        assertThat(source.asked).hasSize(1);
        assertThat(found(table, 0)).isEqualTo("one@a");
        assertThat(found(table, 1)).isEqualTo("two@b");
        assertThat(found(table, 2)).isEqualTo("-");
    }

    @Test
    void manyEndsAreAskedAboutAtOnceAndNoMoreThanTheBound() throws Exception {
        String[] remotes = new String[2 * PeerLookup.QUEUED_MAX];
        for (int i = 0; i < remotes.length; i++) {
            remotes[i] = "10.1." + i / 256 + "." + i % 256;
        }
        ask(to(remotes));
        assertThat(source.batches).allMatch(size -> size <= PeerLookup.BATCH_MAX);
        assertThat(source.asked.size()).isGreaterThanOrEqualTo(PeerLookup.QUEUED_MAX);
        assertThat(source.batches.size()).isLessThan(source.asked.size() / 8);
    }

    @Test
    void loopbackAndUnknownDirectionsAreNotAskedAbout() throws Exception {
        ask(to("127.0.0.1", "::1", "0.0.0.0"));
        assertThat(source.asked).isEmpty();
    }

    @Test
    void aSourceThatIsAwayIsLeftAloneLongerEachTimeAndSaidOnce() throws Exception {
        SocketTable table = to("10.0.0.9", "10.0.0.10");
        source.known.put(address("10.0.0.9"), peer("postgres", "db01"));
        source.failure = "the CMDB at db:5432 did not answer\u001b[31m";
        ask(table);
        assertThat(lookup.trouble()).isNotNull();
        assertThat(lookup.trouble().reason()).isEqualTo("the CMDB at db:5432 did not answer\\x1b[31m");
        int asked = source.asked.size();
        ask(table);
        assertThat(source.asked).hasSize(asked);
        now.addAndGet(PeerLookup.REST_LEAST_NANOS);
        ask(table);
        assertThat(source.asked.size()).isGreaterThan(asked);
        int again = source.asked.size();
        now.addAndGet(PeerLookup.REST_LEAST_NANOS);
        ask(table);
        assertThat(source.asked).hasSize(again);
        source.failure = null;
        now.addAndGet(PeerLookup.REST_LEAST_NANOS);
        ask(table);
        assertThat(lookup.trouble()).isNull();
        assertThat(found(table, 0)).isEqualTo("postgres@db01");
    }

    @Test
    void afterTheEndNothingIsAsked() throws Exception {
        lookup.close();
        ask(to("10.0.0.9"));
        assertThat(source.asked).isEmpty();
    }
}
