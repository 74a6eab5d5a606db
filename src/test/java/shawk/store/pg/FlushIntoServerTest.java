package shawk.store.pg;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shawk.store.flush.FlushLimits;
import shawk.store.flush.FlushStatus;
import shawk.store.flush.Flusher;
import shawk.store.spool.Spool;
import shawk.store.spool.SpoolLimits;
import shawk.store.spool.StoredForm;
import shawk.support.PostgresServer;
import shawk.support.PostgresServer.Version;

/** The way from the flusher through the spool into a real server that comes and goes. */
final class FlushIntoServerTest {
    private static final FlushLimits QUICK = new FlushLimits(20, 200, 5, 10_000, 600_000);
    /** Now: what is older than the retention goes at once. */
    private static final long AT = System.currentTimeMillis() * 1_000;

    private static final int FLOWS = 20;
    private static final int BATCHES = 30;

    @TempDir
    Path folder;

    private Flusher flusher(Cmdb cmdb) throws Exception {
        Spool spool = Spool.open(folder, SpoolLimits.of(SpoolLimits.USUAL_BYTES), new StoredForm());
        Flusher flusher = new Flusher(spool, MadeUp.host(1), () -> cmdb.open().store(), QUICK, (status, retry) -> {});
        flusher.start();
        return flusher;
    }

    @Test
    void killedAndRestartedTwiceUnderLoadItHasEachOnce() throws Exception {
        killAndRestart(2);
    }

    @Test
    @Tag("slow")
    void killedAndRestartedTenTimesUnderLoadItHasEachOnce() throws Exception {
        killAndRestart(10);
    }

    private void killAndRestart(int rounds) throws Exception {
        try (PostgresServer server = PostgresServer.start(Version.NEWEST);
                Cmdb cmdb = Cmdb.in(server);
                Flusher flusher = flusher(cmdb)) {
            int next = 0;
            for (int round = 0; round < rounds; round++) {
                for (int i = 0; i < BATCHES; i++) {
                    flusher.offer(List.of(MadeUp.of(MadeUp.host(1), AT, next, next + FLOWS, 1, true)));
                    next += FLOWS;
                    if (i == BATCHES / 2) {
                        server.kill();
                    }
                }
                server.restart();
            }
            assertThat(flusher.drain(120_000)).as(flusher.status().toString()).isTrue();
            assertThat(cmdb.opened()).isEqualTo(3L * next);
            assertThat(cmdb.ask("select count(*) from shawk.flow")).isEqualTo(String.valueOf(next));
            assertThat(flusher.status().lostBatches()).isZero();
        }
    }

    @Test
    void aSchemeThatIsMissingIsARefusalAndNothingIsLost() throws Exception {
        try (PostgresServer server = PostgresServer.start(Version.NEWEST);
                Cmdb cmdb = Cmdb.bare(server);
                Flusher flusher = flusher(cmdb)) {
            flusher.offer(List.of(MadeUp.of(MadeUp.host(1), AT, 0, FLOWS, 1, false)));
            assertThat(flusher.drain(60_000)).isFalse();
            assertThat(flusher.status().state()).isEqualTo(FlushStatus.State.REFUSED);
            assertThat(flusher.status().error()).contains("create-scheme");
            cmdb.open().scheme().create(Retention.AS_IT_IS, false);
            assertThat(flusher.drain(60_000)).isTrue();
            assertThat(cmdb.opened()).isEqualTo(3L * FLOWS);
        }
    }

    /** Two agents that take themselves for the same host: the later one goes on, the earlier one says so and stops. */
    @Test
    void ofTwoAgentsOfOneHostTheLaterOneGoesOn(@TempDir Path other) throws Exception {
        try (PostgresServer server = PostgresServer.start(Version.NEWEST);
                Cmdb cmdb = Cmdb.in(server);
                Flusher first = flusher(cmdb)) {
            first.offer(List.of(MadeUp.of(MadeUp.host(1), AT, 0, FLOWS, 1, true)));
            assertThat(first.drain(60_000)).isTrue();
            Spool spool = Spool.open(other, SpoolLimits.of(SpoolLimits.USUAL_BYTES), new StoredForm());
            try (Flusher second =
                    new Flusher(spool, MadeUp.host(1), () -> cmdb.open().store(), QUICK, (status, retry) -> {})) {
                second.start();
                second.offer(List.of(MadeUp.of(MadeUp.host(1), AT, FLOWS, 2 * FLOWS, 1, true)));
                assertThat(second.drain(60_000)).isTrue();
                first.offer(List.of(MadeUp.of(MadeUp.host(1), AT, 2 * FLOWS, 3 * FLOWS, 1, true)));
                assertThat(first.drain(60_000)).isFalse();
                assertThat(first.status().state()).isEqualTo(FlushStatus.State.FENCED);
                assertThat(first.status().waiting()).isTrue();
                assertThat(cmdb.opened()).isEqualTo(3L * 2 * FLOWS);
            }
        }
    }
}
