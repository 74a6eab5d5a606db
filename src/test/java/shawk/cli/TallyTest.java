package shawk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import shawk.cli.Bound.Answer;
import shawk.expr.FilterParser;
import shawk.model.Column;
import shawk.model.Degradation;
import shawk.model.RowKind;
import shawk.model.Snapshot;
import shawk.model.SocketState;
import shawk.model.SocketTable;
import shawk.support.SnapshotBuilder;

/** What counts, and what is left open by what could not be seen. */
final class TallyTest {
    private static final Degradation OWNERS = of("owners");

    private static Degradation of(String id) {
        return new Degradation(id, "some " + id, "no permission", "be root");
    }

    /**
     * Two connections of nginx, three whose owner could not be read, one that nobody holds, a listener, a TIME_WAIT.
     */
    private static Snapshot snapshot(Degradation... degradations) {
        SnapshotBuilder made = new SnapshotBuilder();
        int nginx = made.process(1, "nginx");
        for (int i = 0; i < 2; i++) {
            made.socket().owner(nginx).set(Column.INODE, 100 + i).set(Column.RTT, 500);
        }
        for (int i = 0; i < 3; i++) {
            made.socket().set(Column.INODE, 200 + i).set(Column.UID, 33).set(Column.RTT, 2000);
        }
        made.socket().set(Column.INODE, 0).state(SocketState.FIN_WAIT1);
        made.listener(443).owner(nginx).set(Column.INODE, 300);
        made.socket().kind(RowKind.TIME_WAIT).state(SocketState.TIME_WAIT).set(Column.INODE, 0);
        for (Degradation each : degradations) {
            made.degradation(each);
        }
        return made.build();
    }

    private static void check(String filter, long surely, long perhaps, Degradation... degradations) throws Exception {
        Tally tally = Tally.of(snapshot(degradations), FilterParser.parse(filter), true);
        assertThat(tally.surely()).as("surely " + filter).isEqualTo(surely);
        assertThat(tally.perhaps()).as("perhaps " + filter).isEqualTo(perhaps);
        assertThat(tally.rows()).hasSize((int) surely);
        assertThat(tally.doubt().isEmpty()).isEqualTo(surely == perhaps);
    }

    @Test
    void connectionsCountAndOtherSocketsWhereStateIsNamed() throws Exception {
        check("rport = 443", 6, 6);
        check("state = TIME_WAIT", 1, 1);
        check("state = LISTEN", 1, 1);
        check("process = nginx", 2, 2);
        check("process = nginx and state in (LISTEN, ESTABLISHED)", 3, 3);
    }

    @Test
    void unreadOwnersLeaveOnlyTheirSocketsOpen() throws Exception {
        check("process = nginx", 2, 5, OWNERS);
        check("process = nginx", 2, 5, of("hidepid"));
        check("process != nginx", 1, 4, OWNERS);
        check("holders = nginx", 2, 5, OWNERS);
        check("process = nginx and uid = 1000", 0, 0, OWNERS);
        check("process = nginx or uid = 33", 5, 5, OWNERS);
        check("rport = 443", 6, 6, OWNERS);
    }

    @Test
    void whatTheSourceDoesNotGiveIsOpen() throws Exception {
        SnapshotBuilder made = new SnapshotBuilder();
        made.socket().set(Column.COOKIE, SocketTable.ABSENT);
        made.socket().set(Column.RTT, 2000);
        made.degradation(of("source"));
        Tally tally = Tally.of(made.build(), FilterParser.parse("rtt > 1ms"), true);
        assertThat(tally.surely()).isEqualTo(1);
        assertThat(tally.perhaps()).isEqualTo(2);
        check("rtt > 1ms", 3, 3, of("source"));
    }

    @Test
    void whoIsAtTheOtherEndIsOpenWhereOwnersOrTranslationsAre() throws Exception {
        check("peer_process = nginx", 0, 0);
        check("peer_process = nginx", 0, 6, OWNERS);
        check("nat_rport = 443", 0, 0);
        check("nat_rport = 443", 0, 6, of("nat"));
        check("nat_rport = 443", 0, 6, of("nat-netns"));
        check("nat_raddr = 10.0.0.1 and process = nginx", 0, 2, of("nat-cut"));
    }

    @Test
    void socketsThatWereNotSeenLeaveEveryCountOpen() throws Exception {
        check("rport = 443", 6, Bound.NONE, of("tcp6"));
        check("rport = 443", 6, Bound.NONE, of("mptcp"));
        check("rport = 443", 6, Bound.NONE, of("unix"));
        check("rport = 443", 6, Bound.NONE, of("netns"));
        assertThat(Tally.of(snapshot(of("netns")), FilterParser.parse("rport = 443"), false)
                        .perhaps())
                .isEqualTo(6);
    }

    @Test
    void anAgeThatNobodySawBeginIsOpen() throws Exception {
        check("age > 5s", 0, 6);
        check("age > 5s and rport = 80", 0, 0);
    }

    @Test
    void bounds() {
        Bound most = new Bound(0, 3);
        assertThat(most.judge(3, 3)).isEqualTo(Answer.KEPT);
        assertThat(most.judge(4, 4)).isEqualTo(Answer.BROKEN);
        assertThat(most.judge(4, Bound.NONE)).isEqualTo(Answer.BROKEN);
        assertThat(most.judge(3, 4)).isEqualTo(Answer.UNTOLD);
        Bound least = new Bound(2, Bound.NONE);
        assertThat(least.judge(1, 1)).isEqualTo(Answer.BROKEN);
        assertThat(least.judge(2, Bound.NONE)).isEqualTo(Answer.KEPT);
        assertThat(least.judge(1, 2)).isEqualTo(Answer.UNTOLD);
        assertThat(most.text()).isEqualTo("at most 3");
        assertThat(least.text()).isEqualTo("at least 2");
        assertThat(new Bound(1, 1).text()).isEqualTo("exactly 1");
        assertThat(new Bound(1, 2).text()).isEqualTo("1 to 2");
    }
}
