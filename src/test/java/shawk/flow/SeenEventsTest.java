package shawk.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static shawk.support.RawSampleBuilder.Socket.listen;
import static shawk.support.RawSampleBuilder.Socket.tcp;
import static shawk.support.RawSampleBuilder.at;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import shawk.model.Column;
import shawk.model.EventKind;
import shawk.model.RawSample;
import shawk.model.Snapshot;
import shawk.model.SocketState;
import shawk.support.RawSampleBuilder;
import shawk.support.RawSampleBuilder.Socket;
import shawk.support.Rows;

/** What two samples say of openings and ends where nothing else does. */
final class SeenEventsTest {
    /** {@code opened 40000 curl(10) proven}, in order; the number is the local port. */
    private static void check(List<String> expected, RawSampleBuilder... samples) {
        FlowTable table = Folds.table();
        SeenEvents seen = new SeenEvents(7);
        List<String> lines = new ArrayList<>();
        for (RawSampleBuilder sample : samples) {
            lines.clear();
            for (Snapshot each : seen.since(table.fold(sample.build()), table::isUnread)) {
                Rows rows = new Rows(each);
                for (int row = 0; row < each.table().size(); row++) {
                    lines.add(EventKind.values()[(int) rows.value(row, Column.EVENT)].id() + " "
                            + rows.value(row, Column.LPORT) + " " + rows.owner(row));
                    assertThat(rows.value(row, Column.EVENT_NANOS)).isEqualTo(each.monotonicNanos());
                }
            }
        }
        assertThat(lines).isEqualTo(expected);
    }

    private static RawSampleBuilder sample(double seconds, Socket... sockets) {
        return at(seconds).process(10, 5, "curl").sockets(sockets);
    }

    private static Socket socket(int port) {
        return tcp("10.0.0.1:" + port, "10.0.0.2:80").cookie(port).inode(port).heldBy(10);
    }

    private static Socket gone(int port) {
        return tcp("10.0.0.1:" + port, "10.0.0.2:80")
                .cookie(port)
                .state(SocketState.TIME_WAIT)
                .set("timer", 3);
    }

    @Test
    void whatIsThereAtTheStartHasNotOpened() {
        check(List.of(), sample(1, socket(1), gone(2)));
        check(List.of(), sample(1, socket(1)), sample(2, socket(1)));
    }

    @Test
    void whatIsNewHasOpenedAndWhatIsGoneHasEnded() {
        check(
                List.of("closed 1 curl(10) proven", "opened 2 curl(10) proven"),
                sample(1, socket(1)),
                sample(2, socket(2)));
    }

    @Test
    void whatLingersHasEnded() {
        check(List.of("closed 1 curl(10) proven"), sample(1, socket(1)), sample(2, gone(1)));
        check(List.of(), sample(1, socket(1)), sample(2, gone(1)), sample(3, gone(1)));
        check(List.of("opened 1 - unknown", "closed 1 - unknown"), sample(1), sample(2, gone(1)));
    }

    @Test
    void anAttemptThatIsGoneHasFailed() {
        Socket attempt = socket(1).state(SocketState.SYN_SENT);
        check(List.of("failed 1 curl(10) proven"), sample(1, attempt), sample(2));
        check(List.of("opened 1 curl(10) proven"), sample(1, attempt), sample(2, socket(1)));
    }

    @Test
    void listenersAndDatagramsAreNoConnections() {
        check(
                List.of(),
                sample(1),
                sample(
                        2,
                        listen("0.0.0.0:80").cookie(9),
                        Socket.udp("10.0.0.1:1", "10.0.0.2:53").cookie(8)),
                sample(3));
    }

    /** Without cookies the ends have to do. */
    @Test
    void endsTellConnectionsApart() {
        check(
                List.of("closed 1 - unknown", "opened 2 - unknown"),
                sample(1, tcp("10.0.0.1:1", "10.0.0.2:80")),
                sample(2, tcp("10.0.0.1:2", "10.0.0.2:80")));
    }

    @Test
    void whatCouldNotBeLookedAtIsNotGone() {
        check(
                List.of(),
                sample(1, socket(1)).namespace(RawSampleBuilder.NETNS, 0, 32768, 60999),
                sample(2).namespace(RawSampleBuilder.NETNS, 13, 0, 0));
        RawSample unread = sample(2).unread(RawSample.TCP4).build();
        FlowTable table = Folds.table();
        SeenEvents seen = new SeenEvents(7);
        seen.since(table.fold(sample(1, socket(1)).build()), table::isUnread);
        assertThat(seen.since(table.fold(unread), table::isUnread)).isEmpty();
    }
}
