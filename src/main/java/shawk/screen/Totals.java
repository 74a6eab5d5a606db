package shawk.screen;

import shawk.field.CountFields;
import shawk.model.Snapshot;
import shawk.pivot.Level;
import shawk.pivot.Pivot;

/**
 * The whole host in one snapshot, whatever the filter; {@code NaN} = not known.
 *
 * @param snapshot what it was summed up from
 * @param conns connections
 * @param estab of these, established ones
 * @param openRate per second
 * @param closeRate per second
 * @param failRate per second
 * @param txRate bytes per second
 * @param rxRate bytes per second
 */
record Totals(
        Snapshot snapshot,
        double conns,
        double estab,
        double openRate,
        double closeRate,
        double failRate,
        double txRate,
        double rxRate) {

    static Totals of(Pivot whole) {
        Level total = whole.total();
        return new Totals(
                whole.snapshot(),
                total.measure(CountFields.CONNS, 0),
                total.measure(CountFields.ESTAB, 0),
                total.measure(CountFields.OPEN_RATE, 0),
                total.measure(CountFields.CLOSE_RATE, 0),
                total.measure(CountFields.FAIL_RATE, 0),
                total.measure(CountFields.TX_RATE, 0),
                total.measure(CountFields.RX_RATE, 0));
    }
}
