package shawk.view.dump;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import shawk.field.Field;
import shawk.field.Fields;
import shawk.field.HoldersField;
import shawk.field.KeyField;
import shawk.field.MeasureField;
import shawk.model.Snapshot;
import shawk.model.SocketTable;
import shawk.pivot.KeyValue;
import shawk.pivot.Level;
import shawk.text.Human;
import shawk.text.TextTable;
import shawk.view.Drain;

/**
 * Aligned columns, the grouping's first, nothing cut. A value that is not known is {@code -}; a parent's cells are
 * blank where the grouping goes on below it.
 */
final class TableForm implements Form {
    private static final String BOLD = "\u001b[1m";
    private static final String PLAIN = "\u001b[0m";

    private final DumpSpec spec;
    private final Drain drain;
    private final TextTable table;
    private final KeyValue value = new KeyValue();
    private Snapshot snapshot = Snapshot.EMPTY;
    private boolean begun;

    TableForm(DumpSpec spec, Drain drain) {
        this.spec = spec;
        this.drain = drain;
        List<TextTable.Column> columns = new ArrayList<>();
        for (Field field : spec.groupBy()) {
            columns.add(column(field));
        }
        for (Field field : spec.fields()) {
            columns.add(column(field));
        }
        this.table = new TextTable(columns);
    }

    private static TextTable.Column column(Field field) {
        return new TextTable.Column(field.title(), field.flushRight(), field.width());
    }

    @Override
    public void beginSample(Snapshot newSnapshot, long number) {
        snapshot = newSnapshot;
        table.clear();
        if (spec.header()) {
            table.measureHeads();
        }
        if (spec.times() && spec.header()) {
            long micros = snapshot.wallMicros();
            Instant at = Instant.ofEpochSecond(micros / 1_000_000, micros % 1_000_000 * 1000);
            drain.text()
                    .append(begun ? "\n" : "")
                    .append(at)
                    .append("  sample ")
                    .append(number)
                    .append('\n');
        }
        begun = true;
    }

    @Override
    public void measure(Level level, int index) {
        cells(level, index);
        table.measureRow();
    }

    @Override
    public void beginRows() {
        if (spec.header()) {
            StringBuilder out = drain.text();
            out.append(spec.color() ? BOLD : "");
            table.appendHeads(out);
            out.insert(out.length() - 1, spec.color() ? PLAIN : "");
        }
    }

    @Override
    public void row(Level level, int index) throws IOException {
        cells(level, index);
        table.appendRow(drain.text());
        drain.spill();
    }

    private void cells(Level level, int index) {
        int representative = level.row(index);
        for (int i = 0; i < spec.groupBy().size(); i++) {
            KeyField field = spec.groupBy().get(i);
            if (i < level.depth()) {
                long high = field.high().read(snapshot, representative);
                appendKey(field, level, high, field.low().read(snapshot, representative));
            }
            table.endCell();
        }
        for (Field field : spec.fields()) {
            value(table.cell(), field, level, index);
            table.endCell();
        }
    }

    private void value(StringBuilder cell, Field field, Level level, int index) {
        if (field instanceof MeasureField measure) {
            Human.appendMeasure(cell, measure, level.measure(measure, index));
        } else if (field instanceof KeyField key) {
            level.key(key, index, value);
            if (value.distinct()) {
                cell.append(value.low());
            } else {
                appendKey(key, level, value.high(), value.low());
            }
        } else if (field instanceof HoldersField && level.single()) {
            Human.appendHolders(cell, snapshot, level.row(index));
        } else {
            cell.append(Human.ABSENT);
        }
    }

    /** A group that has no one service port has many. */
    private void appendKey(KeyField key, Level level, long high, long low) {
        if (low == SocketTable.ABSENT && key.equals(Fields.PORT) && !level.single()) {
            table.cell().append(Human.MANY);
        } else if (DumpSpec.isRemote(key) && !spec.name(high, low).isEmpty()) {
            table.cell().append(spec.name(high, low).value());
        } else {
            Human.appendKey(table.cell(), key, snapshot, high, low);
        }
    }

    @Override
    public void endSample() {
        // Nor has one sample's.
    }

    @Override
    public void end() {
        // A table has no foot.
    }
}
