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
import shawk.text.JsonWriter;
import shawk.text.MachineValue;

/**
 * JSON: as one array of events, or a line for each. Each kind of event has the fields that mean something of it, unless
 * somebody chose some: then all have these.
 */
final class JsonForm implements EventForm {
    private static final JsonWriter.Name TIME = new JsonWriter.Name("t");
    private static final JsonWriter.Name EVENT = new JsonWriter.Name("event");
    private static final JsonWriter.Name PEER_NAME = new JsonWriter.Name("peer_name");

    private final EventsSpec spec;
    private final boolean lines;
    private final JsonWriter json;
    private final Field[][] fields = new Field[EventKind.values().length][];
    private final JsonWriter.Name[][] names = new JsonWriter.Name[fields.length][];

    JsonForm(EventsSpec spec, StringBuilder out) {
        this.spec = spec;
        this.lines = spec.format() == EventsFormat.NDJSON;
        this.json = new JsonWriter(out);
        List<Field> chosen = spec.fields();
        for (EventKind kind : EventKind.values()) {
            List<Field> ofKind = chosen == null ? EventFields.of(kind) : chosen;
            fields[kind.ordinal()] = ofKind.toArray(new Field[0]);
            names[kind.ordinal()] = ofKind.stream()
                    .map(field -> new JsonWriter.Name(field.id()))
                    .toArray(JsonWriter.Name[]::new);
        }
    }

    @Override
    public void begin() {
        if (!lines) {
            json.beginArray();
        }
    }

    @Override
    public void event(Snapshot snapshot, int row, EventKind kind, long wallMicros) {
        beginObject(wallMicros, kind.id());
        Field[] ofKind = fields[kind.ordinal()];
        for (int i = 0; i < ofKind.length; i++) {
            json.name(names[kind.ordinal()][i]);
            value(ofKind[i], snapshot, row);
        }
        endObject();
    }

    private void beginObject(long wallMicros, String event) {
        if (!lines) {
            json.lineBreak();
        }
        json.beginObject();
        json.name(TIME).seconds(wallMicros);
        json.name(EVENT).value(event);
    }

    private void endObject() {
        json.endObject();
        if (lines) {
            json.endLine();
        }
    }

    private void value(Field field, Snapshot snapshot, int row) {
        if (field instanceof MeasureField measure) {
            MachineValue.json(json, measure, measure.value().read(snapshot, row));
        } else if (field instanceof KeyField key) {
            long high = key.high().read(snapshot, row);
            long low = key.low().read(snapshot, row);
            MachineValue.json(json, key, snapshot, high, low);
            if (spec.named(field)) {
                peerName(spec.name(high, low));
            }
        } else if (field instanceof HoldersField) {
            MachineValue.jsonHolders(json, snapshot, row);
        } else {
            json.nullValue();
        }
    }

    private void peerName(SafeText name) {
        json.name(PEER_NAME);
        if (name.isEmpty()) {
            json.nullValue();
        } else {
            json.value(name);
        }
    }

    @Override
    public void dropped(long wallMicros, long count) {
        beginObject(wallMicros, "dropped");
        json.name("count").value(count);
        endObject();
    }

    @Override
    public void end() {
        if (!lines) {
            json.endArray().endLine();
        }
    }
}
