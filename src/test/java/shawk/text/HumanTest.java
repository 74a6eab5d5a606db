package shawk.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Random;
import org.junit.jupiter.api.Test;
import shawk.field.CountFields;
import shawk.field.EndpointFields;
import shawk.field.Field;
import shawk.field.Fields;
import shawk.field.KeyField;
import shawk.field.MeasureField;
import shawk.field.QualityFields;
import shawk.field.QueueFields;
import shawk.model.Column;
import shawk.model.Snapshot;
import shawk.model.SocketTable;
import shawk.model.TimerKind;
import shawk.support.SnapshotBuilder;

final class HumanTest {
    @Test
    void counts() {
        check(CountFields.CONNS, 0, "0");
        check(CountFields.CONNS, 1204, "1,204");
        check(CountFields.CONNS, 1_000, "1,000");
        check(CountFields.CONNS, 999_999, "999,999");
        check(CountFields.CONNS, 1_000_000, "1.0M");
        check(CountFields.CONNS, 99_949_999, "100M");
        check(CountFields.CONNS, 2e9, "2.0G");
        check(CountFields.CONNS, Double.NaN, "-");
    }

    @Test
    void rates() {
        check(CountFields.OPEN_RATE, 0, "0");
        check(CountFields.OPEN_RATE, 0.01, "<0.1");
        check(CountFields.OPEN_RATE, 2.9996, "3.0");
        check(CountFields.OPEN_RATE, 9.96, "10");
        check(CountFields.OPEN_RATE, 412.4, "412");
        check(CountFields.OPEN_RATE, 20_000, "20,000");
        check(CountFields.OPEN_RATE, 123_456, "123k");
    }

    @Test
    void bytes() {
        check(CountFields.TX_BYTES, 999, "999 B");
        check(CountFields.TX_BYTES, 1000, "1.0 kB");
        check(CountFields.TX_BYTES, 9_960, "10 kB");
        check(CountFields.TX_BYTES, 999_600, "1.0 MB");
        check(CountFields.TX_RATE, 41_000_000, "41 MB/s");
        check(CountFields.TX_RATE, 1e30, "999 EB/s");
    }

    @Test
    void times() {
        check(QualityFields.RTT, 0, "0 us");
        check(QualityFields.RTT, 21, "21 us");
        check(QualityFields.RTT, 99.6, "0.1 ms");
        check(QualityFields.RTT, 300, "0.3 ms");
        check(QualityFields.RTT, 1_900, "1.9 ms");
        check(QualityFields.RTT, 9_960, "10 ms");
        check(QualityFields.RTT, 999_600, "1.0 s");
        check(QueueFields.AGE, 0, "0 ms");
        check(QueueFields.AGE, 42_000, "42 s");
        check(QueueFields.AGE, 59_700, "1m00s");
        check(QueueFields.AGE, 185_000, "3m05s");
        check(QueueFields.AGE, 7_500_000, "2h05m");
        check(QueueFields.AGE, 86_400_000L * 3 + 4 * 3_600_000, "3d04h");
        check(QueueFields.AGE, 86_400_000L * 1234, "1234d");
    }

    @Test
    void percentages() {
        check(QualityFields.RETRANS_PCT, 0, "0.0");
        check(QualityFields.RETRANS_PCT, 0.01, "<0.1");
        check(QualityFields.RETRANS_PCT, 12.34, "12.3");
        check(QualityFields.RETRANS_PCT, 100, "100.0");
    }

    @Test
    void noAmountIsWiderThanItsUnitOrItsColumn() {
        Random random = new Random(3);
        for (Field field : Fields.ALL) {
            if (field instanceof MeasureField measure) {
                assertThat(Human.maxWidth(measure.unit())).as(field.id()).isLessThanOrEqualTo(field.width());
                for (int i = 0; i < 20_000; i++) {
                    double value = Math.pow(10, 24 * random.nextDouble() - 4);
                    assertThat(human(measure, value).length())
                            .as("%s of %s", field.id(), value)
                            .isLessThanOrEqualTo(Human.maxWidth(measure.unit()));
                }
            }
            assertThat(field.title().length()).as(field.id()).isLessThanOrEqualTo(field.width());
        }
    }

    @Test
    void names() {
        SnapshotBuilder builder = new SnapshotBuilder();
        builder.socket()
                .owner(builder.process(4656, "nginx"))
                .set(Column.COOKIE, 0x1f00)
                .set(Column.TIMER, TimerKind.KEEPALIVE.ordinal())
                .set(Column.TIMER_MILLIS, 7_200_000);
        Snapshot snapshot = builder.build();
        check(Fields.PROCESS, snapshot, "nginx");
        check(Fields.PEER, snapshot, "10.0.0.9");
        check(Fields.PORT, snapshot, "443");
        check(Fields.STATE, snapshot, "ESTABLISHED");
        check(EndpointFields.COOKIE, snapshot, "0x1f00");
        check(EndpointFields.IFACE, snapshot, "-");
        check(QueueFields.TIMER, snapshot, "keepalive 2h00m");
        StringBuilder holders = new StringBuilder();
        Human.appendHolders(holders, snapshot, 0);
        assertThat(holders).hasToString("nginx(4656)");
    }

    @Test
    void makesNoObject() {
        SnapshotBuilder builder = new SnapshotBuilder();
        builder.socket()
                .owner(builder.process(4656, "nginx"))
                .remote("2001:db8::9", 443)
                .set(Column.COOKIE, -1);
        Snapshot snapshot = builder.build();
        StringBuilder out = new StringBuilder(1000);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = 0;
        for (int i = 0; i < 20_000; i++) {
            if (i == 10_000) {
                before = threads.getCurrentThreadAllocatedBytes();
            }
            out.setLength(0);
            for (int f = 0; f < Fields.ALL.size(); f++) {
                if (Fields.ALL.get(f) instanceof MeasureField measure) {
                    Human.appendMeasure(out, measure, 1234.5 * i);
                } else if (Fields.ALL.get(f) instanceof KeyField key) {
                    Human.appendKey(
                            out,
                            key,
                            snapshot,
                            key.high().read(snapshot, 0),
                            key.low().read(snapshot, 0));
                }
            }
        }
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(10_000);
    }

    private static void check(KeyField field, Snapshot snapshot, String expected) {
        StringBuilder out = new StringBuilder();
        long low = field.low().read(snapshot, 0);
        Human.appendKey(
                out,
                field,
                snapshot,
                low == SocketTable.ABSENT ? 0 : field.high().read(snapshot, 0),
                low);
        assertThat(out).hasToString(expected);
    }

    private static void check(MeasureField field, double value, String expected) {
        assertThat(human(field, value)).as("%s of %s", field.id(), value).isEqualTo(expected);
    }

    private static String human(MeasureField field, double value) {
        StringBuilder out = new StringBuilder();
        Human.appendMeasure(out, field, value);
        return out.toString();
    }
}
