package shawk.view.events;

import java.util.List;
import shawk.field.EventFields;
import shawk.field.Field;
import shawk.field.HoldersField;
import shawk.field.KeyField;
import shawk.field.MeasureField;
import shawk.model.EventKind;
import shawk.model.SafeText;
import shawk.model.Snapshot;
import shawk.text.CsvWriter;
import shawk.text.MachineValue;

/** CSV under one header: time, event, the fields; a cell that means nothing of an event is empty. */
final class CsvForm implements EventForm {
    private final EventsSpec spec;
    private final CsvWriter csv;
    private final List<Field> fields;

    CsvForm(EventsSpec spec, StringBuilder out) {
        this.spec = spec;
        this.csv = new CsvWriter(out);
        List<Field> chosen = spec.fields();
        this.fields = chosen == null ? EventFields.EVERY_KIND : chosen;
    }

    @Override
    public void begin() {
        csv.text("t").text("event");
        for (Field field : fields) {
            csv.text(field.id());
            if (spec.named(field)) {
                csv.text("peer_name");
            }
        }
        csv.endRow();
    }

    @Override
    public void event(Snapshot snapshot, int row, EventKind kind, long wallMicros) {
        csv.seconds(wallMicros).text(kind.id());
        for (Field field : fields) {
            value(field, snapshot, row);
        }
        csv.endRow();
    }

    private void value(Field field, Snapshot snapshot, int row) {
        if (field instanceof MeasureField measure) {
            MachineValue.csv(csv, measure, measure.value().read(snapshot, row));
        } else if (field instanceof KeyField key) {
            long high = key.high().read(snapshot, row);
            long low = key.low().read(snapshot, row);
            MachineValue.csv(csv, key, snapshot, high, low);
            if (spec.named(field)) {
                peerName(spec.name(high, low));
            }
        } else if (field instanceof HoldersField) {
            MachineValue.csvHolders(csv, snapshot, row);
        } else {
            csv.none();
        }
    }

    private void peerName(SafeText name) {
        if (name.isEmpty()) {
            csv.none();
        } else {
            csv.text(name);
        }
    }
}
