package shawk.screen;

import java.util.ArrayList;
import java.util.List;
import shawk.field.EndpointFields;
import shawk.field.Fields;
import shawk.field.KeyField;
import shawk.field.MeasureField;
import shawk.field.QueueFields;
import shawk.model.Address;
import shawk.model.Column;
import shawk.model.Direction;
import shawk.model.EventKind;
import shawk.model.ProcessInfo;
import shawk.model.Protocol;
import shawk.model.SafeText;
import shawk.model.Snapshot;
import shawk.model.SocketTable;
import shawk.pivot.PivotSpec;
import shawk.text.Human;

/** Collects facts of one row; reads values as people write them. Used by one thread. */
final class Facts {
    private static final float[] NO_CURVE = {};
    private final List<Details.Section> sections = new ArrayList<>();
    private final boolean ascii;
    private String title = "";
    private List<Details.Fact> facts = new ArrayList<>();

    Facts(Symbols symbols) {
        this.ascii = symbols.ascii();
    }

    /** Begins a section. */
    Facts section(String newTitle) {
        if (!facts.isEmpty()) {
            sections.add(new Details.Section(title, facts));
        }
        title = newTitle;
        facts = new ArrayList<>();
        return this;
    }

    List<Details.Section> made() {
        section("");
        return List.copyOf(sections);
    }

    Facts add(String label, String text) {
        return add(label, text, Style.PLAIN);
    }

    Facts add(String label, String text, Style style) {
        facts.add(new Details.Fact(label, text, style, NO_CURVE, ascii, false));
        return this;
    }

    /** A line of a table. */
    Facts line(String text, Style style) {
        facts.add(new Details.Fact("", text, style, NO_CURVE, ascii, true));
        return this;
    }

    /** A text from outside; nothing where there is none. */
    Facts text(String label, SafeText text) {
        return text.equals(SafeText.EMPTY) ? this : add(label, text.value());
    }

    /** The curves of a row over the last samples. */
    Facts curves(History history, PivotSpec spec, Tree.Row row) {
        StringBuilder span = new StringBuilder("the last ");
        Human.appendMeasure(span, QueueFields.AGE, history.spanMillis());
        section(span.toString());
        for (History.Series series : History.Series.values()) {
            float[] curve = history.of(spec, row, series);
            double greatest = Sparkline.greatest(curve);
            if (curve.length < 2 || Double.isNaN(greatest) || !row.group() && series == History.Series.CONNS) {
                continue;
            }
            String text =
                    amount(series.field(), curve[curve.length - 1]) + ", at most " + amount(series.field(), greatest);
            facts.add(new Details.Fact(label(series), text, Style.PLAIN, curve, ascii, false));
        }
        return this;
    }

    private static String label(History.Series series) {
        return switch (series) {
            case CONNS -> "conns";
            case TX -> "sent";
            case RX -> "received";
            case RTT -> "round trip";
        };
    }

    static String amount(MeasureField field, double value) {
        StringBuilder out = new StringBuilder();
        Human.appendMeasure(out, field, value);
        return out.toString();
    }

    static String amount(MeasureField field, long value) {
        return amount(field, (double) value);
    }

    static String of(MeasureField field, Snapshot snapshot, int row) {
        return amount(field, field.value().read(snapshot, row));
    }

    static String key(KeyField field, Snapshot snapshot, int row) {
        StringBuilder out = new StringBuilder();
        Human.appendKey(
                out,
                field,
                snapshot,
                field.high().read(snapshot, row),
                field.low().read(snapshot, row));
        return out.toString();
    }

    /** {@code nginx (4656)}. */
    static String owner(Snapshot snapshot, int row) {
        long owner = snapshot.table().value(Column.OWNER, row);
        return owner == SocketTable.ABSENT
                ? "(unknown)"
                : process(snapshot.processes().get((int) owner));
    }

    static String process(ProcessInfo process) {
        return process.name().value() + " (" + process.id().pid() + ")";
    }

    /** {@code 10.0.0.5:443 ← 10.0.0.11:41312 ESTABLISHED tcp}, {@code /run/php.sock ← nginx (44) ESTABLISHED unix}. */
    static String ends(Snapshot snapshot, int row, Symbols symbols) {
        SocketTable table = snapshot.table();
        boolean unix = table.value(Column.PROTOCOL, row) == Protocol.UNIX.ordinal();
        long direction = table.value(Column.DIRECTION, row);
        String arrow = direction == Direction.IN.ordinal()
                ? symbols.in()
                : direction == Direction.OUT.ordinal() ? symbols.out() : symbols.between();
        StringBuilder out = new StringBuilder();
        if (unix) {
            out.append(name(snapshot, row));
            if (table.has(Column.PEER_OWNER, row)) {
                long peer = table.value(Column.PEER_OWNER, row);
                String process = process(snapshot.processes().get((int) peer));
                out.append(' ').append(arrow).append(' ').append(process);
            }
        } else {
            out.append(end(snapshot, row, Column.LADDR_HIGH, Column.LADDR_LOW, Column.LPORT));
            if (table.has(Column.RADDR_LOW, row)) {
                String remote = end(snapshot, row, Column.RADDR_HIGH, Column.RADDR_LOW, Column.RPORT);
                out.append(' ').append(arrow).append(' ').append(remote);
            }
        }
        return out.append(' ').append(state(snapshot, row)) + " " + key(EndpointFields.PROTO, snapshot, row);
    }

    /** Its state, or what became of it: {@code CLOSED}, {@code FAILED}. */
    static String state(Snapshot snapshot, int row) {
        return snapshot.table().has(Column.ENDED_MILLIS, row)
                ? event(snapshot, row).name()
                : key(Fields.STATE, snapshot, row);
    }

    static EventKind event(Snapshot snapshot, int row) {
        return snapshot.table().value(Column.EVENT, row) == EventKind.FAILED.ordinal()
                ? EventKind.FAILED
                : EventKind.CLOSED;
    }

    /** Of a unix socket, which has no address. */
    static String name(Snapshot snapshot, int row) {
        long path = snapshot.table().value(Column.PATH, row);
        return path == SocketTable.ABSENT
                ? "(no name)"
                : snapshot.texts().text(path).value();
    }

    static String end(Snapshot snapshot, int row, Column high, Column low, Column port) {
        SocketTable table = snapshot.table();
        StringBuilder out = new StringBuilder();
        if (!table.has(low, row)) {
            out.append('*');
        } else {
            boolean brackets = !Address.isV4(table.value(high, row), table.value(low, row));
            out.append(brackets ? "[" : "");
            Address.append(out, table.value(high, row), table.value(low, row));
            out.append(brackets ? "]" : "");
        }
        out.append(':').append(table.has(port, row) ? Long.toString(table.value(port, row)) : "*");
        return out.toString();
    }
}
