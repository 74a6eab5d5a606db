package shawk.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static shawk.support.RawSampleBuilder.Socket.listen;
import static shawk.support.RawSampleBuilder.Socket.tcp;
import static shawk.support.RawSampleBuilder.at;

import org.junit.jupiter.api.Test;
import shawk.model.Snapshot;
import shawk.model.SocketState;
import shawk.support.RawSampleBuilder;
import shawk.support.RawSampleBuilder.Socket;
import shawk.support.Rows;

/** Whose a socket is, and how that is known. */
final class OwnersTest {
    private static Socket open() {
        return tcp("10.0.0.1:5000", "10.0.0.2:6000").cookie(2).inode(22);
    }

    private static Socket listener() {
        return listen("0.0.0.0:5000").cookie(1).inode(21);
    }

    private static RawSampleBuilder sample(double seconds) {
        return at(seconds).process(10, 100, "old").process(11, 200, "young").process(12, 200, "twin");
    }

    private static void check(Rows rows, String expected) {
        assertThat(rows.owner(rows.row(5000, 6000))).isEqualTo(expected);
    }

    @Test
    void theOnlyHolderIsProven() {
        check(Folds.rows(sample(1).socket(open().heldBy(10))), "old(10) proven");
    }

    @Test
    void ofSeveralTheYoungestIsInferred() {
        check(Folds.rows(sample(1).socket(open().heldBy(10, 11))), "young(11) inferred");
        check(Folds.rows(sample(1).socket(open().heldBy(10, 11, 12))), "twin(12) inferred");
        Rows rows = Folds.rows(sample(1).socket(open().heldBy(10, 11, 12)));
        assertThat(rows.holders(0)).isEqualTo("10 11 12");
    }

    /** A child that is about to run another program, or a worker: the next sample tells. */
    @Test
    void aChildThatHasJustInheritedIsNotTheOwnerYet() {
        RawSampleBuilder before = at(1).process(10, 100, "old").socket(open().heldBy(10));
        RawSampleBuilder forked = sample(2).socket(open().heldBy(10, 11, 12));
        check(Folds.rows(before, forked), "old(10) inferred");
        check(Folds.rows(before, forked, sample(3).socket(open().heldBy(10))), "old(10) proven");
        check(Folds.rows(before, forked, sample(3).socket(open().heldBy(10, 11))), "young(11) inferred");
        check(Folds.rows(before, sample(2).socket(open().heldBy(11))), "young(11) proven");
        check(Folds.rows(before, sample(2).socket(open().heldBy(11, 12))), "twin(12) inferred");
        check(Folds.rows(at(1), forked), "twin(12) inferred");
        Socket passed = tcp("10.0.0.1:5001", "10.0.0.2:6000").cookie(3).inode(23);
        check(
                Folds.rows(
                        sample(1).sockets(open().heldBy(10), passed.heldBy(11)),
                        sample(2).socket(open().heldBy(10, 11))),
                "young(11) inferred");
    }

    @Test
    void whoIsKnownByAnEventAloneIsNewToTheNextSample() {
        FlowTable table = Folds.table();
        table.fold(at(1).process(10, 100, "old").socket(open().heldBy(10)).build());
        table.events(at(1.5).process(11, 200, "young").build());
        Snapshot after = table.fold(sample(2).socket(open().heldBy(10, 11)).build());
        assertThat(new Rows(after).owner(0)).isEqualTo("old(10) inferred");
    }

    @Test
    void aListenerIsNotItsChildrensAtOnce() {
        Socket waiting = tcp("10.0.0.1:5000", "10.0.0.2:6000").cookie(2);
        RawSampleBuilder before =
                at(1).process(10, 100, "old").socket(listener().heldBy(10));
        RawSampleBuilder forked = sample(2).sockets(waiting, listener().heldBy(10, 11));
        check(Folds.rows(before, forked), "old(10) inferred");
        RawSampleBuilder settled = sample(3).sockets(waiting, listener().heldBy(10, 11));
        check(Folds.rows(before, forked, settled), "young(11) inferred");
    }

    @Test
    void nobodyIsUnknown() {
        check(Folds.rows(sample(1).socket(open())), "- unknown");
    }

    @Test
    void anOrphanKeepsItsOwner() {
        Socket orphan = tcp("10.0.0.1:5000", "10.0.0.2:6000").cookie(2);
        RawSampleBuilder before = sample(1).socket(open().heldBy(10));
        check(Folds.rows(before, at(2).socket(orphan.state(SocketState.FIN_WAIT1))), "old(10) inferred");
        check(Folds.rows(before, at(2).socket(orphan.state(SocketState.LAST_ACK))), "old(10) inferred");
        check(
                Folds.rows(
                        before, at(2).socket(orphan.state(SocketState.FIN_WAIT2).set("timer", 3))),
                "old(10) inferred");
        check(Folds.rows(before, at(2), at(3).socket(orphan)), "- unknown");
    }

    @Test
    void aNewConnectionInheritsNobody() {
        RawSampleBuilder before = sample(1).socket(open().heldBy(10));
        Socket reused = tcp("10.0.0.1:5000", "10.0.0.2:6000").cookie(3);
        check(Folds.rows(before, sample(2).socket(reused)), "- unknown");
        Socket reconnected = tcp("10.0.0.1:5000", "10.0.0.2:6000").cookie(2).state(SocketState.SYN_SENT);
        check(Folds.rows(before, sample(2).socket(reconnected)), "- unknown");
        Socket elsewhere = open().set("netns", 7);
        check(Folds.rows(before, sample(2).socket(elsewhere)), "- unknown");
    }

    @Test
    void withoutCookieAnotherInodeIsAnotherConnection() {
        Socket first = tcp("10.0.0.1:5000", "10.0.0.2:6000").inode(22);
        Socket second = tcp("10.0.0.1:5000", "10.0.0.2:6000").inode(23);
        Socket orphan = tcp("10.0.0.1:5000", "10.0.0.2:6000").state(SocketState.FIN_WAIT1);
        check(Folds.rows(sample(1).socket(first.heldBy(10)), sample(2).socket(second)), "- unknown");
        check(Folds.rows(sample(1).socket(first.heldBy(10)), sample(2).socket(orphan)), "old(10) inferred");
    }

    @Test
    void whatIsNotAcceptedBelongsToTheListener() {
        Socket waiting = tcp("10.0.0.1:5000", "10.0.0.2:6000").cookie(2);
        Socket listener = listen("0.0.0.0:5000").cookie(1).inode(21).heldBy(10);
        check(Folds.rows(sample(1).sockets(waiting, listener)), "old(10) inferred");
        check(Folds.rows(sample(1).sockets(waiting.state(SocketState.SYN_RECV), listener)), "old(10) inferred");
        check(Folds.rows(sample(1).sockets(waiting.state(SocketState.CLOSE_WAIT), listener)), "old(10) inferred");
        check(Folds.rows(sample(1).sockets(waiting.state(SocketState.FIN_WAIT1), listener)), "- unknown");
        check(Folds.rows(sample(1).sockets(open(), listener)), "- unknown");
    }

    @Test
    void ofAGroupOfListenersTheYoungestProcess() {
        Socket waiting = tcp("10.0.0.1:5000", "10.0.0.2:6000").cookie(2);
        Socket one = listen("0.0.0.0:5000").cookie(1).inode(21).heldBy(11);
        Socket other = listen("0.0.0.0:5000").cookie(3).inode(23).heldBy(10);
        check(Folds.rows(sample(1).sockets(waiting, one, other)), "young(11) inferred");
    }

    @Test
    void onceAcceptedTheHolderCounts() {
        Socket waiting = tcp("10.0.0.1:5000", "10.0.0.2:6000").cookie(2);
        Socket listener = listen("0.0.0.0:5000").cookie(1).inode(21).heldBy(10);
        check(
                Folds.rows(sample(1).sockets(waiting, listener), sample(2).sockets(open().heldBy(11), listener)),
                "young(11) proven");
    }

    @Test
    void aReusedPidIsAnotherProcess() {
        FlowTable table = Folds.table();
        table.fold(at(1).process(10, 100, "first")
                .details(10, 100, "/bin/first", "")
                .socket(open().heldBy(10))
                .build());
        Snapshot after = table.fold(
                at(2).process(10, 999, "second").socket(open().heldBy(10)).build());
        assertThat(new Rows(after).owner(0)).isEqualTo("second(10) proven");
        assertThat(after.processes()).hasSize(1);
        assertThat(after.processes().get(0).exe().isEmpty()).isTrue();
    }

    @Test
    void aCutNameIsCompleted() {
        FlowTable table = Folds.table();
        RawSampleBuilder first = at(1).process(10, 100, "systemd-resolve")
                .details(10, 100, "/lib/systemd-resolved", "systemd-resolved")
                .socket(open().heldBy(10));
        assertThat(new Rows(table.fold(first.build())).owner(0)).isEqualTo("systemd-resolved(10) proven");
        RawSampleBuilder second = at(2).process(10, 100, "systemd-resolve", 5).socket(open().heldBy(10));
        assertThat(new Rows(table.fold(second.build())).owner(0)).isEqualTo("systemd-resolved(10) proven");
        RawSampleBuilder short15 = at(3).process(10, 100, "other").socket(open().heldBy(10));
        assertThat(new Rows(table.fold(short15.build())).owner(0)).isEqualTo("other(10) proven");
    }

    @Test
    void aProcessIsOneObjectWhileItIsUnchanged() {
        FlowTable table = Folds.table();
        Snapshot first = table.fold(sample(1).socket(open().heldBy(10)).build());
        Snapshot second = table.fold(sample(2).socket(open().heldBy(10)).build());
        assertThat(second.processes().get(0)).isSameAs(first.processes().get(0));
    }
}
