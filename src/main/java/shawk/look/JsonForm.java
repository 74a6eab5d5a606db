package shawk.look;

import org.jspecify.annotations.Nullable;
import shawk.model.SafeText;
import shawk.text.JsonWriter;

/** Edges as JSON: one object with all of them, or one a line. Used by one thread. */
public final class JsonForm {
    private final JsonWriter json;

    /** Appends to {@code out}. */
    public JsonForm(StringBuilder out) {
        json = new JsonWriter(out);
    }

    /** One object: the window, whether there is more, and the edges. */
    public void document(Graph graph) {
        json.beginObject();
        window(graph.window());
        json.name("cut").value(graph.cut());
        json.name("edges").beginArray();
        for (Found found : graph.found()) {
            json.lineBreak();
            edge(found, null);
        }
        json.lineBreak().endArray().endObject().endLine();
    }

    /** An object a line. */
    public void lines(Graph graph) {
        for (Found found : graph.found()) {
            edge(found, null);
            json.endLine();
        }
    }

    /** One object: both windows, whether there is more, and what changed. */
    public void document(Diff diff) {
        json.beginObject();
        json.name("before").beginObject();
        window(diff.before());
        json.endObject().name("after").beginObject();
        window(diff.after());
        json.endObject();
        json.name("cut").value(diff.cut());
        json.name("edges").beginArray();
        for (Diff.Change change : diff.changes()) {
            json.lineBreak();
            edge(change.found(), change);
        }
        json.lineBreak().endArray().endObject().endLine();
    }

    /** An object a line. */
    public void lines(Diff diff) {
        for (Diff.Change change : diff.changes()) {
            edge(change.found(), change);
            json.endLine();
        }
    }

    private void window(Window window) {
        json.name("since");
        if (window.sinceMicros() == 0) {
            json.nullValue();
        } else {
            json.seconds(window.sinceMicros());
        }
        json.name("until").seconds(window.untilMicros());
    }

    private void edge(Found found, Diff.@Nullable Change change) {
        Edge edge = found.edge();
        json.beginObject();
        if (change != null) {
            json.name("change").value(change.kind().id());
        }
        json.name("level").value(found.level());
        json.name("near").value(found.up() ? "server" : "client");
        end("client", edge.client());
        end("server", edge.server());
        json.name("proto").value(edge.protocol());
        json.name("port");
        if (edge.port() < 0) {
            json.nullValue();
        } else {
            json.value((long) edge.port());
        }
        json.name("proof").value(edge.proof().id());
        json.name("nat").value(edge.nat());
        amounts(edge.amounts(), edge.approximate());
        if (change != null && change.before() != null && change.after() != null) {
            json.name("was").beginObject();
            amounts(change.before().amounts(), change.before().approximate());
            json.endObject();
        }
        json.endObject();
    }

    private void end(String name, End end) {
        ProcessFacts facts = end.facts();
        json.name(name).beginObject();
        text("host", end.host());
        json.name("address");
        if (end.address() == null) {
            json.nullValue();
        } else {
            json.value(end.address().toString());
        }
        text("process", facts.name());
        text("exe", facts.exe());
        text("unit", facts.unit());
        text("container", facts.container());
        text("user", facts.user());
        number("pid", facts.pid());
        number("pgid", facts.pgid());
        json.endObject();
    }

    private void text(String name, SafeText text) {
        json.name(name);
        if (text.isEmpty()) {
            json.nullValue();
        } else {
            json.value(text);
        }
    }

    private void number(String name, int number) {
        json.name(name);
        if (number == 0) {
            json.nullValue();
        } else {
            json.value((long) number);
        }
    }

    private void amounts(Amounts amounts, boolean approximate) {
        json.name("conns").value(amounts.connections());
        json.name("opened").value(amounts.opened());
        json.name("closed").value(amounts.closed());
        json.name("failed").value(amounts.failed());
        json.name("peak").value(amounts.peak());
        json.name("tx_bytes").value(amounts.txBytes());
        json.name("rx_bytes").value(amounts.rxBytes());
        json.name("rtt").value(Math.rint(amounts.rttMicros()));
        json.name("retrans").value(amounts.retrans());
        json.name("approximate").value(approximate);
        moment("first", amounts.any(), amounts.firstMicros());
        moment("last", amounts.any(), amounts.lastMicros());
    }

    private void moment(String name, boolean known, long micros) {
        json.name(name);
        if (known) {
            json.seconds(micros);
        } else {
            json.nullValue();
        }
    }
}
