package shawk.store;

import static org.assertj.core.api.Assertions.assertThat;
import static shawk.support.Kernel.bundle;
import static shawk.support.Kernel.meter;
import static shawk.support.RawSampleBuilder.at;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import shawk.flow.FlowLimits;
import shawk.model.Column;
import shawk.model.Direction;
import shawk.model.Meter;
import shawk.model.Protocol;
import shawk.model.RowKind;
import shawk.support.RawSampleBuilder;
import shawk.support.SnapshotBuilder;

/** At its bounds the gatherer forgets what things are called, never how many there were. */
final class GatherBoundsTest {
    private static final GatherLimits SMALL = new GatherLimits(64, 16, 8, 8, 4);

    private static RawSampleBuilder exact(int second) {
        return at(second).self().source("ebpf").kernel(meter(Meter.ENDED, 0), meter(Meter.ESTABLISHED, 0));
    }

    @Test
    void flowsBeyondTheBoundKeepTheirSums() {
        Gathering gathering = new Gathering(SMALL);
        long truth = 0;
        Random random = new Random(3);
        for (int second = 1; second <= 1_500; second++) {
            RawSampleBuilder sample = exact(second);
            for (int i = random.nextInt(90); i >= 0; i--) {
                int count = 1 + random.nextInt(3);
                sample.kernel(bundle("10.0.0.1", "10.0." + random.nextInt(4) + "." + random.nextInt(250), 80, count));
                truth += count;
            }
            gathering.take(sample);
            if (second % 20 == 0) {
                gathering.flush();
            }
        }
        Kept kept = gathering.finish().kept;
        assertThat(kept.opened()).isEqualTo(truth);
        assertThat(kept.closed()).isEqualTo(truth);
        assertThat(kept.text()).contains("? out tcp null null:-1 ");
    }

    @Test
    void onlyWhatIsFinishedEarlyBeginsANewRun() {
        Gathering gathering = new Gathering(SMALL);
        for (int second = 1; second <= 5; second++) {
            RawSampleBuilder sample = exact(second);
            for (int i = 0; i < 57 + second; i++) {
                sample.kernel(bundle("10.0.0.1", "10.0.0." + i, 80, 1));
            }
            gathering.take(sample);
        }
        assertThat(gathering.finish().kept.chunks()).extracting(Chunk::run).containsOnly(1_700_000_000);
    }

    @Test
    void processesBeyondTheBoundAreNobody() {
        Gathering gathering = new Gathering(SMALL);
        long truth = 0;
        for (int second = 1; second <= 300; second++) {
            RawSampleBuilder sample = exact(second);
            for (int i = 0; i < 12; i++) {
                int pid = 100 + second * 12 + i;
                sample.process(pid, pid, "p" + pid).details(pid, pid, "/bin/p" + pid, "");
                sample.kernel(bundle("10.0.0.1", "10.0.0.2", 80, 1).by(pid));
                truth++;
            }
            gathering.take(sample);
            if (second % 3 == 0) {
                gathering.flush();
            }
        }
        Kept kept = gathering.finish().kept;
        assertThat(kept.opened()).isEqualTo(truth);
        assertThat(kept.processes.size()).isGreaterThan(16);
        assertThat(kept.text()).contains("? out tcp 10.0.0.1 10.0.0.2:80 ").contains("p112(/bin/p112) out tcp");
    }

    @Test
    void translationsBeyondTheBoundCountAsNone() {
        Gathering gathering = new Gathering(SMALL);
        for (int second = 1; second <= 40; second++) {
            SnapshotBuilder snapshot = new SnapshotBuilder().sequence(second + 1);
            for (int i = 0; i < 3; i++) {
                snapshot.socket()
                        .kind(RowKind.CONNECTION)
                        .set(Column.PROTOCOL, Protocol.TCP.ordinal())
                        .set(Column.DIRECTION, Direction.OUT.ordinal())
                        .set(Column.LADDR_HIGH, 0)
                        .set(Column.LADDR_LOW, 0xffff_0a00_0001L)
                        .set(Column.LPORT, 40_000 + i)
                        .set(Column.RADDR_HIGH, 0)
                        .set(Column.RADDR_LOW, 0xffff_0a00_0002L)
                        .set(Column.RPORT, 80)
                        .set(Column.PORT, 80)
                        .set(Column.NAT_RADDR_HIGH, 0)
                        .set(Column.NAT_RADDR_LOW, 0xffff_0b00_0000L + second * 3 + i)
                        .set(Column.NAT_RPORT, 8080)
                        .set(Column.OPENED_NOW, 1);
            }
            gathering.take(snapshot.build());
            gathering.flush();
        }
        Kept kept = gathering.finish().kept;
        assertThat(kept.opened()).isEqualTo(120);
        assertThat(kept.text()).contains("nat null 11.0.0.3:8080");
    }

    @Test
    void batchesAreOfBoundedSize() {
        Gathering gathering = new Gathering();
        for (int second = 1; second <= 2; second++) {
            RawSampleBuilder sample = exact(second);
            for (int i = 0; i < 25_000; i++) {
                sample.kernel(bundle("10.0.0.1", "10.1." + (i >> 8) + "." + (i & 255), 80, 1));
            }
            gathering.take(sample);
        }
        List<Batch> batches = gathering.batches();
        assertThat(batches).hasSize(3);
        assertThat(batches).allSatisfy(each -> assertThat(each.rows()).isLessThanOrEqualTo(Gatherer.BATCH_ROWS));
        assertThat(gathering.kept.add(batches).opened()).isEqualTo(50_000);
        assertThat(gathering.batches())
                .hasSize(1)
                .first()
                .satisfies(each -> assertThat(each.rows()).isZero());
        assertThat(FlowLimits.STORING.ended()).isGreaterThan(FlowLimits.DEFAULT.ended());
    }
}
