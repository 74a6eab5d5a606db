package shawk.support;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import shawk.model.Address;
import shawk.model.Column;
import shawk.model.Degradation;
import shawk.model.Direction;
import shawk.model.EndReason;
import shawk.model.Ended;
import shawk.model.EventKind;
import shawk.model.Family;
import shawk.model.Holders;
import shawk.model.LinkTotals;
import shawk.model.Meter;
import shawk.model.Meters;
import shawk.model.NamespaceInfo;
import shawk.model.OwnerProof;
import shawk.model.ProcessId;
import shawk.model.ProcessInfo;
import shawk.model.ProcessTexts;
import shawk.model.Protocol;
import shawk.model.RowKind;
import shawk.model.SafeText;
import shawk.model.Snapshot;
import shawk.model.SocketState;
import shawk.model.SocketTable;
import shawk.model.TextDictionary;
import shawk.model.Verdict;

/**
 * Makes up snapshots, row by row. What is not said is absent, but for the second sample of a run, taken one second
 * after the first, and namespace 4026531840.
 */
public final class SnapshotBuilder {
    public static final long NETNS = 4026531840L;

    private final List<Row> sockets = new ArrayList<>();
    private final List<Row> bundles = new ArrayList<>();
    private final List<ProcessInfo> processes = new ArrayList<>();
    private final TextDictionary.Builder texts = new TextDictionary.Builder();
    private final List<Degradation> degradations = new ArrayList<>();
    private final List<LinkTotals> links = new ArrayList<>();
    private long sequence = 2;
    private long elapsedNanos = 1_000_000_000L;
    private String source = "netlink";
    private boolean exact;
    private Meters meters = Meters.NONE;
    private Ended ended = Ended.NONE;

    /** One row: chained calls set its columns. */
    public static final class Row {
        private final long[] values = new long[Column.values().length];
        private final TextDictionary.Builder texts;

        private Row(TextDictionary.Builder texts) {
            this.texts = texts;
            Arrays.fill(values, SocketTable.ABSENT);
            set(Column.NETNS, NETNS);
        }

        public Row set(Column column, long value) {
            values[column.ordinal()] = value;
            return this;
        }

        public Row text(Column column, String text) {
            return set(column, texts.number(SafeText.of(text)));
        }

        /** An index that {@link SnapshotBuilder#process} gave. */
        public Row owner(int process) {
            return set(Column.OWNER, process).set(Column.OWNER_PROOF, OwnerProof.PROVEN.ordinal());
        }

        public Row kind(RowKind kind) {
            return set(Column.KIND, kind.ordinal());
        }

        public Row state(SocketState state) {
            return set(Column.STATE, state.ordinal());
        }

        public Row direction(Direction direction) {
            return set(Column.DIRECTION, direction.ordinal());
        }

        public Row verdict(Verdict verdict) {
            return set(Column.VERDICT, verdict.ordinal());
        }

        public Row local(String address, int port) {
            return address(Column.LADDR_HIGH, Column.LADDR_LOW, address).set(Column.LPORT, port);
        }

        public Row remote(String address, int port) {
            return address(Column.RADDR_HIGH, Column.RADDR_LOW, address).set(Column.RPORT, port);
        }

        /** Of a bundle, whose ends have addresses only. */
        public Row between(String local, String remote) {
            return address(Column.LADDR_HIGH, Column.LADDR_LOW, local)
                    .address(Column.RADDR_HIGH, Column.RADDR_LOW, remote);
        }

        /** Ended connections of a bundle: all of them, and those of the last interval. */
        public Row ended(long opened, long closed, long failed, long now) {
            set(Column.OPENED, opened).set(Column.CLOSED, closed).set(Column.FAILED, failed);
            return set(Column.OPENED_NOW, now).set(Column.CLOSED_NOW, now).set(Column.FAILED_NOW, 0);
        }

        private Row address(Column high, Column low, String text) {
            Address address = Address.parse(text);
            if (address == null) {
                throw new IllegalArgumentException(text);
            }
            set(Column.FAMILY, (address.isV4() ? Family.IPV4 : Family.IPV6).ordinal());
            return set(high, address.high()).set(low, address.low());
        }
    }

    /** A process of this name; its other texts are made of it. Returns its index. */
    public int process(int pid, String name) {
        ProcessId id = new ProcessId(pid, 1_000L + pid);
        SafeText exe = SafeText.of("/usr/bin/" + name);
        SafeText cmdline = SafeText.of(name + " --serve");
        SafeText user = SafeText.of("user" + pid % 3);
        SafeText unit = SafeText.of(name + ".service");
        SafeText cgroup = SafeText.of("/system.slice/" + unit);
        return process(new ProcessInfo(
                id,
                1,
                pid,
                pid % 3,
                SafeText.of(name),
                user,
                exe,
                cmdline,
                cgroup,
                SafeText.EMPTY,
                unit,
                SafeText.EMPTY));
    }

    /** Returns the index of the process. */
    public int process(ProcessInfo process) {
        processes.add(process);
        return processes.size() - 1;
    }

    /** An established TCP connection to port 443 of another host; the cookie is the number of the row. */
    public Row socket() {
        Row row = new Row(texts).kind(RowKind.CONNECTION).state(SocketState.ESTABLISHED);
        sockets.add(row);
        row.set(Column.PROTOCOL, Protocol.TCP.ordinal()).set(Column.COOKIE, sockets.size());
        row.local("10.0.0.5", 30_000 + sockets.size()).remote("10.0.0.9", 443);
        row.direction(Direction.OUT).set(Column.PORT, 443);
        return row.set(Column.OWNER_PROOF, OwnerProof.UNKNOWN.ordinal()).verdict(Verdict.OK);
    }

    /** A TCP listener on all IPv4 addresses. */
    public Row listener(int port) {
        Row row = socket().kind(RowKind.LISTENER).state(SocketState.LISTEN).direction(Direction.LISTEN);
        row.set(Column.RADDR_HIGH, SocketTable.ABSENT).set(Column.RADDR_LOW, SocketTable.ABSENT);
        row.set(Column.RPORT, SocketTable.ABSENT).set(Column.VERDICT, SocketTable.ABSENT);
        return row.local("0.0.0.0", port).set(Column.PORT, port);
    }

    /** Ended connections to port 443 of the same host as {@link #socket}'s, none so far. */
    public Row bundle() {
        Row row = new Row(texts).kind(RowKind.BUNDLE);
        bundles.add(row);
        row.set(Column.PROTOCOL, Protocol.TCP.ordinal()).between("10.0.0.5", "10.0.0.9");
        return row.direction(Direction.OUT).set(Column.PORT, 443).ended(0, 0, 0, 0);
    }

    /**
     * A connection of {@link #socket} that ended a second ago: for a builder of its own, whose snapshot
     * {@link #ended(long, Supplier)} takes.
     */
    public Row ended() {
        Row row = socket().kind(RowKind.ENDED).set(Column.STATE, SocketTable.ABSENT);
        row.set(Column.EVENT, EventKind.CLOSED.ordinal()).set(Column.ORDINAL, 1);
        row.set(Column.VERDICT, SocketTable.ABSENT).set(Column.END_REASON, EndReason.FIN_REMOTE.ordinal());
        row.set(Column.OPENED, 1).set(Column.CLOSED, 1).set(Column.FAILED, 0);
        return row.set(Column.DURATION_MICROS, 5_000).set(Column.ENDED_MILLIS, 1_000);
    }

    /** The same of an attempt, which has carried nothing. */
    public Row failed(EndReason reason) {
        Row row = ended().set(Column.EVENT, EventKind.FAILED.ordinal()).set(Column.OPENED, 0);
        return row.set(Column.CLOSED, 0).set(Column.FAILED, 1).set(Column.END_REASON, reason.ordinal());
    }

    /** What has ended: how many in all, and those that are remembered, made at most once. */
    public SnapshotBuilder ended(long total, Supplier<Snapshot> rows) {
        ended = new Ended() {
            private @Nullable Snapshot made;

            @Override
            public long total() {
                return total;
            }

            @Override
            public Snapshot rows() {
                Snapshot now = made == null ? rows.get() : made;
                made = now;
                return now;
            }
        };
        return this;
    }

    /** A source that sees each connection, and says so much of its own work. */
    public SnapshotBuilder exact(Meters figures) {
        source = "ebpf";
        exact = true;
        meters = figures;
        return this;
    }

    /** As if it were the first sample of a run: there is no interval. */
    public SnapshotBuilder first() {
        sequence = 1;
        elapsedNanos = 0;
        return this;
    }

    /** Number of the sample within its run; they are a second apart. */
    public SnapshotBuilder sequence(long number) {
        sequence = number;
        return this;
    }

    /** Something that the sample could not see. */
    public SnapshotBuilder degradation(String missing, String reason, String fix) {
        return degradation(new Degradation("made-up", missing, reason, fix));
    }

    /** As above, with an id of its own. */
    public SnapshotBuilder degradation(Degradation degradation) {
        degradations.add(degradation);
        return this;
    }

    /** An interface that carries so many bytes per second; nothing went wrong there. */
    public SnapshotBuilder link(String name, double rxRate, double txRate) {
        return link(new LinkTotals(
                SafeText.of(name),
                true,
                1_000_000,
                2_000_000,
                rxRate,
                txRate,
                rxRate / 1000,
                txRate / 1000,
                0,
                0,
                0,
                0));
    }

    public SnapshotBuilder link(LinkTotals link) {
        links.add(link);
        return this;
    }

    /** A text's number. */
    public int text(String text) {
        return texts.number(SafeText.of(text));
    }

    public Snapshot build() {
        List<Row> rows = new ArrayList<>(sockets);
        rows.addAll(bundles);
        SocketTable.Builder table = new SocketTable.Builder(rows.size());
        for (int row = 0; row < rows.size(); row++) {
            for (Column column : Column.values()) {
                table.set(column, row, rows.get(row).values[column.ordinal()]);
            }
        }
        ProcessTexts processTexts = processTexts();
        return new Snapshot(
                sequence,
                source,
                1_700_000_000_000_000L + sequence * 1_000_000,
                sequence * 1_000_000_000L,
                elapsedNanos,
                exact,
                Math.max(0, meters.value(Meter.LOST)),
                table.build(sockets.size(), rows.size()),
                processes,
                holders(),
                List.of(new NamespaceInfo(NETNS, SafeText.EMPTY, 0, true)),
                links,
                texts.build(),
                processTexts,
                ended,
                meters,
                degradations);
    }

    private ProcessTexts processTexts() {
        int[][] numbers = new int[ProcessTexts.Text.values().length][processes.size()];
        for (ProcessTexts.Text text : ProcessTexts.Text.values()) {
            for (int i = 0; i < processes.size(); i++) {
                numbers[text.ordinal()][i] = texts.number(text.of(processes.get(i)));
            }
        }
        return new ProcessTexts(numbers);
    }

    /** The owner of each socket alone holds it. */
    private Holders holders() {
        int[] starts = new int[sockets.size() + 1];
        int[] holders = new int[sockets.size()];
        for (int i = 0; i < sockets.size(); i++) {
            long owner = sockets.get(i).values[Column.OWNER.ordinal()];
            starts[i + 1] = starts[i];
            if (owner != SocketTable.ABSENT) {
                holders[starts[i + 1]++] = (int) owner;
            }
        }
        return new Holders(starts, holders);
    }
}
