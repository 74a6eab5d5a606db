package shawk.cli;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import shawk.expr.Filter;
import shawk.field.Field;
import shawk.model.Address;
import shawk.model.Column;
import shawk.model.Degradation;
import shawk.model.Ended;
import shawk.model.NamespaceInfo;
import shawk.model.PeerNames;
import shawk.model.ProcessInfo;
import shawk.model.SafeText;
import shawk.model.Snapshot;
import shawk.model.SocketTable;
import shawk.model.TextDictionary;

/**
 * Takes what could tell which hosts these are out of a snapshot, before any view sees it: addresses, wherever they
 * stand, names of namespaces, and command lines, whose arguments may be anything. Names of processes, users, control
 * groups and services stay, with the addresses in them replaced.
 *
 * <p>Thread-safe.
 */
final class Redactor {
    private static final Column[] COLUMNS = Column.values();

    private final Pseudonyms pseudonyms;
    private @Nullable TextDictionary lastTexts;
    private TextDictionary lastRedacted = TextDictionary.EMPTY;
    private final @Nullable Filter given;
    private final List<Matches> matches = new ArrayList<>();

    /** {@code given} is the filter that is to be asked about real values; null = none. */
    Redactor(Pseudonyms pseudonyms, @Nullable Filter given) {
        this.pseudonyms = pseudonyms;
        this.given = given;
    }

    /** The redactor that {@code settings} ask for; null = none. */
    static @Nullable Redactor of(ViewSettings settings) {
        ViewSettings.Redaction redaction = settings.redaction();
        return redaction == null ? null : new Redactor(new Pseudonyms(redaction.key()), settings.filter());
    }

    /** The pseudonym of this host's name. */
    synchronized SafeText host(SafeText name) {
        return SafeText.of(pseudonyms.text("host", name.value()));
    }

    /** The same rows, processes and numbers of texts under other names. */
    synchronized Snapshot redact(Snapshot snapshot) {
        Snapshot redacted = new Snapshot(
                snapshot.sequence(),
                snapshot.source(),
                snapshot.wallMicros(),
                snapshot.monotonicNanos(),
                snapshot.elapsedNanos(),
                snapshot.exactCounts(),
                snapshot.lost(),
                table(snapshot.table()),
                processes(snapshot.processes()),
                snapshot.holders(),
                namespaces(snapshot.namespaces()),
                snapshot.links(),
                texts(snapshot),
                snapshot.processTexts(),
                new RedactedEnded(snapshot.ended()),
                snapshot.meters(),
                degradations(snapshot));
        remember(snapshot, redacted);
        return redacted;
    }

    /** What has ended, under the same names; made when somebody looks at it. Thread-safe. */
    private final class RedactedEnded implements Ended {
        private final Ended real;
        private @Nullable Snapshot rows;

        RedactedEnded(Ended real) {
            this.real = real;
        }

        @Override
        public long total() {
            return real.total();
        }

        @Override
        public Snapshot rows() {
            synchronized (Redactor.this) {
                Snapshot made = rows == null ? redact(real.rows()) : rows;
                rows = made;
                return made;
            }
        }
    }

    /**
     * The filter that was given, which knows the real values of each row of the snapshots that were redacted here; null
     * where none was given.
     */
    @Nullable
    Filter filter() {
        return given == null ? null : new RealValues(given);
    }

    /** Asks what was found out before the values were replaced. */
    private final class RealValues implements Filter {
        private final Filter real;

        RealValues(Filter real) {
            this.real = real;
        }

        @Override
        public RowTest on(Snapshot snapshot) {
            BitSet matches = matchesOf(snapshot);
            return matches::get;
        }

        @Override
        public Set<Field> fields() {
            return real.fields();
        }

        @Override
        public String source() {
            return real.source();
        }
    }

    /**
     * Which rows of a redacted snapshot match.
     *
     * @param snapshot goes when no view shows it any more
     * @param rows by what they really are
     */
    private record Matches(WeakReference<Snapshot> snapshot, BitSet rows) {}

    private void remember(Snapshot real, Snapshot redacted) {
        if (given == null) {
            return;
        }
        BitSet rows = new BitSet(real.table().size());
        Filter.RowTest test = given.on(real);
        for (int row = 0; row < real.table().size(); row++) {
            rows.set(row, test.matches(row));
        }
        matches.removeIf(each -> each.snapshot.get() == null);
        matches.add(new Matches(new WeakReference<>(redacted), rows));
    }

    // Two snapshots with equal content are two snapshots all the same.
    @SuppressWarnings("ReferenceEquality")
    private synchronized BitSet matchesOf(Snapshot snapshot) {
        for (Matches each : matches) {
            if (each.snapshot.get() == snapshot) {
                return each.rows;
            }
        }
        if (snapshot.table().size() == 0) {
            return new BitSet();
        }
        throw new IllegalStateException("a snapshot that was not redacted");
    }

    private SocketTable table(SocketTable table) {
        SocketTable.Builder copy = new SocketTable.Builder(table.size());
        for (Column column : COLUMNS) {
            for (int row = 0; row < table.size(); row++) {
                copy.set(column, row, table.value(column, row));
            }
        }
        for (int row = 0; row < table.size(); row++) {
            replace(table, copy, row, Column.LADDR_HIGH, Column.LADDR_LOW);
            replace(table, copy, row, Column.RADDR_HIGH, Column.RADDR_LOW);
            replace(table, copy, row, Column.NAT_RADDR_HIGH, Column.NAT_RADDR_LOW);
            replace(table, copy, row, Column.NAT_LADDR_HIGH, Column.NAT_LADDR_LOW);
        }
        // Nobody is asked about other ends: their names are what is to be hidden.
        copy.peers(PeerNames.NONE, table.hostText());
        return copy.build(table.sockets(), table.size());
    }

    private void replace(SocketTable table, SocketTable.Builder copy, int row, Column high, Column low) {
        if (table.has(low, row)) {
            Address pseudonym = pseudonyms.address(table.value(high, row), table.value(low, row));
            copy.set(high, row, pseudonym.high());
            copy.set(low, row, pseudonym.low());
        }
    }

    private List<ProcessInfo> processes(List<ProcessInfo> processes) {
        List<ProcessInfo> out = new ArrayList<>(processes.size());
        for (ProcessInfo each : processes) {
            out.add(new ProcessInfo(
                    each.id(),
                    each.ppid(),
                    each.pgid(),
                    each.uid(),
                    text(each.name()),
                    text(each.user()),
                    text(each.exe()),
                    commandLine(each.cmdline()),
                    text(each.cgroup()),
                    text(each.container()),
                    text(each.unit()),
                    text(each.pod())));
        }
        return out;
    }

    private List<NamespaceInfo> namespaces(List<NamespaceInfo> namespaces) {
        List<NamespaceInfo> out = new ArrayList<>(namespaces.size());
        for (NamespaceInfo each : namespaces) {
            out.add(new NamespaceInfo(each.inode(), namespace(each.name()), each.errno(), each.self()));
        }
        return out;
    }

    /** Numbers stay, so that rows need no change: a pseudonym that another text has already gets a mark. */
    @SuppressWarnings(
            "ReferenceEquality") // the dictionary that is kept is the same object, and looking into it is the cost
    private TextDictionary texts(Snapshot snapshot) {
        TextDictionary texts = snapshot.texts();
        if (texts == lastTexts) {
            return lastRedacted;
        }
        Map<SafeText, SafeText> special = new HashMap<>();
        for (ProcessInfo each : snapshot.processes()) {
            special.put(each.cmdline(), commandLine(each.cmdline()));
        }
        for (ProcessInfo each : snapshot.processes()) {
            // A command line of one word is often a name as well, and a name stays.
            special.put(each.name(), text(each.name()));
            special.put(each.exe(), text(each.exe()));
        }
        for (NamespaceInfo each : snapshot.namespaces()) {
            special.put(each.name(), namespace(each.name()));
        }
        long host = snapshot.table().hostText();
        if (host != SocketTable.ABSENT) {
            special.put(texts.text(host), host(texts.text(host)));
        }
        TextDictionary.Builder out = new TextDictionary.Builder();
        for (int number = 1; number < texts.size(); number++) {
            SafeText old = texts.text(number);
            SafeText replaced = special.containsKey(old) ? special.get(old) : text(old);
            while (out.number(replaced) != number) {
                replaced = SafeText.of(replaced.value() + "'");
            }
        }
        lastTexts = texts;
        lastRedacted = out.build();
        return lastRedacted;
    }

    private List<Degradation> degradations(Snapshot snapshot) {
        List<Degradation> out = new ArrayList<>();
        for (Degradation each : snapshot.degradations()) {
            out.add(new Degradation(
                    each.id(),
                    line(each.missing(), snapshot),
                    line(each.reason(), snapshot),
                    line(each.fix(), snapshot)));
        }
        return out;
    }

    private String line(String text, Snapshot snapshot) {
        String out = text;
        for (NamespaceInfo each : snapshot.namespaces()) {
            if (!each.name().isEmpty()) {
                out = out.replace(each.name().value(), namespace(each.name()).value());
            }
        }
        return AddressesInText.replace(out, pseudonyms);
    }

    private SafeText namespace(SafeText name) {
        return name.isEmpty() ? name : SafeText.of(pseudonyms.text("netns", name.value()));
    }

    private SafeText commandLine(SafeText line) {
        return line.isEmpty() ? line : SafeText.of(pseudonyms.text("cmdline", line.value()));
    }

    private SafeText text(SafeText text) {
        String replaced = AddressesInText.replace(text.value(), pseudonyms);
        return replaced.equals(text.value()) ? text : SafeText.of(replaced);
    }
}
