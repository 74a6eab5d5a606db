package shawk.store;

/** What the rows of one interval say of a flow: counts of connections, bytes, segments. Refilled for row after row. */
final class Amounts {
    long opened;
    long closed;
    long failed;
    long tx;
    long rx;
    long retrans;

    void clear() {
        opened = 0;
        closed = 0;
        failed = 0;
        tx = 0;
        rx = 0;
        retrans = 0;
    }

    void add(Amounts more) {
        opened += more.opened;
        closed += more.closed;
        failed += more.failed;
        tx += more.tx;
        rx += more.rx;
        retrans += more.retrans;
    }

    boolean areNone() {
        return (opened | closed | failed | tx | rx | retrans) == 0;
    }
}
