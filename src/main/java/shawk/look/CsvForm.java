package shawk.look;

import java.util.List;
import org.jspecify.annotations.Nullable;
import shawk.model.SafeText;
import shawk.text.CsvWriter;

/** Edges as CSV, one a row under one header. Used by one thread. */
public final class CsvForm {
    private static final List<String> END =
            List.of("host", "address", "process", "exe", "unit", "container", "user", "pid", "pgid");
    private static final List<String> REST = List.of(
            "proto",
            "port",
            "proof",
            "nat",
            "conns",
            "opened",
            "closed",
            "failed",
            "peak",
            "tx_bytes",
            "rx_bytes",
            "rtt",
            "retrans",
            "approximate",
            "first",
            "last");

    private final CsvWriter csv;

    /** Appends to {@code out}. */
    public CsvForm(StringBuilder out) {
        csv = new CsvWriter(out);
    }

    /** The edges of a walk. */
    public void table(Graph graph) {
        header();
        for (Found found : graph.found()) {
            row(found);
        }
    }

    /** What changed: its kind first, last what was opened before. */
    public void table(Diff diff) {
        csv.text("change").text("was_opened").text("was_conns");
        header();
        for (Diff.Change change : diff.changes()) {
            Edge before = change.before();
            csv.text(change.kind().id());
            if (before == null) {
                csv.none().none();
            } else {
                csv.number(before.amounts().opened()).number(before.amounts().connections());
            }
            row(change.found());
        }
    }

    private void header() {
        csv.text("level").text("near");
        for (String side : List.of("client", "server")) {
            for (String each : END) {
                csv.text(side + "_" + each);
            }
        }
        REST.forEach(csv::text);
        csv.endRow();
    }

    private void row(Found found) {
        Edge edge = found.edge();
        Amounts amounts = edge.amounts();
        csv.number(found.level()).text(found.up() ? "server" : "client");
        end(edge.client());
        end(edge.server());
        csv.text(edge.protocol());
        if (edge.port() < 0) {
            csv.none();
        } else {
            csv.number(edge.port());
        }
        csv.text(edge.proof().id()).text(Boolean.toString(edge.nat()));
        csv.number(amounts.connections()).number(amounts.opened()).number(amounts.closed());
        csv.number(amounts.failed()).number(amounts.peak());
        csv.number(amounts.txBytes()).number(amounts.rxBytes());
        csv.number(Math.rint(amounts.rttMicros())).number(amounts.retrans());
        csv.text(Boolean.toString(edge.approximate()));
        if (amounts.any()) {
            csv.seconds(amounts.firstMicros()).seconds(amounts.lastMicros());
        } else {
            csv.none().none();
        }
        csv.endRow();
    }

    private void end(End end) {
        ProcessFacts facts = end.facts();
        text(end.host());
        text(end.address() == null ? null : SafeText.of(end.address().toString()));
        text(facts.name());
        text(facts.exe());
        text(facts.unit());
        text(facts.container());
        text(facts.user());
        number(facts.pid());
        number(facts.pgid());
    }

    private void text(@Nullable SafeText text) {
        if (text == null || text.isEmpty()) {
            csv.none();
        } else {
            csv.text(text);
        }
    }

    private void number(int number) {
        if (number == 0) {
            csv.none();
        } else {
            csv.number(number);
        }
    }
}
