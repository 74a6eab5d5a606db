package shawk.screen;

import java.util.ArrayList;
import java.util.List;
import shawk.pivot.PivotSpec;
import shawk.pivot.RowChoice;
import shawk.pivot.Within;

/** What all rows inside of a group have in common. Pure. */
final class Drill {
    private Drill() {}

    /** The rows inside of {@code row}, which is a row of a pivot with this spec, not grouped. */
    static PivotSpec inside(PivotSpec spec, Tree.Row row) {
        boolean listener = spec.rows() == RowChoice.LISTENERS;
        List<Within> within = new ArrayList<>(spec.within());
        if (listener) {
            within.add(new Within.OfListener(row.path().steps().get(0)));
        } else {
            for (int i = 0; i < row.path().depth(); i++) {
                within.add(new Within.OfGroup(
                        spec.groupBy().get(i), row.path().steps().get(i)));
            }
        }
        RowChoice rows = listener ? RowChoice.CONNECTIONS : spec.rows();
        // The filter chose the listener; its connections are all there.
        return new PivotSpec(List.of(), spec.sort(), listener ? null : spec.filter(), rows, within);
    }
}
