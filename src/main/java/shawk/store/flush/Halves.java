package shawk.store.flush;

import java.util.List;
import shawk.store.Batch;

/** Two batches for one that is too large: what chunks refer to comes first. Pure. */
final class Halves {
    private Halves() {}

    /** The parts of {@code batch}, in their order; the batch alone where it has one row at most. */
    static List<Batch> of(Batch batch) {
        boolean names = !batch.processes().isEmpty()
                || !batch.flows().isEmpty()
                || !batch.listeners().isEmpty()
                || !batch.addresses().isEmpty();
        boolean amounts = !batch.live().isEmpty()
                || !batch.finished().isEmpty()
                || !batch.gaps().isEmpty();
        if (batch.rows() < 2) {
            return List.of(batch);
        }
        return names && amounts
                ? List.of(part(batch, 0, 1, true, false), part(batch, 0, 1, false, true))
                : List.of(part(batch, 0, 2, true, true), part(batch, 1, 2, true, true));
    }

    private static Batch part(Batch batch, int number, int of, boolean names, boolean amounts) {
        return new Batch(
                batch.host(),
                batch.status(),
                part(batch.processes(), number, of, names),
                part(batch.flows(), number, of, names),
                part(batch.listeners(), number, of, names),
                part(batch.addresses(), number, of, names),
                part(batch.live(), number, of, amounts),
                part(batch.finished(), number, of, amounts),
                part(batch.gaps(), number, of, amounts));
    }

    private static <T> List<T> part(List<T> rows, int number, int of, boolean wanted) {
        return wanted ? rows.subList(rows.size() * number / of, rows.size() * (number + 1) / of) : List.of();
    }
}
