package shawk.view.dump;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import shawk.field.Field;
import shawk.field.HoldersField;
import shawk.field.KeyField;
import shawk.field.MeasureField;
import shawk.model.SafeText;
import shawk.model.Snapshot;
import shawk.pivot.KeyValue;
import shawk.pivot.Level;
import shawk.text.CsvWriter;
import shawk.text.MachineValue;
import shawk.view.Drain;

/**
 * CSV under one header: time, number of the sample, with parents the depth of the row, the grouping, the fields. A
 * parent's cells are empty where the grouping goes on below it, which the depth tells from a value that is not known.
 */
final class CsvForm implements Form {
    private final DumpSpec spec;
    private final Drain drain;
    private final CsvWriter csv;
    private final @Nullable Field named;
    private final KeyValue value = new KeyValue();
    private Snapshot snapshot = Snapshot.EMPTY;
    private long number;
    private boolean begun;

    CsvForm(DumpSpec spec, Drain drain) {
        this.spec = spec;
        this.drain = drain;
        this.csv = new CsvWriter(drain.text());
        this.named = spec.named();
    }

    @Override
    public void beginSample(Snapshot newSnapshot, long newNumber) {
        snapshot = newSnapshot;
        number = newNumber;
        if (spec.header() && !begun) {
            header();
        }
        begun = true;
    }

    private void header() {
        csv.text("t").text("sample");
        if (spec.levels()) {
            csv.text("level");
        }
        spec.groupBy().forEach(this::head);
        spec.fields().forEach(this::head);
        csv.endRow();
    }

    private void head(Field field) {
        csv.text(field.id());
        if (field.equals(named)) {
            csv.text(PEER_NAME);
        }
    }

    private void peerName(SafeText name) {
        if (name.isEmpty()) {
            csv.none();
        } else {
            csv.text(name);
        }
    }

    @Override
    public void row(Level level, int index) throws IOException {
        csv.seconds(snapshot.wallMicros()).number(number);
        if (spec.levels()) {
            csv.number((long) level.depth());
        }
        int representative = level.row(index);
        for (int i = 0; i < spec.groupBy().size(); i++) {
            KeyField field = spec.groupBy().get(i);
            if (i < level.depth()) {
                long high = field.high().read(snapshot, representative);
                long low = field.low().read(snapshot, representative);
                MachineValue.csv(csv, field, snapshot, high, low);
                if (field.equals(named)) {
                    peerName(spec.name(high, low));
                }
            } else {
                csv.none();
                if (field.equals(named)) {
                    csv.none();
                }
            }
        }
        for (Field field : spec.fields()) {
            value(field, level, index);
            if (field.equals(named)) {
                peerName(value.distinct() ? SafeText.EMPTY : spec.name(value.high(), value.low()));
            }
        }
        csv.endRow();
        drain.spill();
    }

    private void value(Field field, Level level, int index) {
        if (field instanceof MeasureField measure) {
            MachineValue.csv(csv, measure, level.measure(measure, index));
        } else if (field instanceof KeyField key) {
            level.key(key, index, value);
            if (value.distinct()) {
                csv.number(value.low());
            } else {
                MachineValue.csv(csv, key, snapshot, value.high(), value.low());
            }
        } else if (field instanceof HoldersField && level.single()) {
            MachineValue.csvHolders(csv, snapshot, level.row(index));
        } else {
            csv.none();
        }
    }

    @Override
    public void endSample() {
        // A row is complete in itself.
    }

    @Override
    public void end() {
        // As above.
    }
}
