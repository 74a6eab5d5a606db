package shawk.flow;

import java.nio.ByteBuffer;
import java.util.Arrays;
import shawk.model.Address;
import shawk.model.BundleRecord;
import shawk.model.Names;
import shawk.model.PeerNames;
import shawk.model.ProcessTexts;
import shawk.model.Protocol;
import shawk.model.RawSample;
import shawk.model.RawSection;
import shawk.model.RowKind;
import shawk.model.Snapshot;
import shawk.model.SocketRecord;
import shawk.model.SocketTable;

/**
 * Folds raw samples into snapshots. It remembers from sample to sample who each connection is, who opened it, whose it
 * is and what it had counted, and what has ended; see {@link Connections}, {@link Directions}, {@link Owners},
 * {@link Lives}, {@link Bundles}, {@link Payload}, {@link Verdicts} for the rules, and {@link Attribution},
 * {@link UdpFlows}, {@link EndedLog}, {@link Ledger} for what programs in the kernel tell.
 *
 * <p>It reads no clock and makes no I/O. Used by one thread; the snapshots are immutable.
 */
public final class FlowTable {
    private final FlowLimits limits;
    private final Connections connections;
    private final Namespaces namespaces = new Namespaces();
    private final Listeners listeners;
    /** Those of the sample before, while one is folded: then those of their owners that have ended are forgotten. */
    private final Listeners formerListeners;

    private final AddressSet locals;
    private final AddressSet hosts;
    private final Texts texts;
    private final Places places;
    private final FarEnds farEnds;
    private final PeerNames peerNames;
    private final Processes processes;
    private final Bundles bundles;
    private final Directions directions;
    private final Owners owners;
    private final Peers peers;
    private final Translations translations;
    private final Subflows subflows;
    private final UnixSockets unix;
    private final Links links;
    private final EndedLog endedLog;
    private final Happenings happenings;
    private final Attribution attribution;
    private final Ledger ledger = new Ledger();
    private final UdpFlows flows;
    private final FlowRows flowRows;
    private final Lives lives;
    private final RowWriter writer;
    private final Interfaces interfaces = new Interfaces();
    private final SocketKey key = new SocketKey();
    private final Ends counterpart = new Ends();

    private int[] rowRecord = new int[64];
    private int[] rowId = new int[64];
    private int[] rowListener = new int[64];
    /** By bundle of the sample where it is counted. */
    private int[] bundleOf = new int[0];

    private SocketRecord records = new SocketRecord(ByteBuffer.allocate(0));
    /** Rows of sockets that have addresses; those of unix sockets follow. */
    private int inetRows;

    private int rows;
    private int dropped;
    private int malformed;

    private long sequence;
    private String source = "";
    private long lastNanos;
    private final long seed;
    private SampleHead head = SampleHead.NONE;

    /** With names out of {@code names}, and a hash seed that nobody outside can guess. */
    public FlowTable(Names names, FlowLimits limits, long seed) {
        this.limits = limits;
        this.seed = seed;
        this.connections = new Connections(seed);
        this.listeners = new Listeners(seed);
        this.formerListeners = new Listeners(seed);
        this.locals = new AddressSet(seed);
        this.hosts = new AddressSet(seed);
        this.texts = new Texts(names, seed);
        this.places = new Places(names, texts, Places.MOST, Places.MOST_A_SAMPLE, seed);
        this.peerNames = names.peers();
        this.farEnds = new FarEnds(peerNames, texts);
        this.processes = new Processes(texts, limits.processes(), limits.endedProcesses(), seed);
        this.bundles = new Bundles(limits.bundles(), seed);
        this.directions = new Directions(connections, listeners, locals, namespaces);
        this.owners = new Owners(connections, processes, listeners, directions);
        this.translations = new Translations(seed);
        this.peers = new Peers(connections, listeners, hosts, translations, seed);
        this.subflows = new Subflows(connections, seed);
        this.unix = new UnixSockets(connections, owners, texts, seed);
        this.links = new Links(limits.links());
        this.attribution = new Attribution(connections, directions, listeners, formerListeners, processes);
        this.endedLog = new EndedLog(limits.ended());
        this.happenings = new Happenings(connections, attribution, processes, texts, interfaces, places, endedLog);
        this.flows = new UdpFlows(processes, limits.udpFlows(), seed);
        this.flowRows = new FlowRows(flows, connections, listeners, hosts, namespaces, processes, owners, texts);
        this.lives = new Lives(connections, bundles);
        this.writer = new RowWriter(connections, processes, texts);
    }

    /** How many samples have been folded. */
    public long sequence() {
        return sequence;
    }

    /** The snapshot of {@code sample}, whose buffers are not needed afterwards. */
    public Snapshot fold(RawSample sample) {
        sequence++;
        long elapsed = sequence == 1 ? 0 : Math.max(0, sample.monotonicNanos() - lastNanos);
        begin(sample, elapsed);
        identify(sample);
        nameListeners();
        SocketTable table = write(sample, elapsed);
        ProcessTexts processTexts = processes.listTexts();
        head = new SampleHead(
                sequence,
                sample.source(),
                sample.wallMicros(),
                sample.monotonicNanos(),
                elapsed,
                ledger.exactCounts(),
                ledger.lost(),
                namespaces.infos(),
                seed,
                peerNames);
        Snapshot snapshot = new Snapshot(
                sequence,
                sample.source(),
                sample.wallMicros(),
                sample.monotonicNanos(),
                elapsed,
                head.exactCounts(),
                head.lost(),
                table,
                processes.list(),
                owners.build(table.sockets()),
                namespaces.infos(),
                links.read(sample, elapsed),
                texts.build(),
                processTexts,
                endedLog.view(head),
                ledger.meters(),
                Shortfalls.of(
                        sample, limits, dropped, malformed, processes, bundles, flows, ledger, peerNames.trouble()));
        formerListeners.clear();
        processes.sweep();
        lastNanos = sample.monotonicNanos();
        return snapshot;
    }

    /**
     * The single events of the sample that was folded last, in the order of their times, as rows of a snapshot of their
     * own: {@link shawk.model.Column#EVENT} says what happened, {@link shawk.model.Column#EVENT_NANOS} when. To be
     * called by the thread that folds, before it folds the next sample.
     */
    public Snapshot events() {
        return happenings.rows(head, owners);
    }

    /** The next sample does not follow the one before: what happened in between is left out, and not missing. */
    public void skip() {
        ledger.skip();
    }

    /**
     * The single events of {@code part}, a sample that has nothing else but processes: who they are of goes by what the
     * last whole sample showed, and nothing is counted. To be called by the thread that folds.
     */
    public Snapshot events(RawSample part) {
        processes.read(part, sequence);
        places.begin();
        happenings.read(part, sequence, rowRecord);
        return happenings.rows(
                new SampleHead(
                        sequence,
                        part.source(),
                        part.wallMicros(),
                        part.monotonicNanos(),
                        0,
                        head.exactCounts(),
                        head.lost(),
                        namespaces.infos(),
                        seed,
                        PeerNames.NONE),
                owners);
    }

    /** Whether some TCP sockets of a namespace should have been in the sample that was folded last and were not. */
    public boolean isUnread(long netns) {
        return namespaces.isUnread(netns);
    }

    /**
     * Which record of the sample that was folded last a socket row of its snapshot was made of; a number beyond all
     * sockets where it was made of none.
     */
    public int recordOf(int row) {
        return row < rows ? rowRecord[row] : Integer.MAX_VALUE;
    }

    /** Which event of the sample that was folded last a row of {@link #events} was made of. */
    public int eventOf(int row) {
        return happenings.recordOf(row);
    }

    /**
     * In which row of the snapshot a bundle of the sample that was folded last is counted; -1 where that is not one
     * with its ends.
     */
    public int rowOfBundle(int record) {
        return bundleOf[record] < 0 ? -1 : rows + flowRows.size() + bundleOf[record];
    }

    /** In which row of the snapshot a UDP flow of the sample that was folded last is counted; -1 = in none. */
    public int rowOfFlow(int record) {
        return flowRows.rowOf(record);
    }

    private void begin(RawSample sample, long elapsed) {
        if (texts.size() > limits.texts()) {
            texts.restart();
        }
        if (!source.isEmpty() && !source.equals(sample.source())) {
            connections.forgetCookies();
        }
        source = sample.source();
        ledger.read(sample);
        namespaces.read(sample);
        namespaces.number(texts);
        processes.read(sample, sequence);
        rollUpProcesses();
        owners.read(sample);
        interfaces.read(sample, texts);
        places.begin();
        translations.read(sample);
        unix.read(sample);
        bundles.beginInterval();
        flows.read(sample, sequence);
        lives.begin(sample, sequence, elapsed, ledger.exact());
    }

    private void rollUpProcesses() {
        int[] owner = processes.rollUpEnded();
        if (owner.length == 0) {
            return;
        }
        for (int id = 0; id < connections.limit(); id++) {
            if (connections.seen[id] != 0 && connections.owner[id] >= 0) {
                connections.owner[id] = owner[connections.owner[id]];
            }
        }
        bundles.reassign(owner);
        flows.reassign(owner);
        listeners.reassign(owner);
    }

    /** Finds out which known socket each record is, and collects what listens. */
    private void identify(RawSample sample) {
        listeners.handOver(formerListeners);
        locals.clear();
        hosts.clear();
        peers.clear();
        subflows.clear();
        rows = 0;
        dropped = 0;
        malformed = 0;
        int sockets = sample.count(RawSection.SOCKETS);
        ensureRows(Math.min(sockets + unix.count(), limits.sockets()));
        records = new SocketRecord(sample.buffer(RawSection.SOCKETS));
        for (int i = 0; i < sockets; i++) {
            if (!key.read(records.at(i))) {
                malformed++;
            } else if (rows == limits.sockets()) {
                dropped++;
            } else {
                identify(i);
            }
        }
        subflows.decide();
        inetRows = rows;
        for (int i = 0; i < unix.count(); i++) {
            if (!key.read(unix.at(i))) {
                malformed++;
            } else if (rows == limits.sockets()) {
                dropped++;
            } else {
                unix.add(take(sockets + i), key);
            }
        }
    }

    private void identify(int position) {
        int id = take(position);
        rowListener[connections.row[id]] = key.kind == RowKind.LISTENER ? listeners.add(key) : Listeners.NONE;
        if (!Address.isWildcard(key.lHigh, key.lLow) && locals.add(key.netns, key.lHigh, key.lLow)) {
            hosts.add(0, key.lHigh, key.lLow);
        }
        if (key.subflow) {
            subflows.addPart(id, key.token);
        } else if (key.protocol == Protocol.MPTCP) {
            subflows.addSocket(id, key.token);
        }
    }

    /** The number of the socket whose key was read, which has a row from now on. */
    private int take(int position) {
        int id = connections.find(key);
        if (id < 0) {
            id = connections.add(key);
            connections.begin(id, key, namespaces.isNewSocketYoung(key.netns, key.part()));
        } else if (!connections.continues(id, key)) {
            lives.end(id);
            connections.begin(id, key, sequence > 1);
        } else if (connections.seen[id] != sequence) {
            connections.interval[id] = connections.seen[id] == sequence - 1;
        }
        int row = connections.seen[id] == sequence ? connections.row[id] : rows++;
        rowRecord[row] = position;
        rowId[row] = id;
        connections.update(id, key, sequence, row);
        return id;
    }

    private void ensureRows(int count) {
        if (count > rowRecord.length) {
            int capacity = count + count / 2;
            rowRecord = new int[capacity];
            rowId = new int[capacity];
            rowListener = new int[capacity];
        }
    }

    /** Each listener is owned by the youngest of the processes that its sockets belong to. */
    private void nameListeners() {
        for (int row = 0; row < inetRows; row++) {
            int listener = rowListener[row];
            if (listener != Listeners.NONE) {
                int holder = owners.youngestHolder(rowId[row], rowRecord[row]);
                int owner = holder != Connections.NOBODY ? holder : connections.owner[rowId[row]];
                int known = listeners.owner(listener);
                if (owner != Connections.NOBODY && (known == Connections.NOBODY || processes.isYounger(owner, known))) {
                    listeners.setOwner(listener, owner);
                }
            }
        }
    }

    private SocketTable write(RawSample sample, long elapsed) {
        decide();
        decideUnix(sample.count(RawSection.SOCKETS));
        happenings.read(sample, sequence, rowRecord);
        endWhatIsGone();
        countWhatEnded(sample);
        int sockets = rows + flowRows.count(sample);
        SocketTable.Builder table = new SocketTable.Builder(sockets + bundles.size());
        writer.begin(table, sequence, sample.monotonicNanos(), elapsed, ledger.exact());
        flowRows.begin(table, sequence, sample.monotonicNanos(), elapsed);
        for (int row = 0; row < inetRows; row++) {
            writeRow(row);
        }
        for (int row = inetRows; row < rows; row++) {
            int id = rowId[row];
            var record = unix.at(rowRecord[row] - sample.count(RawSection.SOCKETS));
            key.read(record);
            owners.list(row, rowRecord[row]);
            writer.writeUnix(row, id, key, record, unix.path(id));
            writer.writePeer(row, unix.peerOwner(id));
        }
        flowRows.write(rows, rowRecord);
        bundles.write(table, sockets, processes, texts, elapsed);
        places.write(table, sockets + bundles.size());
        farEnds.write(table, sockets + bundles.size());
        return table.build(sockets, sockets + bundles.size());
    }

    /** What the kernel has counted of connections that ended since the sample before. */
    private void countWhatEnded(RawSample sample) {
        BundleRecord r = new BundleRecord(sample.buffer(RawSection.BUNDLES));
        int count = sample.count(RawSection.BUNDLES);
        if (bundleOf.length < count) {
            bundleOf = new int[count + count / 4];
        }
        for (int i = 0; i < count; i++) {
            key.read(r.at(i));
            attribution.decide(key, r);
            bundleOf[i] = bundles.add(r, key, attribution, sequence);
        }
        if (bundles.shrink()) {
            Arrays.fill(bundleOf, -1);
        }
    }

    /** Direction, owner, life and other end of each socket that has addresses. */
    private void decide() {
        for (int row = 0; row < inetRows; row++) {
            int id = rowId[row];
            key.read(records.at(rowRecord[row]));
            directions.decide(id, key, records);
            decideOwner(row, id);
            lives.step(id, key, records);
            peers.add(id);
        }
        subflows.share();
        peers.join();
    }

    private void decideOwner(int row, int id) {
        int flow = flowRows.join(key);
        if (flow != UdpFlows.NONE) {
            connections.proof[id] = owners.decide(id, key, rowRecord[row], flows.owner[flow], flows.proof[flow]);
        } else {
            int told = records.has(SocketRecord.HAS_LIFE) ? processes.named(records.owner()) : Connections.NOBODY;
            connections.proof[id] = owners.decide(id, key, rowRecord[row], told, Attribution.proof(records.proof()));
        }
    }

    /** The same of unix sockets, those that wait first: what was not accepted yet belongs to their owners. */
    private void decideUnix(int firstPosition) {
        for (boolean waiting : new boolean[] {true, false}) {
            for (int row = inetRows; row < rows; row++) {
                int id = rowId[row];
                key.read(unix.at(rowRecord[row] - firstPosition));
                if ((key.kind == RowKind.LISTENER) == waiting) {
                    unix.join(id, key);
                    unix.decide(id, key, rowRecord[row]);
                    lives.step(id, key, null);
                }
            }
        }
    }

    private void writeRow(int row) {
        int id = rowId[row];
        key.read(records.at(rowRecord[row]));
        owners.list(row, rowRecord[row]);
        writer.writeIdentity(row, id, key, records);
        if (key.ifindex != 0) {
            writer.writeInterface(row, interfaces.text(key.netns, key.ifindex));
        }
        if (key.hasPeer() && peers.translated(id, counterpart)) {
            writer.writeTranslation(row, key, counterpart);
        }
        writer.writePeer(row, peers.owner(id, key));
        writer.writeMeasures(row, id, key, records, connections.interval[id]);
        if (key.protocol == Protocol.UDP && key.kind == RowKind.CONNECTION && ledger.hasFlows()) {
            flowRows.writeJoined(row, key);
        }
    }

    /** What could not be looked at this time is not gone. */
    private void endWhatIsGone() {
        for (int id = 0; id < connections.limit(); id++) {
            long seen = connections.seen[id];
            if (seen == 0 || seen == sequence) {
                continue;
            }
            if (!namespaces.isUnread(connections.ends.netns[id], connections.part[id])) {
                lives.end(id);
                connections.remove(id);
            } else if (connections.owner[id] != Connections.NOBODY) {
                processes.place(connections.owner[id]);
            }
        }
    }
}
