package shawk.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static shawk.support.Kernel.closed;
import static shawk.support.Kernel.opened;
import static shawk.support.RawSampleBuilder.Socket.tcp;
import static shawk.support.RawSampleBuilder.at;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import shawk.model.Column;
import shawk.model.EventKind;
import shawk.model.Snapshot;
import shawk.model.SocketRecord;
import shawk.support.Kernel;
import shawk.support.RawSampleBuilder;
import shawk.support.RawSampleBuilder.Socket;
import shawk.support.Rows;

/** Openings that follow from what lives and what has ended, each told once. */
final class OpeningsTest {
    private static final String REMOTE = "10.0.0.2:80";

    /** {@code opened 1.5 :1 curl(10) proven} of all samples, in order. */
    private static void check(List<String> expected, RawSampleBuilder... samples) {
        FlowTable table = Folds.table();
        Openings openings = new Openings(7);
        List<String> lines = new ArrayList<>();
        for (RawSampleBuilder sample : samples) {
            table.fold(openings.complete(sample.build()));
            Snapshot events = table.events();
            Rows rows = new Rows(events);
            for (int row = 0; row < events.table().size(); row++) {
                lines.add(EventKind.values()[(int) rows.value(row, Column.EVENT)].id() + " "
                        + rows.value(row, Column.EVENT_NANOS) / 1e9 + " :" + rows.value(row, Column.LPORT) + " "
                        + rows.owner(row));
            }
        }
        assertThat(lines).isEqualTo(expected);
    }

    private static RawSampleBuilder sample(double seconds, Kernel... records) {
        return at(seconds).process(10, 5, "curl").kernel(records);
    }

    private static Kernel end(double seconds, int port) {
        return closed(seconds, "10.0.0.1:" + port, REMOTE).cookie(port).by(10);
    }

    private static Socket living(double opened, int port, int fresh) {
        return tcp("10.0.0.1:" + port, REMOTE)
                .cookie(port)
                .inode(port)
                .heldBy(10)
                .by(10, 2)
                .present(SocketRecord.HAS_LIFE)
                .set("opened_ns", Math.round(opened * 1e9))
                .set("ordinal", 1)
                .set("direction", 1)
                .set("fresh", fresh);
    }

    @Test
    void whatEndedHadOpened() {
        check(
                List.of("opened 1.25 :1 curl(10) proven", "closed 2.25 :1 curl(10) proven"),
                sample(1),
                sample(3, end(2.25, 1)));
        check(List.of("closed 2.25 :1 curl(10) proven"), sample(3, end(2.25, 1).set("opened_ns", 0)));
    }

    @Test
    void whatLivesIsToldOnce() {
        check(
                List.of("opened 1.5 :1 curl(10) proven", "closed 3.5 :1 curl(10) proven"),
                sample(1),
                sample(2).socket(living(1.5, 1, 1)),
                sample(3).socket(living(1.5, 1, 0)),
                sample(4, end(3.5, 1).set("opened_ns", 1_500_000_000L)));
    }

    /** Of what the first sample shows only that is news which no sample has shown before. */
    @Test
    void aRecordingThatLostItsBeginningTellsNothingOld() {
        check(
                List.of("opened 7.5 :2 curl(10) proven"),
                sample(8).sockets(living(1.5, 1, 0), living(7.5, 2, 1)),
                sample(9).sockets(living(1.5, 1, 0), living(7.5, 2, 0)));
    }

    /** A connection that waited to be accepted may be missing in samples before. */
    @Test
    void whatWasOverlookedIsToldLate() {
        check(
                List.of("opened 1.5 :1 curl(10) proven"),
                sample(1),
                sample(2),
                sample(3).socket(living(1.5, 1, 0)));
    }

    @Test
    void aSecondConnectionOfASocketIsAnother() {
        check(
                List.of("opened 1.5 :1 curl(10) proven", "opened 2.5 :1 curl(10) proven"),
                sample(1),
                sample(2).socket(living(1.5, 1, 1)),
                sample(3).socket(living(2.5, 1, 1).set("ordinal", 2)));
    }

    @Test
    void partsOfAConnectionAndOldOnesHaveNone() {
        check(
                List.of(),
                sample(1),
                sample(2).sockets(living(1.5, 1, 1).set("mptcp", SocketRecord.MPTCP_SUBFLOW), living(0, 2, 0)));
    }

    @Test
    void openingsThatWereRecordedStay() {
        check(
                List.of("opened 1.5 :1 curl(10) proven"),
                sample(2, opened(1.5, "10.0.0.1:1", REMOTE).cookie(1).by(10)).socket(living(1.5, 1, 1)));
    }
}
