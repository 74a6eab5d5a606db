package shawk.pivot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import shawk.expr.SortKey;
import shawk.field.EndpointFields;
import shawk.field.Fields;
import shawk.field.KeyField;
import shawk.model.SafeText;
import shawk.model.Snapshot;
import shawk.support.SnapshotBuilder;

/** What is new, gone or changed, against the difference of two maps. */
final class DiffPivotTest {
    private static final List<KeyField> CHAIN = List.of(Fields.PROCESS, EndpointFields.RADDR, EndpointFields.LPORT);

    private static PivotSpec spec(int depth) {
        return new PivotSpec(
                CHAIN.subList(0, depth), List.of(new SortKey(Fields.CONNS, true)), null, RowChoice.CONNECTIONS);
    }

    /** Connections of a few processes to a few peers from a few ports. */
    private static Snapshot snapshot(long sequence, Random random) {
        SnapshotBuilder builder = new SnapshotBuilder().sequence(sequence);
        int[] owners = new int[3];
        for (int i = 0; i < owners.length; i++) {
            owners[i] = builder.process(100 + i, "p" + i);
        }
        for (int i = random.nextInt(30); i > 0; i--) {
            builder.socket()
                    .owner(owners[random.nextInt(3)])
                    .local("10.0.0.5", 1_000 + random.nextInt(3))
                    .remote("10.0.0." + random.nextInt(3), 443);
        }
        return builder.build();
    }

    /** Sockets of every path in a tree, single connections too. */
    private static Map<List<Level.Identity>, Integer> counts(Snapshot snapshot, PivotSpec spec) {
        Map<List<Level.Identity>, Integer> counts = new HashMap<>();
        Pivot pivot = Pivots.of(snapshot, spec);
        walk(pivot, pivot.root(), List.of(), (path, level, i) -> counts.put(path, level.sockets(i)));
        return counts;
    }

    private interface Visit {
        void row(List<Level.Identity> path, Level level, int index);
    }

    private static void walk(Pivot pivot, Level level, List<Level.Identity> above, Visit visit) {
        for (int i = 0; i < level.size(); i++) {
            List<Level.Identity> path = new ArrayList<>(above);
            path.add(level.identity(i));
            visit.row(path, level, i);
            assertThat(level.find(level.identity(i))).isEqualTo(i);
            if (!level.single()) {
                walk(pivot, pivot.children(level, i), path, visit);
            }
        }
    }

    @Test
    void randomSnapshots() {
        for (int seed = 0; seed < 150; seed++) {
            Random random = new Random(seed);
            PivotSpec spec = spec(random.nextInt(CHAIN.size() + 1));
            Snapshot before = snapshot(1, random);
            Snapshot after = random.nextInt(5) == 0 ? before : snapshot(2, random);
            check(seed, before, after, spec, random.nextBoolean());
        }
    }

    private static void check(int seed, Snapshot before, Snapshot after, PivotSpec spec, boolean bySize) {
        Map<List<Level.Identity>, Integer> thens = counts(before, spec);
        Map<List<Level.Identity>, Integer> nows = counts(after, spec);
        // A row differs where its count does, a group also where a group below it does.
        TreeSet<String> expected = new TreeSet<>();
        Map<List<Level.Identity>, Integer> all = new HashMap<>(thens);
        all.putAll(nows);
        for (List<Level.Identity> path : all.keySet()) {
            boolean differs = all.keySet().stream()
                    .filter(below ->
                            below.size() <= Math.max(path.size(), spec.groupBy().size()))
                    .filter(below -> below.size() >= path.size()
                            && below.subList(0, path.size()).equals(path))
                    .anyMatch(below -> !thens.getOrDefault(below, 0).equals(nows.getOrDefault(below, 0)));
            if (differs && leafDiffers(path, thens, nows, spec)) {
                expected.add(line(path, thens.getOrDefault(path, 0), nows.getOrDefault(path, 0)));
            }
        }
        DiffPivot diff = new DiffPivot(Mark.of(before, spec), Pivots.of(after, spec), bySize);
        TreeSet<String> found = new TreeSet<>();
        walk(diff, diff.root(), List.of(), (path, level, i) -> {
            found.add(line(path, (int) level.measure(DiffPivot.THEN, i), (int) level.measure(DiffPivot.NOW, i)));
            assertThat(level.measure(DiffPivot.CHANGE, i))
                    .isEqualTo((int) level.measure(DiffPivot.NOW, i) - (int) level.measure(DiffPivot.THEN, i));
        });
        assertThat(found).as("seed %d", seed).isEqualTo(expected);
        if (bySize) {
            assertThat(IntStream.range(0, diff.root().size())
                            .mapToObj(i -> -Math.abs(diff.root().measure(DiffPivot.CHANGE, i)))
                            .toList())
                    .isSorted();
        }
    }

    /** Single connections stand below a leaf that differs: one that has as many as before shows none. */
    private static boolean leafDiffers(
            List<Level.Identity> path,
            Map<List<Level.Identity>, Integer> thens,
            Map<List<Level.Identity>, Integer> nows,
            PivotSpec spec) {
        int depth = spec.groupBy().size();
        List<Level.Identity> leaf = path.subList(0, Math.min(depth, path.size()));
        return depth == 0
                || path.size() <= depth
                || !thens.getOrDefault(leaf, 0).equals(nows.getOrDefault(leaf, 0));
    }

    private static String line(List<Level.Identity> path, int then, int now) {
        return path.stream()
                        .map(step -> step.numbers() + " "
                                + step.texts().stream().map(SafeText::value).toList())
                        .collect(Collectors.joining(" / "))
                + ": " + then + " " + now;
    }

    /** What is gone is still called by its name, out of the snapshot that it was in. */
    @Test
    void rowsOfWhatIsGoneAreThoseOfTheMark() {
        SnapshotBuilder before = new SnapshotBuilder().sequence(1);
        before.text("something else");
        before.socket().owner(before.process(1, "gone"));
        SnapshotBuilder after = new SnapshotBuilder().sequence(2);
        after.socket().owner(after.process(2, "new"));
        PivotSpec spec = spec(1);
        DiffPivot diff = new DiffPivot(Mark.of(before.build(), spec), Pivots.of(after.build(), spec), true);
        Level root = diff.root();
        KeyValue value = new KeyValue();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < root.size(); i++) {
            root.key(Fields.PROCESS, i, value);
            names.add(root.snapshot(i).texts().text(value.low()) + " " + (int) root.measure(DiffPivot.CHANGE, i) + " "
                    + root.measure(Fields.CONNS, i));
        }
        assertThat(names).containsExactly("new 1 1.0", "gone -1 NaN");
        assertThat(diff.children(root, 1).row(0)).isZero();
        assertThat(diff.children(root, 1)).isSameAs(diff.children(root, 1));
    }

    /** Equal counts, other peers: the process has changed, and below it one peer came and one went. */
    @Test
    void aGroupChangesWithWhatIsInIt() {
        Snapshot before = twoPeers(1, "10.0.0.1", "10.0.0.2");
        Snapshot after = twoPeers(2, "10.0.0.2", "10.0.0.3");
        PivotSpec spec = spec(2);
        DiffPivot diff = new DiffPivot(Mark.of(before, spec), Pivots.of(after, spec), true);
        assertThat(diff.root().size()).isOne();
        assertThat(diff.root().measure(DiffPivot.CHANGE, 0)).isZero();
        Level peers = diff.children(diff.root(), 0);
        assertThat(IntStream.range(0, peers.size())
                        .mapToObj(i -> (int) peers.measure(DiffPivot.CHANGE, i))
                        .toList())
                .containsExactly(1, -1);
    }

    private static Snapshot twoPeers(long sequence, String... peers) {
        SnapshotBuilder builder = new SnapshotBuilder().sequence(sequence);
        int owner = builder.process(1, "java");
        for (String peer : peers) {
            builder.socket().owner(owner).remote(peer, 443);
        }
        return builder.build();
    }
}
