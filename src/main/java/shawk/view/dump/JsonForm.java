package shawk.view.dump;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import shawk.field.Field;
import shawk.field.HoldersField;
import shawk.field.KeyField;
import shawk.field.MeasureField;
import shawk.model.Degradation;
import shawk.model.SafeText;
import shawk.model.Snapshot;
import shawk.pivot.KeyValue;
import shawk.pivot.Level;
import shawk.text.JsonWriter;
import shawk.text.MachineValue;
import shawk.view.Drain;

/**
 * JSON: as one array of samples, or a line for each row.
 *
 * <p>{@code lost} is null unless the source sees every connection: one that polls cannot know what went by between two
 * looks, and 0 would say that nothing did.
 */
final class JsonForm implements Form {
    private static final JsonWriter.Name PEER_NAME = new JsonWriter.Name(Form.PEER_NAME);

    private final DumpSpec spec;
    private final boolean lines;
    private final Drain drain;
    private final JsonWriter json;
    private final JsonWriter.Name[] names;
    private final JsonWriter.Name[] groupNames;
    private final @Nullable Field named;
    private final KeyValue value = new KeyValue();
    private Snapshot snapshot = Snapshot.EMPTY;
    private long number;
    private boolean begun;

    JsonForm(DumpSpec spec, Drain drain) {
        this.spec = spec;
        this.lines = spec.format() == Format.NDJSON;
        this.drain = drain;
        this.json = new JsonWriter(drain.text());
        this.names = names(spec.fields());
        this.groupNames = names(spec.groupBy());
        this.named = spec.named();
    }

    private static JsonWriter.Name[] names(List<? extends Field> fields) {
        JsonWriter.Name[] names = new JsonWriter.Name[fields.size()];
        for (int i = 0; i < names.length; i++) {
            names[i] = new JsonWriter.Name(fields.get(i).id());
        }
        return names;
    }

    @Override
    public void beginSample(Snapshot newSnapshot, long newNumber) {
        snapshot = newSnapshot;
        number = newNumber;
        if (!lines) {
            beginArray();
            json.lineBreak().beginObject();
            json.name("sample").value(number);
            json.name("t").seconds(snapshot.wallMicros());
            json.name("source").value(snapshot.source());
            json.name("lost");
            if (snapshot.exactCounts()) {
                json.value(snapshot.lost());
            } else {
                json.nullValue();
            }
            degraded(snapshot.degradations());
            json.name("rows").beginArray();
        }
    }

    private void beginArray() {
        if (!begun) {
            json.beginArray();
            begun = true;
        }
    }

    private void degraded(List<Degradation> degradations) {
        json.name("degraded").beginArray();
        for (Degradation each : degradations) {
            json.beginObject().name("id").value(each.id());
            json.name("missing").value(each.missing());
            json.name("reason").value(each.reason());
            json.name("fix").value(each.fix()).endObject();
        }
        json.endArray();
    }

    @Override
    public void row(Level level, int index) throws IOException {
        if (!lines) {
            json.lineBreak();
        }
        json.beginObject();
        if (lines) {
            json.name("t").seconds(snapshot.wallMicros());
            json.name("sample").value(number);
        }
        if (!level.single()) {
            group(level, index);
        }
        for (int i = 0; i < names.length; i++) {
            json.name(names[i]);
            value(spec.fields().get(i), level, index);
            if (spec.fields().get(i).equals(named)) {
                peerName(value.distinct() ? SafeText.EMPTY : spec.name(value.high(), value.low()));
            }
        }
        json.endObject();
        if (lines) {
            json.endLine();
        }
        drain.spill();
    }

    private void group(Level level, int index) {
        json.name("group").beginObject();
        int representative = level.row(index);
        for (int i = 0; i < level.depth(); i++) {
            KeyField field = spec.groupBy().get(i);
            json.name(groupNames[i]);
            long high = field.high().read(snapshot, representative);
            long low = field.low().read(snapshot, representative);
            MachineValue.json(json, field, snapshot, high, low);
            if (field.equals(named)) {
                peerName(spec.name(high, low));
            }
        }
        json.endObject();
    }

    private void peerName(SafeText name) {
        json.name(PEER_NAME);
        if (name.isEmpty()) {
            json.nullValue();
        } else {
            json.value(name);
        }
    }

    private void value(Field field, Level level, int index) {
        if (field instanceof MeasureField measure) {
            MachineValue.json(json, measure, level.measure(measure, index));
        } else if (field instanceof KeyField key) {
            level.key(key, index, value);
            if (value.distinct()) {
                json.value(value.low());
            } else {
                MachineValue.json(json, key, snapshot, value.high(), value.low());
            }
        } else if (field instanceof HoldersField && level.single()) {
            MachineValue.jsonHolders(json, snapshot, level.row(index));
        } else {
            json.nullValue();
        }
    }

    @Override
    public void endSample() {
        if (!lines) {
            json.endArray().endObject();
        }
    }

    @Override
    public void end() {
        if (!lines) {
            beginArray();
            json.endArray().endLine();
        }
    }
}
