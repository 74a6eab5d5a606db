package shawk.view.events;

import java.util.List;
import shawk.field.Field;
import shawk.field.HoldersField;
import shawk.field.KeyField;
import shawk.field.MeasureField;
import shawk.model.EventKind;
import shawk.model.Snapshot;
import shawk.text.DisplayWidth;
import shawk.text.Human;

/**
 * Text where somebody chose fields: a line an event with the fields in columns, under one line of heads. Nothing is
 * cut: a value that is wider than its column moves the rest of its line.
 */
final class ColumnsForm implements EventForm {
    private static final int TIME_WIDTH = 15;
    private static final int EVENT_WIDTH = 6;
    private static final String GAP = "  ";

    private final EventsSpec spec;
    private final StringBuilder out;
    private final StringBuilder cell = new StringBuilder(64);
    private final Field[] fields;
    private final DayTime time;

    ColumnsForm(EventsSpec spec, StringBuilder out) {
        this.spec = spec;
        this.out = out;
        this.time = new DayTime(spec.zone());
        List<Field> chosen = spec.fields();
        this.fields = chosen == null ? new Field[0] : chosen.toArray(new Field[0]);
    }

    @Override
    public void begin() {
        out.append("TIME");
        DisplayWidth.pad(out, TIME_WIDTH - "TIME".length());
        out.append(GAP).append("EVENT");
        DisplayWidth.pad(out, EVENT_WIDTH - "EVENT".length());
        for (int i = 0; i < fields.length; i++) {
            cell.append(fields[i].title());
            endCell(i);
        }
        out.append('\n');
    }

    @Override
    public void event(Snapshot snapshot, int row, EventKind kind, long wallMicros) {
        time.append(out, wallMicros);
        out.append(GAP).append(kind.id());
        for (int i = 0; i < fields.length; i++) {
            value(fields[i], snapshot, row);
            endCell(i);
        }
        out.append('\n');
    }

    private void value(Field field, Snapshot snapshot, int row) {
        if (field instanceof MeasureField measure) {
            Human.appendMeasure(cell, measure, measure.value().read(snapshot, row));
        } else if (field instanceof KeyField key) {
            long high = key.high().read(snapshot, row);
            long low = key.low().read(snapshot, row);
            if (spec.named(field) && !spec.name(high, low).isEmpty()) {
                cell.append(spec.name(high, low).value());
            } else {
                Human.appendKey(cell, key, snapshot, high, low);
            }
        } else if (field instanceof HoldersField) {
            Human.appendHolders(cell, snapshot, row);
        } else {
            cell.append(Human.ABSENT);
        }
    }

    private void endCell(int index) {
        Field field = fields[index];
        int blanks = Math.max(field.width(), field.title().length()) - DisplayWidth.of(cell);
        out.append(GAP);
        if (field.flushRight()) {
            DisplayWidth.pad(out, blanks);
        }
        out.append(cell);
        if (!field.flushRight() && index < fields.length - 1) {
            DisplayWidth.pad(out, blanks);
        }
        cell.setLength(0);
    }
}
