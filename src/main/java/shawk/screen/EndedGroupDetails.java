package shawk.screen;

import java.util.List;
import shawk.expr.SortKey;
import shawk.field.CountFields;
import shawk.field.EndedFields;
import shawk.field.EndpointFields;
import shawk.field.Fields;
import shawk.field.KeyField;
import shawk.field.MeasureField;
import shawk.field.QualityFields;
import shawk.model.EndReason;
import shawk.model.Snapshot;
import shawk.pivot.KeyValue;
import shawk.pivot.Level;
import shawk.pivot.Pivot;
import shawk.pivot.PivotSpec;
import shawk.pivot.Pivots;
import shawk.pivot.RowChoice;
import shawk.text.Human;

/** What is said of a group of connections that have ended. Used by one thread. */
final class EndedGroupDetails {
    private final Pivot pivot;
    private final Tree.Row entry;
    private final Snapshot rows;
    private final Facts facts;
    private final PivotSpec inside;
    private final KeyValue value = new KeyValue();

    EndedGroupDetails(Pivot pivot, Tree.Row entry, Symbols symbols) {
        this.pivot = pivot;
        this.entry = entry;
        this.rows = entry.level().snapshot(entry.index());
        this.facts = new Facts(symbols);
        this.inside = Drill.inside(pivot.spec(), entry);
    }

    List<Details.Section> sections() {
        facts.section("");
        facts.add("ended", of(CountFields.CLOSED) + " closed, " + of(CountFields.FAILED) + " failed");
        facts.add("last", of(EndedFields.ENDED) + " ago");
        reasons();
        facts.section("Life");
        facts.add(
                "lasted",
                "at most " + of(EndedFields.DURATION) + " for half of them, " + of(EndedFields.DURATION_P95)
                        + " for 95 %");
        if (has(EndedFields.CONNECT_TIME)) {
            facts.add(
                    "connect",
                    "at most " + of(EndedFields.CONNECT_TIME) + " for half of those opened here, "
                            + of(EndedFields.CONNECT_P95) + " for 95 %");
        }
        if (has(CountFields.TX_BYTES)) {
            facts.add("sent", of(CountFields.TX_BYTES) + " acknowledged");
            facts.add("received", of(CountFields.RX_BYTES));
        }
        facts.section("Path");
        if (has(QualityFields.RTT)) {
            facts.add(
                    "round trip",
                    "at most " + of(QualityFields.RTT) + " for half of them, " + of(QualityFields.RTT_P95)
                            + " for 95 %");
        }
        facts.add(
                "repeated",
                of(QualityFields.RETRANS_PCT) + " % of the segments sent (" + of(QualityFields.RETRANS) + ")");
        consistsOf();
        return facts.made();
    }

    private String of(MeasureField field) {
        return Facts.amount(field, entry.level().measure(field, entry.index()));
    }

    /** What failed attempts alone do not have. */
    private boolean has(MeasureField field) {
        return !Double.isNaN(entry.level().measure(field, entry.index()));
    }

    private Level by(KeyField field) {
        List<SortKey> most = List.of(new SortKey(CountFields.CLOSED, true), new SortKey(CountFields.FAILED, true));
        PivotSpec spec = new PivotSpec(List.of(field), most, inside.filter(), RowChoice.ENDED, inside.within());
        return Pivots.of(pivot.snapshot(), spec).root();
    }

    /** Each reason with how many ended so, the most frequent first. */
    private void reasons() {
        Level level = by(EndedFields.REASON);
        for (int i = 0; i < level.size(); i++) {
            level.key(EndedFields.REASON, i, value);
            if (!value.absent()) {
                EndReason reason = EndReason.of((int) value.low());
                facts.add(
                        i == 0 ? "reasons" : "",
                        Human.count(level.sockets(i)) + " " + reason.id() + ": " + EndedDetails.words(reason));
            }
        }
    }

    private void consistsOf() {
        facts.section("Consists of");
        List<KeyField> said = pivot.spec().groupBy().subList(0, entry.path().depth());
        for (KeyField field : List.of(Fields.PROCESS, Fields.PEER, Fields.PORT, EndpointFields.PROTO)) {
            if (!said.contains(field)) {
                FieldValues.add(facts, field, by(field), rows);
            }
        }
    }
}
