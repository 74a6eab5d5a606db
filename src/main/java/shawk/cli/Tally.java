package shawk.cli;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import shawk.expr.Doubt;
import shawk.expr.Filter;
import shawk.expr.SortKey;
import shawk.field.CountFields;
import shawk.field.EndpointFields;
import shawk.field.Field;
import shawk.field.KeyField;
import shawk.field.OwnerFields;
import shawk.field.PeerFields;
import shawk.field.QualityFields;
import shawk.field.QueueFields;
import shawk.model.Column;
import shawk.model.Degradation;
import shawk.model.Snapshot;
import shawk.model.SocketTable;
import shawk.pivot.Level;
import shawk.pivot.PivotSpec;
import shawk.pivot.Pivots;
import shawk.pivot.RowChoice;

/**
 * How many connections of a snapshot match a filter, and how many more might if all could be seen. Pure.
 *
 * @param surely connections that match whatever could not be seen
 * @param perhaps these, and those that may match; {@link Bound#NONE} = any number
 * @param rows the rows of the connections that match surely
 * @param doubt why the two differ, one line; empty where they do not
 */
record Tally(long surely, long perhaps, List<Integer> rows, String doubt) {
    /** Degradations that keep whole sockets from being seen. */
    private static final Set<String> UNSEEN = Set.of(
            "tcp", "tcp6", "udp", "udp6", "mptcp", "mptcp6", "unix", "malformed", "netns-parts", "sockets", "records");

    private static final String NETNS = "netns";
    /** Degradations that keep the owners of some sockets from being seen. */
    private static final Set<String> UNOWNED = Set.of("owners", "hidepid", "processes");

    /** Degradations that keep addresses before translation from being seen. */
    private static final Set<String> UNTRANSLATED = Set.of("nat", "nat-cut", "nat-netns");

    /** That executables of some owners are not told. */
    private static final String UNTOLD_EXE = "exe";

    /** That the source gives no tcp_info. */
    private static final String SOURCE = "source";

    /** Fields that are known through the owner alone. */
    private static final Set<String> OF_OWNER =
            Set.of("container", "unit", "pod", "pid", "pgid", "ppid", "process", "exe", "cmdline", "cgroup", "holders");

    /** Besides those of {@link QualityFields}. */
    private static final Set<Field> OF_TCP_INFO = Set.of(
            CountFields.TX_BYTES,
            CountFields.RX_BYTES,
            CountFields.TX_RATE,
            CountFields.RX_RATE,
            EndpointFields.COOKIE,
            QueueFields.MEM,
            QueueFields.QUEUE_DROPS,
            QueueFields.IDLE);

    private static final String AGELESS =
            "the age of connections that are older than this run: nobody saw them begin; use idle, or leave age away";

    private static final List<SortKey> ORDER = List.of(new SortKey(OwnerFields.PROCESS, false));

    Tally {
        rows = List.copyOf(rows);
    }

    /**
     * Counts in {@code snapshot}.
     *
     * @param everywhere whether other network namespaces were asked for by name, so that one that cannot be seen leaves
     *     the count open
     */
    static Tally of(Snapshot snapshot, Filter filter, boolean everywhere) {
        List<Cause> causes = causes(snapshot, filter);
        Set<Field> untold = new HashSet<>();
        Set<String> doubts = new TreeSet<>();
        causes.forEach(cause -> untold.addAll(cause.fields));
        Level candidates = Pivots.of(
                        snapshot, new PivotSpec(List.of(), ORDER, Doubt.perhaps(filter, untold), RowChoice.CONNECTIONS))
                .root();
        RowTests tests = new RowTests(snapshot, filter, causes);
        List<Integer> sure = new ArrayList<>();
        long open = 0;
        for (int i = 0; i < candidates.size(); i++) {
            int row = candidates.row(i);
            if (tests.surely(row)) {
                sure.add(row);
            } else if (tests.perhaps(row)) {
                open++;
                doubts.addAll(tests.doubts(row));
            }
        }
        for (Degradation each : snapshot.degradations()) {
            if (UNSEEN.contains(each.id()) || everywhere && each.id().equals(NETNS)) {
                open = Bound.NONE;
                doubts.add(each.line());
            }
        }
        long most = open == Bound.NONE ? Bound.NONE : sure.size() + open;
        return new Tally(sure.size(), most, sure, String.join("; ", doubts));
    }

    /** What keeps which fields of the filter from being known. */
    private static List<Cause> causes(Snapshot snapshot, Filter filter) {
        List<Cause> causes = new ArrayList<>();
        SocketTable table = snapshot.table();
        for (Degradation each : snapshot.degradations()) {
            if (UNOWNED.contains(each.id())) {
                // A socket without an inode is nobody's: there is no owner to be known.
                add(
                        causes,
                        each.line(),
                        named(filter, field -> OF_OWNER.contains(field.id())),
                        row -> !table.has(Column.OWNER, row) && table.value(Column.INODE, row) > 0);
                Set<Field> peer = named(filter, Set.of(PeerFields.PEER_PROCESS, PeerFields.PEER_HOST)::contains);
                add(causes, each.line(), peer, row -> isAbsent(snapshot, PeerFields.PEER_PROCESS, row));
            } else if (UNTRANSLATED.contains(each.id())) {
                Set<Field> nat = named(filter, Set.of(PeerFields.NAT_RADDR, PeerFields.NAT_RPORT)::contains);
                add(causes, each.line(), nat, row -> isAbsent(snapshot, PeerFields.NAT_RPORT, row));
            } else if (each.id().equals(UNTOLD_EXE)) {
                Set<Field> exe = named(filter, OwnerFields.EXE::equals);
                add(causes, each.line(), exe, row -> isAbsent(snapshot, OwnerFields.EXE, row));
            } else if (each.id().equals(SOURCE)) {
                add(causes, each.line(), named(filter, Tally::isOfTcpInfo), row -> !table.has(Column.COOKIE, row));
            }
        }
        add(causes, AGELESS, named(filter, QueueFields.AGE::equals), row -> !table.has(Column.AGE_MILLIS, row));
        return causes;
    }

    private static boolean isAbsent(Snapshot snapshot, KeyField field, int row) {
        return field.low().read(snapshot, row) == SocketTable.ABSENT;
    }

    private static void add(List<Cause> causes, String line, Set<Field> fields, IntPredicate untold) {
        if (!fields.isEmpty()) {
            causes.add(new Cause(line, fields, untold));
        }
    }

    private static Set<Field> named(Filter filter, Predicate<Field> wanted) {
        return filter.fields().stream().filter(wanted).collect(Collectors.toSet());
    }

    private static boolean isOfTcpInfo(Field field) {
        return OF_TCP_INFO.contains(field) || QualityFields.isQuality(field);
    }

    /** That {@code fields} are not known in the rows that {@code untold} says. */
    private record Cause(String line, Set<Field> fields, IntPredicate untold) {}

    /** The filter under each set of causes, made when the first row asks for it. */
    private static final class RowTests {
        private final Snapshot snapshot;
        private final Filter filter;
        private final List<Cause> causes;
        private final Filter.@Nullable RowTest[] surely;
        private final Filter.@Nullable RowTest[] perhaps;

        RowTests(Snapshot snapshot, Filter filter, List<Cause> causes) {
            this.snapshot = snapshot;
            this.filter = filter;
            this.causes = causes;
            this.surely = new Filter.RowTest[1 << causes.size()];
            this.perhaps = new Filter.RowTest[1 << causes.size()];
        }

        boolean surely(int row) {
            int set = set(row);
            Filter.RowTest test = surely[set];
            if (test == null) {
                test = Doubt.surely(filter, fields(set)).on(snapshot);
                surely[set] = test;
            }
            return test.matches(row);
        }

        boolean perhaps(int row) {
            int set = set(row);
            Filter.RowTest test = perhaps[set];
            if (test == null) {
                test = Doubt.perhaps(filter, fields(set)).on(snapshot);
                perhaps[set] = test;
            }
            return test.matches(row);
        }

        List<String> doubts(int row) {
            int set = set(row);
            List<String> lines = new ArrayList<>();
            for (int i = 0; i < causes.size(); i++) {
                if ((set >> i & 1) != 0) {
                    lines.add(causes.get(i).line);
                }
            }
            return lines;
        }

        private int set(int row) {
            int set = 0;
            for (int i = 0; i < causes.size(); i++) {
                set |= causes.get(i).untold.test(row) ? 1 << i : 0;
            }
            return set;
        }

        private Set<Field> fields(int set) {
            Set<Field> fields = new HashSet<>();
            for (int i = 0; i < causes.size(); i++) {
                if ((set >> i & 1) != 0) {
                    fields.addAll(causes.get(i).fields);
                }
            }
            return fields;
        }
    }
}
