package shawk.pivot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import shawk.expr.SortKey;
import shawk.field.EndpointFields;
import shawk.field.Fields;
import shawk.field.KeyField;
import shawk.model.Column;
import shawk.model.Snapshot;
import shawk.support.SnapshotBuilder;

/** Rows in a frozen order, and which are new, against lists and sets of who they are. */
final class RowMemoryTest {
    private static final SortKey BY_CONNS = new SortKey(Fields.CONNS, true);

    private static PivotSpec spec(KeyField... chain) {
        return new PivotSpec(List.of(chain), List.of(BY_CONNS), null, RowChoice.ALL);
    }

    /** Connections from some of many local ports, each to the end point that its port decides. */
    private static Snapshot snapshot(long sequence, Iterable<Integer> ports) {
        SnapshotBuilder builder = new SnapshotBuilder().sequence(sequence);
        int owner = builder.process(100, "java");
        for (int port : ports) {
            builder.socket()
                    .owner(owner)
                    .set(Column.COOKIE, port)
                    .local("10.0.0.5", port)
                    .remote("10.0.0." + port % 7, 443);
        }
        return builder.build();
    }

    private static List<Level.Identity> identities(Level level) {
        return IntStream.range(0, level.size()).mapToObj(level::identity).toList();
    }

    private static Set<Integer> randomPorts(Random random) {
        Set<Integer> ports = new HashSet<>();
        for (int i = random.nextInt(80); i > 0; i--) {
            ports.add(1_000 + random.nextInt(100));
        }
        return ports;
    }

    /** Who was there keeps its order, who comes is behind, in every level. */
    @Test
    void aFrozenOrderIsThatOfAList() {
        for (int seed = 0; seed < 40; seed++) {
            for (KeyField[] chain : new KeyField[][] {
                {EndpointFields.LPORT}, {}, {EndpointFields.RADDR, EndpointFields.LPORT}, {EndpointFields.RADDR}
            }) {
                checkOrder(seed, chain);
            }
        }
    }

    private static void checkOrder(long seed, KeyField... chain) {
        Random random = new Random(seed);
        RowMemory memory = new RowMemory();
        memory.freeze();
        List<Level.Identity> naive = new ArrayList<>();
        for (int sample = 1; sample < 8; sample++) {
            Snapshot snapshot = snapshot(sample, randomPorts(random));
            Pivot plain = Pivots.of(snapshot, spec(chain));
            Level level = Pivots.of(plain, memory).root();

            List<Level.Identity> there = identities(plain.root());
            for (Level.Identity identity : there) {
                if (!naive.contains(identity)) {
                    naive.add(identity);
                }
            }
            assertThat(identities(level))
                    .as("seed %d, sample %d", seed, sample)
                    .isEqualTo(naive.stream().filter(there::contains).toList());
            checkValues(plain.root(), level);
        }
    }

    /** The same entries, whatever their order. */
    private static void checkValues(Level plain, Level frozen) {
        for (int i = 0; i < frozen.size(); i++) {
            int at = plain.find(frozen.identity(i));
            assertThat(frozen.find(frozen.identity(i))).isEqualTo(i);
            assertThat(frozen.row(i)).isEqualTo(plain.row(at));
            assertThat(frozen.hash(i)).isEqualTo(plain.hash(at));
            assertThat(frozen.sockets(i)).isEqualTo(plain.sockets(at));
            assertThat(frozen.measure(Fields.CONNS, i)).isEqualTo(plain.measure(Fields.CONNS, at));
        }
    }

    @Test
    void childrenKeepTheirOrderToo() {
        RowMemory memory = new RowMemory();
        PivotSpec spec = spec(Fields.PROCESS);
        memory.freeze();
        Pivot first = Pivots.of(Pivots.of(snapshot(1, List.of(1_003, 1_001, 1_002)), spec), memory);
        List<Level.Identity> before = identities(first.children(first.root(), 0));
        Pivot second = Pivots.of(Pivots.of(snapshot(2, List.of(1_000, 1_001, 1_003)), spec), memory);
        Level after = second.children(second.root(), 0);
        assertThat(identities(after).subList(0, 2))
                .isEqualTo(before.stream()
                        .filter(identity -> after.find(identity) >= 0)
                        .toList());
        assertThat(after.size()).isEqualTo(3);
        assertThat(before).doesNotContain(after.identity(2));
    }

    @Test
    void frozenAgainTheOrderIsThatOfTheMoment() {
        RowMemory memory = new RowMemory();
        memory.freeze();
        Pivots.of(Pivots.of(snapshot(1, List.of(1_000, 1_001)), spec(EndpointFields.LPORT)), memory)
                .root();
        PivotSpec reversed = new PivotSpec(
                List.of(EndpointFields.LPORT), List.of(new SortKey(EndpointFields.LPORT, true)), null, RowChoice.ALL);
        Pivot plain = Pivots.of(snapshot(1, List.of(1_000, 1_001)), reversed);
        assertThat(identities(Pivots.of(plain, memory).root())).isNotEqualTo(identities(plain.root()));
        memory.freeze();
        assertThat(identities(Pivots.of(plain, memory).root())).isEqualTo(identities(plain.root()));
        memory.thaw();
        assertThat(Pivots.of(plain, memory).root()).isSameAs(plain.root());
    }

    /** New is who was in none of the snapshots before, for three of them; nobody is in the first. */
    @Test
    void newAgainstSets() {
        for (int seed = 0; seed < 40; seed++) {
            Random random = new Random(seed);
            RowMemory memory = new RowMemory();
            List<Set<Level.Identity>> before = new ArrayList<>();
            for (int sample = 1; sample < 9; sample++) {
                Level level = Pivots.of(
                                Pivots.of(snapshot(sample, randomPorts(random)), spec(EndpointFields.LPORT)), memory)
                        .root();
                for (int i = 0; i < level.size(); i++) {
                    Level.Identity who = level.identity(i);
                    int first = IntStream.range(0, before.size())
                            .filter(n -> before.get(n).contains(who))
                            .findFirst()
                            .orElse(before.size());
                    boolean expected = first > 0 && before.size() - first < RowMemory.NEW_SNAPSHOTS;
                    assertThat(memory.isNew(level.hash(i)))
                            .as("seed %d, sample %d, %s", seed, sample, who)
                            .isEqualTo(expected);
                }
                before.add(new HashSet<>(identities(level)));
            }
        }
    }

    @Test
    void nothingIsNewWhereTheRowsAreOthers() {
        RowMemory memory = new RowMemory();
        look(memory, 1, 1_000);
        assertThat(look(memory, 2, 1_000, 1_001)).containsExactly(1_001);
        memory.forgetBirths();
        assertThat(look(memory, 2, 1_000, 1_001, 1_002)).isEmpty();
        assertThat(look(memory, 3, 1_000, 1_002, 1_003)).containsExactly(1_003);
        assertThat(look(memory, 2, 1_000, 1_004)).as("an older one").isEmpty();
        memory.forgetBirths();
        assertThat(look(memory, 4, 1_005)).isEmpty();
    }

    /** Local ports of the rows that are new then. */
    private static List<Integer> look(RowMemory memory, long sequence, Integer... ports) {
        Level level = Pivots.of(Pivots.of(snapshot(sequence, List.of(ports)), spec(EndpointFields.LPORT)), memory)
                .root();
        return IntStream.range(0, level.size())
                .filter(i -> memory.isNew(level.hash(i)))
                .mapToObj(i -> (int) EndpointFields.LPORT.low().read(level.snapshot(i), level.row(i)))
                .toList();
    }

    /** More rows come and go than are remembered; those that stay keep their order. */
    @Test
    void bounded() {
        RowMemory memory = new RowMemory(600);
        memory.freeze();
        for (int sample = 1; sample < 200; sample++) {
            List<Integer> ports = new ArrayList<>(List.of(9, 7, 8));
            for (int i = 0; i < 100; i++) {
                ports.add(1_000 + sample * 100 + i);
            }
            Level level = Pivots.of(Pivots.of(snapshot(sample, ports), spec(EndpointFields.LPORT)), memory)
                    .root();
            assertThat(level.size()).isEqualTo(103);
            for (int i = 0; i < 3; i++) {
                assertThat(EndpointFields.LPORT.low().read(level.snapshot(i), level.row(i)))
                        .isEqualTo(7 + i);
            }
        }
        List<Integer> many = IntStream.range(1_000, 3_000).boxed().toList();
        Level level = Pivots.of(Pivots.of(snapshot(200, many), spec(EndpointFields.LPORT)), memory)
                .root();
        assertThat(new HashSet<>(identities(level))).hasSize(2_000);
    }
}
