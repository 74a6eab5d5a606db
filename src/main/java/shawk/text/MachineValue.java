package shawk.text;

import shawk.field.KeyField;
import shawk.field.MeasureField;
import shawk.model.Address;
import shawk.model.ProcessInfo;
import shawk.model.Snapshot;
import shawk.model.SocketTable;

/**
 * Values of fields for JSON and CSV: amounts in the unit of the field table and rounded to thousandths, enums by name,
 * addresses as text, 64-bit numbers as {@code "0x…"}; what is not known is null, in CSV an empty cell.
 *
 * <p>Stateless; any thread.
 */
public final class MachineValue {
    private MachineValue() {}

    /** A value of {@code field}: the timer as {@code {"kind":"on","ms":200}}. */
    public static void json(JsonWriter json, KeyField field, Snapshot snapshot, long high, long low) {
        if (low == SocketTable.ABSENT) {
            json.nullValue();
            return;
        }
        switch (field.type()) {
            case TEXT -> json.value(snapshot.texts().text(low));
            case ENUM -> json.value(field.names().get((int) low));
            case ADDRESS -> {
                StringBuilder out = json.open().append('"');
                Address.append(out, high, low);
                out.append('"');
            }
            case PORT, NUMBER -> json.value(low);
            case HEX -> json.hex(low);
            case TIMER -> {
                json.beginObject();
                json.name("kind").value(field.names().get((int) high));
                json.name("ms").value(low).endObject();
            }
            default -> throw new AssertionError(field.type());
        }
    }

    /** An amount of {@code field}. */
    public static void json(JsonWriter json, MeasureField field, double value) {
        json.value(rounded(value));
    }

    /** The processes that hold the socket of {@code row}: {@code [{"pid":1,"start":123,"process":"init"}]}. */
    public static void jsonHolders(JsonWriter json, Snapshot snapshot, int row) {
        json.beginArray();
        for (int i = 0; i < snapshot.holders().count(row); i++) {
            ProcessInfo process = snapshot.processes().get(snapshot.holders().process(row, i));
            json.beginObject().name("pid").value(process.id().pid());
            json.name("start").value(process.id().startTicks());
            json.name("process").value(process.name()).endObject();
        }
        json.endArray();
    }

    /** A value of {@code field}: the timer as {@code on 200}. */
    public static void csv(CsvWriter csv, KeyField field, Snapshot snapshot, long high, long low) {
        if (low == SocketTable.ABSENT) {
            csv.none();
            return;
        }
        switch (field.type()) {
            case TEXT -> csv.text(snapshot.texts().text(low));
            case ENUM -> csv.text(field.names().get((int) low));
            case ADDRESS -> Address.append(csv.open(), high, low);
            case PORT, NUMBER -> csv.number(low);
            case HEX -> Numbers.appendHex(csv.open(), low);
            case TIMER ->
                csv.open().append(field.names().get((int) high)).append(' ').append(low);
            default -> throw new AssertionError(field.type());
        }
    }

    /** An amount of {@code field}. */
    public static void csv(CsvWriter csv, MeasureField field, double value) {
        csv.number(rounded(value));
    }

    /** The processes that hold the socket of {@code row}: {@code 4656:8812:nginx 4657:8813:nginx}. */
    public static void csvHolders(CsvWriter csv, Snapshot snapshot, int row) {
        StringBuilder cell = new StringBuilder();
        for (int i = 0; i < snapshot.holders().count(row); i++) {
            ProcessInfo process = snapshot.processes().get(snapshot.holders().process(row, i));
            cell.append(i == 0 ? "" : " ").append(process.id().pid()).append(':');
            cell.append(process.id().startTicks())
                    .append(':')
                    .append(process.name().value());
        }
        CsvWriter.appendText(csv.open(), cell.toString());
    }

    /** Thousandths are below what any of the units can be measured to. */
    private static double rounded(double value) {
        // Most are whole, and a division costs more than all else that is done with them.
        return value == (long) value || !(Math.abs(value) < 1e12) ? value : Math.round(value * 1000) / 1000.0;
    }
}
