package shawk.screen;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import shawk.expr.SortKey;
import shawk.field.Fields;
import shawk.pivot.Level;
import shawk.pivot.Pivot;
import shawk.pivot.PivotSpec;
import shawk.pivot.Pivots;
import shawk.pivot.RowChoice;
import shawk.support.MadeUpFlows;

/** The lazy tree against one that is written out row by row. */
class TreeTest {
    private static final PivotSpec SPEC = new PivotSpec(
            List.of(Fields.PROCESS, Fields.PEER, Fields.PORT),
            List.of(new SortKey(Fields.CONNS, true)),
            null,
            RowChoice.ALL);

    private static void write(Pivot pivot, Folding folding, Level level, Path above, List<Path> out) {
        boolean last = level.depth() >= pivot.spec().groupBy().size();
        for (int i = 0; i < level.size(); i++) {
            Path path = above.child(level.identity(i));
            out.add(path);
            if (!level.single() && folding.isOpen(path, last)) {
                write(pivot, folding, pivot.children(level, i), path, out);
            }
        }
    }

    private static void check(Pivot pivot, Folding folding) {
        List<Path> expected = new ArrayList<>();
        write(pivot, folding, pivot.root(), Path.ROOT, expected);
        Tree tree = Tree.of(pivot, folding);
        List<Path> actual = new ArrayList<>();
        for (int row = 0; row < tree.size(); row++) {
            Path path = tree.at(row).path();
            actual.add(path);
            assertThat(tree.find(path)).as("row %d of %s", row, folding.all()).isEqualTo(row);
        }
        assertThat(actual).isEqualTo(expected);
    }

    @Test
    void anyGroupsUnfolded() {
        Pivot pivot = Pivots.of(MadeUpFlows.sample(2, 120, 5), SPEC);
        List<Path> all = new ArrayList<>();
        write(pivot, Folding.ALL, pivot.root(), Path.ROOT, all);
        for (int seed = 0; seed < 40; seed++) {
            Random random = new Random(seed);
            Set<Path> exceptions = new HashSet<>();
            for (Path path : all) {
                if (random.nextInt(4) == 0) {
                    exceptions.add(path);
                }
            }
            check(pivot, new Folding(false, exceptions));
            check(pivot, new Folding(true, exceptions));
        }
    }

    @Test
    void whatIsInsideOfAFoldedGroupIsNotFound() {
        Pivot pivot = Pivots.of(MadeUpFlows.sample(2, 20, 5), SPEC);
        Tree open = Tree.of(pivot, Folding.ALL);
        Tree folded = Tree.of(pivot, Folding.NONE);
        assertThat(folded.find(open.at(1).path())).isEqualTo(-1);
        assertThat(folded.find(Path.ROOT)).isEqualTo(-1);
        assertThat(open.find(open.at(0).path())).isZero();
    }
}
