package shawk.screen;

import java.util.Locale;
import shawk.field.CountFields;
import shawk.field.QualityFields;
import shawk.model.Meter;
import shawk.model.Meters;
import shawk.model.SocketTable;

/** What is said of the source's own figures: whether its counts add up, what it lost, how full its tables are. */
final class MeterFacts {
    private static final int BAR = 16;
    private static final double NANOS_PER_MICRO = 1_000;
    /** From this fill on a table is about to lose something. */
    private static final double NEARLY_FULL = 0.8;

    private final Facts facts;
    private final Meters meters;
    private final Symbols symbols;

    MeterFacts(Facts facts, Meters meters, Symbols symbols) {
        this.facts = facts;
        this.meters = meters;
        this.symbols = symbols;
    }

    void add() {
        conservation();
        losses();
        room();
        times();
    }

    /** With all its digits: sums are checked by eye. */
    static String exact(long value) {
        return value == SocketTable.ABSENT ? "-" : String.format(Locale.ROOT, "%,d", value);
    }

    private long value(Meter meter) {
        return meters.value(meter);
    }

    private boolean has(Meter meter) {
        return value(meter) != SocketTable.ABSENT;
    }

    private String exact(Meter meter) {
        return exact(value(meter));
    }

    private void conservation() {
        facts.section("Every connection is accounted for");
        facts.add(
                "begun", exact(Meter.LIVE_AT_START) + " older than this run + " + exact(Meter.ESTABLISHED) + " since");
        facts.add(
                "now",
                exact(Meter.LIVE) + " live + " + exact(Meter.ENDED) + " ended + " + exact(Meter.LOST) + " lost",
                value(Meter.LOST) > 0 ? Style.BAD : Style.PLAIN);
        if (has(Meter.LIVE_AT_START) && has(Meter.ESTABLISHED) && has(Meter.LIVE) && has(Meter.ENDED)) {
            long begun = value(Meter.LIVE_AT_START) + value(Meter.ESTABLISHED);
            long known = value(Meter.LIVE) + value(Meter.ENDED) + Math.max(0, value(Meter.LOST));
            facts.add(
                    "sum",
                    begun == known
                            ? "ok: both are " + exact(begun)
                            : "! they differ: " + exact(begun) + " and " + exact(known) + ", by "
                                    + exact(Math.abs(begun - known)),
                    begun == known ? Style.PLAIN : Style.BAD);
        }
        facts.add("attempts", exact(Meter.ATTEMPTS) + " sent a SYN, of these " + exact(Meter.FAILED) + " failed");
        facts.add("records", exact(Meter.EVENTS) + " of single connections read");
    }

    private void losses() {
        facts.section("What was lost, or not seen in full");
        for (Meter meter : Meter.values()) {
            if (meter.isLoss() && has(meter)) {
                boolean lost = value(meter) != 0;
                facts.add(
                        label(meter),
                        (lost ? "! " : "") + exact(meter) + " " + meaning(meter),
                        lost ? Style.BAD : Style.PLAIN);
            }
        }
    }

    private static String label(Meter meter) {
        return switch (meter) {
            case LOST -> "lost";
            case MISSED -> "not seen";
            case UNTRACKED -> "no account";
            case OVERFLOWED -> "no bundle";
            case EVENTS_DROPPED -> "no record";
            case PROCESSES_DROPPED -> "no name";
            case FLOWS_DROPPED -> "no flow";
            default -> meter.title();
        };
    }

    private static String meaning(Meter meter) {
        return switch (meter) {
            case LOST -> "connections neither live nor were told to have ended";
            case MISSED -> "changes of state that no program ran for";
            case UNTRACKED -> "connections without room for an account: counted, not owned";
            case OVERFLOWED -> "ends without room for a bundle: counted, not owned";
            case EVENTS_DROPPED -> "ends that the ring had no room for: counted, not listed";
            case PROCESSES_DROPPED -> "processes without room for a name";
            case FLOWS_DROPPED -> "datagrams without room for a flow";
            default -> meter.title();
        };
    }

    private void room() {
        facts.section("Room in the kernel");
        fill("bundles", Meter.BUNDLES, Meter.BUNDLES_MAX);
        fill("accounts", Meter.TRACKED, Meter.TRACKED_MAX);
        fill("UDP flows", Meter.FLOWS, Meter.FLOWS_MAX);
        fill("ring", Meter.RING_BYTES, Meter.RING_BYTES_MAX);
        if (has(Meter.KERNEL_BYTES)) {
            facts.add("memory", amount(Meter.KERNEL_BYTES) + " of maps and programs");
        }
    }

    private void fill(String label, Meter meter, Meter most) {
        if (!has(meter) || !has(most) || value(most) <= 0) {
            return;
        }
        double share = Math.min(1, (double) value(meter) / value(most));
        int full = (int) Math.round(BAR * share);
        String bar = symbols.full().repeat(full) + symbols.empty().repeat(BAR - full);
        boolean nearly = share >= NEARLY_FULL;
        facts.add(
                label,
                bar + " " + amount(meter) + " of " + amount(most) + (nearly ? " !" : ""),
                nearly ? Style.WARN : Style.PLAIN);
    }

    private String amount(Meter meter) {
        return switch (meter.unit()) {
            case COUNT -> exact(meter);
            case BYTES -> Facts.amount(CountFields.TX_BYTES, value(meter));
            case NANOS -> Facts.amount(QualityFields.RTT, value(meter) / NANOS_PER_MICRO);
        };
    }

    private void times() {
        facts.section("The last sample in the kernel");
        for (Meter meter : Meter.values()) {
            if (meter.unit() == Meter.Unit.NANOS && has(meter)) {
                facts.add(amount(meter), meter.title());
            }
        }
    }
}
