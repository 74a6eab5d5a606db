package shawk.cli;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import shawk.collect.Budget;
import shawk.collect.Ticker;
import shawk.enrich.ContainerRoots;
import shawk.enrich.Containers;
import shawk.enrich.GeoFile;
import shawk.enrich.HostNames;
import shawk.enrich.PeerLookup;
import shawk.flow.FlowLimits;
import shawk.flow.FlowTable;
import shawk.model.Names;
import shawk.model.PeerNames;
import shawk.model.Protocol;
import shawk.model.SafeText;
import shawk.model.Snapshot;
import shawk.nativelib.NativeException;
import shawk.nativelib.SelfUsage;
import shawk.source.Capabilities;
import shawk.source.LadderSource;
import shawk.source.NamespaceChoice;
import shawk.source.Source;
import shawk.source.SourceConfig;
import shawk.source.SourceException;
import shawk.source.SourceKind;
import shawk.source.SourcePlan;
import shawk.source.diag.NetlinkSource;
import shawk.source.ebpf.EbpfSource;
import shawk.source.proc.ProcSource;

/** This host: the sources by their plan, folded. Used by one thread. */
final class LiveSamples implements Samples {
    private static final Path PROC = Path.of("/proc");
    private static final Path NETNS = Path.of("/run/netns");
    static final Path ETC = Path.of("/etc");
    private static final Path RANDOM = Path.of("/dev/urandom");

    /** What a run of samples may wait for names of containers, all in all: the only sample has no later one. */
    private static final long CONTAINERS_MILLIS = 200;

    /** Of what events are; the rest of a sample is not looked at. */
    private static final Set<SourceConfig.Part> EVENT_PARTS = Set.of(SourceConfig.Part.TCP, SourceConfig.Part.MPTCP);

    private final Source source;
    private final FlowTable table;
    private final DebugLog log;
    private final HeapKeeper heap = new HeapKeeper();
    private final Budget budget;
    private final long intervalNanos;

    private final PeerNames peers;

    private LiveSamples(ViewSettings view, Source source, FlowTable table, PeerNames peers, DebugLog log) {
        this.peers = peers;
        this.budget = budget(view);
        this.intervalNanos = view.intervalNanos();
        this.source = source;
        this.table = table;
        this.log = log;
    }

    /** Opens nothing yet but what decides whether there is a way at all. */
    static LiveSamples open(ViewSettings view, Environment environment, DebugLog log) throws Failure {
        // An assertion, which sorts nothing, goes by what is certain at once.
        boolean asks = !view.sort().isEmpty() && CmdbPeers.wanted(view);
        SafeText host = TopCommand.queryHost();
        PeerNames peers = asks ? CmdbPeers.of(view, environment, host) : PeerNames.of(host);
        FlowTable table = newTable(withPlaces(new PeeredNames(HostNames.query(ETC), peers), view));
        return new LiveSamples(view, openSource(view, environment, log, CONTAINERS_MILLIS), table, peers, log);
    }

    /** What keeps a run within what {@code view} allows it. */
    static Budget budget(ViewSettings view) {
        return new Budget(view.budgetPercent(), LiveSamples::queryCpuMicros, Ticker.SYSTEM);
    }

    private static long queryCpuMicros() {
        try {
            return SelfUsage.cpuMicros();
        } catch (NativeException e) {
            return -1;
        }
    }

    /** The source that {@code view} asks for; where nothing can work, why, and what to do. */
    static Source openSource(ViewSettings view, Environment environment, DebugLog log) throws Failure {
        return openSource(view, environment, log, 0);
    }

    private static Source openSource(ViewSettings view, Environment environment, DebugLog log, long containersMillis)
            throws Failure {
        SourceConfig config = config(view, environment, new Containers(ContainerRoots.HOST, containersMillis));
        return openSource(config, log);
    }

    private static Source openSource(SourceConfig config, DebugLog log) throws Failure {
        Capabilities facts = Capabilities.query(config.procRoot());
        LadderSource source = new LadderSource(facts, config, LiveSamples::open);
        SourcePlan plan = source.plan();
        if (log.on()) {
            log.line("facts: " + facts);
            log.line("plan: " + plan);
        }
        if (plan.ladder().isEmpty()) {
            throw Failure.missing(plan.refusal());
        }
        return source;
    }

    /** A source that tells of single connections as they open and end too, where it can; else one that polls. */
    static Source openEventSource(ViewSettings view, Environment environment, DebugLog log) throws Failure {
        SourceConfig config = config(view, environment, new Containers(ContainerRoots.HOST, 0))
                .withParts(EVENT_PARTS)
                .withWatch(SourceConfig.Watch.OPENINGS);
        return openSource(config, log);
    }

    /** What kills on the host whose sockets these are. */
    static Killer killer(Environment environment) throws Failure {
        return new NativeKiller(procRoot(environment), NETNS);
    }

    /** An empty table with this host's names. */
    static FlowTable newTable() {
        return newTable(HostNames.query(ETC));
    }

    /** An empty table with this host's names, for what is stored. */
    static FlowTable newStoringTable() {
        return new FlowTable(HostNames.query(ETC), FlowLimits.STORING, seed());
    }

    /** An empty table with these names. */
    static FlowTable newTable(Names names) {
        return new FlowTable(names, FlowLimits.DEFAULT, seed());
    }

    /** An empty table with this host's names, and the places that {@code view} asks for. */
    static FlowTable newTable(ViewSettings view) throws Failure {
        PeerNames peers = PeerNames.of(TopCommand.queryHost());
        return newTable(withPlaces(new PeeredNames(HostNames.query(ETC), peers), view));
    }

    /** {@code names}, and the places that {@code view} asks for. */
    static Names withPlaces(Names names, ViewSettings view) throws Failure {
        Names all = names;
        // The first file is asked first.
        for (int i = view.geoip().size() - 1; i >= 0; i--) {
            Path file = view.geoip().get(i);
            try {
                all = GeoFile.open(file, all);
            } catch (IOException e) {
                throw Failure.missing(Opt.GEOIP.longName() + " " + Failure.quote(file.toString()) + ": "
                        + e.getMessage() + "; give a .mmdb file, such as GeoLite2-Country.mmdb");
            }
        }
        return all;
    }

    private static Source open(SourceKind kind, SourceConfig config) throws SourceException {
        return switch (kind) {
            case EBPF -> EbpfSource.open(config);
            case ITERATOR -> EbpfSource.openIterator(config);
            case NETLINK -> NetlinkSource.open(config);
            case PROC -> ProcSource.open(config);
        };
    }

    private static SourceConfig config(ViewSettings view, Environment environment, Containers containers)
            throws Failure {
        SourceConfig.Choice choice =
                switch (view.source()) {
                    case "ebpf" -> SourceConfig.Choice.EBPF;
                    case "netlink" -> SourceConfig.Choice.NETLINK;
                    case "proc" -> SourceConfig.Choice.PROC;
                    default -> SourceConfig.Choice.AUTO;
                };
        return new SourceConfig(
                choice,
                netns(view.netns()),
                procRoot(environment),
                NETNS,
                containers,
                parts(view.protocols()),
                view.once() ? SourceConfig.Watch.NOTHING : SourceConfig.Watch.ENDS,
                environment.limits());
    }

    private static Set<SourceConfig.Part> parts(Set<Protocol> protocols) {
        Set<SourceConfig.Part> parts = EnumSet.of(SourceConfig.Part.LINKS);
        protocols.forEach(protocol -> parts.add(SourceConfig.Part.valueOf(protocol.name())));
        if (!protocols.equals(Set.of(Protocol.UNIX))) {
            parts.add(SourceConfig.Part.TRANSLATIONS);
        }
        return parts;
    }

    private static NamespaceChoice netns(String typed) throws Failure {
        NamespaceChoice choice = typed.isEmpty() ? NamespaceChoice.ALL : NamespaceChoice.parse(typed);
        if (choice.scope() == NamespaceChoice.Scope.NAME && !Files.exists(NETNS.resolve(choice.name()))) {
            throw Failure.usage(Opt.NETNS.longName() + " " + Failure.quote(choice.name())
                    + ": there is no such name under " + NETNS + "; ip netns lists them");
        }
        return choice;
    }

    private static Path procRoot(Environment environment) throws Failure {
        String root = environment.value(Environment.PROC_ROOT);
        if (root == null) {
            return PROC;
        }
        if (!root.startsWith("/") || root.indexOf('\0') >= 0 || !Files.isDirectory(Path.of(root))) {
            throw Failure.missing(Environment.PROC_ROOT + "=" + Failure.quote(root)
                    + " is no folder; give the absolute path of a procfs, or unset it");
        }
        return Path.of(root);
    }

    /** Eight bytes that nobody can guess; a generator of the JDK's would cost a tenth of a small dump. */
    static long seed() {
        try (InputStream in = new FileInputStream(RANDOM.toFile())) {
            return ByteBuffer.wrap(in.readNBytes(Long.BYTES)).getLong();
        } catch (IOException e) {
            return System.nanoTime();
        }
    }

    @Override
    public Snapshot next() throws Failure {
        try {
            if (table.sequence() > 0) {
                heap.afterSample();
            }
            budget.sampled();
            long before = System.nanoTime();
            Snapshot snapshot = table.fold(budget.said(source.poll(), intervalNanos));
            if (log.on()) {
                log.line("sample " + snapshot.sequence() + " by " + snapshot.source() + " in "
                        + (System.nanoTime() - before) / 1000 + " us");
            }
            return snapshot;
        } catch (SourceException e) {
            throw Failure.missing(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public long intervalNanos(long asked) {
        return budget.inForce(asked);
    }

    @Override
    public boolean asksPeers() {
        return peers instanceof PeerLookup;
    }

    @Override
    public void awaitPeers(long nanos) {
        if (peers instanceof PeerLookup lookup) {
            try {
                lookup.await(nanos);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() {
        if (peers instanceof PeerLookup lookup) {
            lookup.close();
        }
        source.close();
    }
}
