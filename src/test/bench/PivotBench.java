package shawk.pivot;

import java.util.Arrays;
import java.util.List;
import shawk.expr.SortKey;
import shawk.field.EndpointFields;
import shawk.field.Field;
import shawk.field.Fields;
import shawk.field.KeyField;
import shawk.field.MeasureField;
import shawk.model.Snapshot;

/** Times pivots of 60,000 made-up rows, warm: medians in milliseconds. */
public final class PivotBench {
    private static final int RUNS = 60;

    private PivotBench() {}

    public static void run() {
        Snapshot snapshot = ManyRows.of(60_000);
        List<KeyField> chain = List.of(Fields.PROCESS, Fields.PEER, Fields.PORT);
        time(
                "root of process,peer,port by conns",
                () -> pivot(snapshot, chain, "conns").root());
        time(
                "root of process,peer,port by rtt",
                () -> pivot(snapshot, chain, "rtt").root());
        time(
                "leaves of process,peer,port by conns",
                () -> pivot(snapshot, chain, "conns").leaves());
        time(
                "60,000 groups by conns",
                () -> pivot(snapshot, List.of(EndpointFields.LPORT), "conns").root());
        time(
                "60,000 single connections by rtt",
                () -> pivot(snapshot, List.of(), "rtt").root());
        time(
                "60,000 single connections by conns",
                () -> pivot(snapshot, List.of(), "conns").root());
        time("root, and every field of it", () -> {
            Level level = pivot(snapshot, chain, "conns").root();
            KeyValue value = new KeyValue();
            for (Field field : Fields.ALL) {
                for (int i = 0; i < level.size(); i++) {
                    if (field instanceof MeasureField measure) {
                        level.measure(measure, i);
                    } else if (field instanceof KeyField key) {
                        level.key(key, i, value);
                    }
                }
            }
        });
    }

    private static Pivot pivot(Snapshot snapshot, List<KeyField> groupBy, String sort) {
        return Pivots.of(snapshot, new PivotSpec(groupBy, List.of(new SortKey(Fields.find(sort), true)), null, RowChoice.CONNECTIONS));
    }

    private static void time(String what, Runnable work) {
        double[] millis = new double[RUNS];
        for (int i = -RUNS; i < RUNS; i++) {
            long start = System.nanoTime();
            work.run();
            millis[Math.max(i, 0)] = (System.nanoTime() - start) / 1e6;
        }
        Arrays.sort(millis);
        System.out.printf("%-45s %6.1f ms%n", what, millis[RUNS / 2]);
    }
}
