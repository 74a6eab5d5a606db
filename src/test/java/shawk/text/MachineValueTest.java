package shawk.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import shawk.field.CountFields;
import shawk.field.EndpointFields;
import shawk.field.Field;
import shawk.field.Fields;
import shawk.field.KeyField;
import shawk.field.MeasureField;
import shawk.field.OwnerFields;
import shawk.field.QualityFields;
import shawk.field.QueueFields;
import shawk.model.Column;
import shawk.model.ProcessId;
import shawk.model.ProcessInfo;
import shawk.model.RawText;
import shawk.model.SafeText;
import shawk.model.Snapshot;
import shawk.model.SocketTable;
import shawk.model.TimerKind;
import shawk.support.HostileNames;
import shawk.support.SnapshotBuilder;

/** Field values in JSON and CSV. */
final class MachineValueTest {
    private static final Snapshot SNAPSHOT = snapshot();

    private static Snapshot snapshot() {
        SnapshotBuilder builder = new SnapshotBuilder();
        builder.socket()
                .owner(builder.process(4656, "ng,inx"))
                .remote("2001:db8::9", 443)
                .set(Column.COOKIE, Long.MAX_VALUE)
                .set(Column.RTT, 1900)
                .set(Column.TX_BYTES, 1L << 52)
                .set(Column.TIMER, TimerKind.ON.ordinal())
                .set(Column.TIMER_MILLIS, 200)
                .set(Column.RETRANS, 1)
                .set(Column.SEGS_OUT, 3);
        builder.socket().set(Column.RADDR_LOW, SocketTable.ABSENT);
        return builder.build();
    }

    @Test
    void values() {
        check(EndpointFields.PROTO, "\"tcp\"", "tcp");
        check(Fields.STATE, "\"ESTABLISHED\"", "ESTABLISHED");
        check(Fields.PEER, "\"2001:db8::9\"", "2001:db8::9");
        check(Fields.PORT, "443", "443");
        check(EndpointFields.NETNS, "4026531840", "4026531840");
        check(EndpointFields.COOKIE, "\"0x7fffffffffffffff\"", "0x7fffffffffffffff");
        check(Fields.PROCESS, "\"ng,inx\"", "\"ng,inx\"");
        check(QueueFields.TIMER, "{\"kind\":\"on\",\"ms\":200}", "on 200");
        check(OwnerFields.HOLDERS, "[{\"pid\":4656,\"start\":5656,\"process\":\"ng,inx\"}]", "\"4656:5656:ng,inx\"");
        check(QualityFields.RTT, "1900", "1900");
        check(CountFields.TX_BYTES, "4503599627370496", "4503599627370496");
        check(QualityFields.RETRANS_PCT, "33.333", "33.333");
    }

    @Test
    void whatIsNotKnown() {
        for (Field field : new Field[] {
            Fields.PEER, Fields.PROCESS, QueueFields.TIMER, QualityFields.RTT, QualityFields.RETRANS_PCT
        }) {
            assertThat(json(field, SNAPSHOT, 1)).as(field.id()).isEqualTo("null");
            assertThat(csv(field, SNAPSHOT, 1)).as(field.id()).isEmpty();
        }
        assertThat(json(OwnerFields.HOLDERS, SNAPSHOT, 1)).isEqualTo("[]");
        assertThat(csv(OwnerFields.HOLDERS, SNAPSHOT, 1)).isEmpty();
    }

    @Test
    void hostileNamesInEveryTextField() {
        for (RawText name : HostileNames.ALL) {
            SafeText text = SafeText.of(name);
            SnapshotBuilder builder = new SnapshotBuilder();
            builder.socket()
                    .owner(builder.process(new ProcessInfo(
                            new ProcessId(1, 1), 1, 1, 0, text, text, text, text, text, text, text, text)))
                    .text(Column.IFACE, text.value())
                    .text(Column.SERVICE, text.value())
                    .text(Column.CONG, text.value());
            Snapshot snapshot = builder.build();
            for (Field field : Fields.ALL) {
                assertThat(HostileNames.harmIn(json(field, snapshot, 0))).isEqualTo(-1);
                assertThat(HostileNames.harmIn(csv(field, snapshot, 0))).isEqualTo(-1);
                StringBuilder human = new StringBuilder();
                if (field instanceof KeyField key) {
                    Human.appendKey(human, key, snapshot, high(key, snapshot, 0), low(key, snapshot, 0));
                }
                assertThat(HostileNames.harmIn(human.toString())).isEqualTo(-1);
            }
        }
    }

    private static void check(Field field, String json, String csv) {
        assertThat(json(field, SNAPSHOT, 0)).isEqualTo(json);
        assertThat(csv(field, SNAPSHOT, 0)).isEqualTo(csv);
    }

    private static String json(Field field, Snapshot snapshot, int row) {
        StringBuilder out = new StringBuilder();
        JsonWriter json = new JsonWriter(out);
        if (field instanceof KeyField key) {
            MachineValue.json(json, key, snapshot, high(key, snapshot, row), low(key, snapshot, row));
        } else if (field instanceof MeasureField measure) {
            MachineValue.json(json, measure, measure.value().read(snapshot, row));
        } else {
            MachineValue.jsonHolders(json, snapshot, row);
        }
        return out.toString();
    }

    private static String csv(Field field, Snapshot snapshot, int row) {
        StringBuilder out = new StringBuilder();
        CsvWriter csv = new CsvWriter(out);
        if (field instanceof KeyField key) {
            MachineValue.csv(csv, key, snapshot, high(key, snapshot, row), low(key, snapshot, row));
        } else if (field instanceof MeasureField measure) {
            MachineValue.csv(csv, measure, measure.value().read(snapshot, row));
        } else {
            MachineValue.csvHolders(csv, snapshot, row);
        }
        return out.toString();
    }

    private static long low(KeyField field, Snapshot snapshot, int row) {
        return field.low().read(snapshot, row);
    }

    private static long high(KeyField field, Snapshot snapshot, int row) {
        return field.high().read(snapshot, row);
    }
}
