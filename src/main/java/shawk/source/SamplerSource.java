package shawk.source;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import shawk.model.Degradation;
import shawk.model.NetnsRecord;
import shawk.model.ProcessRecord;
import shawk.model.RawSample;
import shawk.nativelib.ControlRecord;
import shawk.nativelib.NamespaceScope;
import shawk.nativelib.NativeException;
import shawk.nativelib.NetworkNamespaces;
import shawk.nativelib.Sampler;
import shawk.nativelib.SamplerOptions;
import shawk.nativelib.SocketSource;

/**
 * What the sources on {@link Sampler} have in common: a sample, the details of processes that are new, and what could
 * not be read, as degradations. Used by one thread at a time.
 */
public final class SamplerSource implements Source {
    private static final int ENOENT = 2;

    private final String name;
    private final SourceConfig config;
    private final Sampler sampler;
    private final Living living;
    private final ProcessDetailsReader details;
    private final Capabilities facts;
    private boolean sampled;

    private SamplerSource(String name, SourceConfig config, Sampler sampler, Living living) {
        this.name = name;
        this.config = config;
        this.living = living;
        this.sampler = sampler;
        this.facts = Capabilities.query(config.procRoot());
        this.details = new ProcessDetailsReader(config.procRoot(), config.containers());
    }

    /** A source called {@code name} that reads {@code sockets} as {@code config} says. */
    public static SamplerSource open(String name, SocketSource sockets, SourceConfig config) throws SourceException {
        return open(name, sockets, config, Living.NONE);
    }

    /** The same, which completes what {@code living} has, and owns it if it comes about. */
    public static SamplerSource open(String name, SocketSource sockets, SourceConfig config, Living living)
            throws SourceException {
        try {
            NamespaceChoice netns = config.netns();
            NamespaceScope scope =
                    switch (netns.scope()) {
                        case ALL -> NamespaceScope.ALL;
                        case SELF -> NamespaceScope.SELF;
                        case INODE, NAME -> NamespaceScope.INODE;
                    };
            SamplerOptions options = new SamplerOptions(
                    config.procRoot(), config.netnsDir(), sockets, scope, inode(config), parts(sockets, config));
            return new SamplerSource(name, config, Sampler.open(options), living);
        } catch (NativeException e) {
            throw SourceException.of(e);
        }
    }

    /** The one namespace that is asked for by name or number; else 0. */
    private static long inode(SourceConfig config) throws NativeException {
        NamespaceChoice netns = config.netns();
        return netns.scope() == NamespaceChoice.Scope.NAME
                ? NetworkNamespaces.inodeOf(config.netnsDir(), netns.name())
                : netns.inode();
    }

    /** Procfs shows neither MPTCP nor who is at the other end of a unix socket: there they are left out. */
    private static Set<SamplerOptions.Part> parts(SocketSource sockets, SourceConfig config) throws SourceException {
        Set<SamplerOptions.Part> parts = EnumSet.noneOf(SamplerOptions.Part.class);
        for (SourceConfig.Part part : config.parts()) {
            boolean netlinkOnly = part == SourceConfig.Part.MPTCP || part == SourceConfig.Part.UNIX;
            if (!netlinkOnly || sockets == SocketSource.DIAG) {
                parts.add(SamplerOptions.Part.valueOf(part.name()));
            }
        }
        if (!parts.contains(SamplerOptions.Part.TCP)
                && !parts.contains(SamplerOptions.Part.UDP)
                && sockets != SocketSource.DIAG) {
            throw new SourceException("procfs does not show what --proto asks for: take --source netlink", null);
        }
        return parts;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public RawSample poll() throws SourceException {
        return poll(true);
    }

    @Override
    public RawSample pollEvents() throws SourceException {
        return poll(false);
    }

    private RawSample poll(boolean sockets) throws SourceException {
        ControlRecord control;
        try {
            control = sampler.sample(living.take(sockets));
        } catch (NativeException e) {
            throw SourceException.whilePolling(e);
        }
        NetnsRecord namespaces = new NetnsRecord(sampler.buffer(Sampler.Section.NAMESPACES));
        if (sockets
                && !sampled
                && config.netns().inode() != 0
                && isMissing(namespaces, control.count(Sampler.Section.NAMESPACES))) {
            throw new SourceException(
                    "no network namespace has the inode " + config.netns().inode() + ": see `lsns -t net`", null);
        }
        sampled |= sockets;
        ProcessRecord processes = new ProcessRecord(sampler.buffer(Sampler.Section.PROCESSES));
        return new RawSample(
                name,
                control.wallMicros(),
                control.monotonicNanos(),
                sections(control),
                details.queryNew(processes, control.count(Sampler.Section.PROCESSES), sockets),
                degradations(control, namespaces));
    }

    private List<RawSample.Section> sections(ControlRecord control) {
        List<RawSample.Section> all = new ArrayList<>();
        for (Sampler.Section section : Sampler.Section.values()) {
            all.add(new RawSample.Section(sampler.buffer(section), control.count(section)));
        }
        return all;
    }

    private static boolean isMissing(NetnsRecord namespaces, int count) {
        return count == 0 || count == 1 && namespaces.at(0).error() == ENOENT;
    }

    private List<Degradation> degradations(ControlRecord control, NetnsRecord namespaces) {
        List<Degradation> all = new ArrayList<>(SampleReport.of(control, facts.canReadOwners()));
        int unseen = 0;
        int errno = 0;
        int partly = 0;
        int untranslated = 0;
        int unsaid = ~SampleReport.told(control);
        for (int i = 0; i < control.count(Sampler.Section.NAMESPACES); i++) {
            if (namespaces.at(i).error() != 0) {
                unseen++;
                errno = namespaces.error();
            } else if ((namespaces.unread() & unsaid & ~RawSample.TRANSLATIONS) != 0) {
                partly++;
            }
            untranslated += (namespaces.unread() & unsaid & RawSample.TRANSLATIONS) != 0 ? 1 : 0;
        }
        if (partly > 0) {
            all.add(SampleReport.parts(partly));
        }
        if (untranslated > 0) {
            all.add(SampleReport.translationsOf(untranslated));
        }
        if (unseen > 0) {
            all.add(SampleReport.namespaces(unseen, errno, living != Living.NONE));
        }
        return all;
    }

    @Override
    public void close() {
        sampler.close();
        living.close();
    }
}
