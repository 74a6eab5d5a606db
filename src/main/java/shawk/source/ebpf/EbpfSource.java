package shawk.source.ebpf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import shawk.model.Degradation;
import shawk.model.RawSample;
import shawk.nativelib.BpfOptions;
import shawk.nativelib.BpfProbe;
import shawk.nativelib.NativeException;
import shawk.nativelib.NetworkNamespaces;
import shawk.nativelib.SocketSource;
import shawk.source.Living;
import shawk.source.NamespaceChoice;
import shawk.source.SamplerSource;
import shawk.source.Source;
import shawk.source.SourceConfig;
import shawk.source.SourceException;

/**
 * Programs in the kernel that see each connection begin and end, and list those that live with their owners; inet_diag
 * adds what no process holds. They count from the moment that this is opened on, before the first sample. Used by one
 * thread at a time.
 */
public final class EbpfSource implements Source {
    private static final String NAME = "ebpf";
    /** So many shortages in a row are no passing ones. */
    private static final int SHORTAGES_MAX = 3;

    private static final Path OWN_NAMESPACE = Path.of("/proc/self/ns/net");

    private final SamplerSource sampler;
    private final Kernel kernel;
    private int shortages;

    private EbpfSource(SamplerSource sampler, Kernel kernel) {
        this.sampler = sampler;
        this.kernel = kernel;
    }

    /** The source, as {@code config} says. */
    public static Source open(SourceConfig config) throws SourceException {
        Set<BpfOptions.Part> parts = living(config);
        parts.add(BpfOptions.Part.TRACE);
        if (config.parts().contains(SourceConfig.Part.UDP)) {
            parts.add(BpfOptions.Part.FLOWS);
        }
        if (config.watch() == SourceConfig.Watch.OPENINGS) {
            parts.add(BpfOptions.Part.OPENINGS);
        }
        Kernel kernel = load(config, parts);
        return new EbpfSource(complete(NAME, config, kernel), kernel);
    }

    /** Sockets by inet_diag, of which a program in the kernel lists those that processes hold, with their owners. */
    public static Source openIterator(SourceConfig config) throws SourceException {
        return complete("netlink", config, load(config, living(config)));
    }

    private static Set<BpfOptions.Part> living(SourceConfig config) {
        Set<BpfOptions.Part> parts = EnumSet.of(BpfOptions.Part.LIVING);
        if (config.parts().contains(SourceConfig.Part.UNIX)) {
            parts.add(BpfOptions.Part.UNIX);
        }
        for (BpfOptions.Part each : List.of(BpfOptions.Part.TCP, BpfOptions.Part.UDP, BpfOptions.Part.MPTCP)) {
            if (config.parts().contains(SourceConfig.Part.valueOf(each.name()))) {
                parts.add(each);
            }
        }
        return parts;
    }

    private static Kernel load(SourceConfig config, Set<BpfOptions.Part> parts) throws SourceException {
        try {
            SourceConfig.Limits limits = config.limits();
            BpfOptions options = new BpfOptions(
                    parts,
                    namespace(config),
                    limits.bundles(),
                    limits.connections(),
                    limits.flows(),
                    limits.ringBytes());
            return new Kernel(BpfProbe.open(options), parts);
        } catch (NativeException e) {
            throw SourceException.of(e);
        }
    }

    private static SamplerSource complete(String name, SourceConfig config, Kernel kernel) throws SourceException {
        SamplerSource sampler = null;
        try {
            sampler = SamplerSource.open(name, SocketSource.DIAG, config, kernel);
            return sampler;
        } finally {
            if (sampler == null) {
                kernel.close();
            }
        }
    }

    /** Inode of the one namespace that is wanted; 0 = all. */
    private static long namespace(SourceConfig config) throws NativeException, SourceException {
        NamespaceChoice netns = config.netns();
        return switch (netns.scope()) {
            case ALL -> 0;
            case INODE -> netns.inode();
            case NAME -> NetworkNamespaces.inodeOf(config.netnsDir(), netns.name());
            case SELF -> own();
        };
    }

    private static long own() throws SourceException {
        try {
            return ((Number) Files.getAttribute(OWN_NAMESPACE, "unix:ino")).longValue();
        } catch (IOException e) {
            throw new SourceException("cannot tell the own network namespace by " + OWN_NAMESPACE, e);
        }
    }

    /** The programs, as the sampler asks them. */
    private record Kernel(BpfProbe probe, Set<BpfOptions.Part> parts) implements Living {
        Kernel(BpfProbe probe, Set<BpfOptions.Part> parts) {
            this.probe = probe;
            this.parts = Set.copyOf(parts);
        }

        /** Without the sockets events come alone: counts wait for a sample that has everything. */
        @Override
        public long take(boolean sockets) throws NativeException {
            return probe.take(sockets ? parts : Set.of());
        }

        @Override
        public void close() {
            probe.close();
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public RawSample poll() throws SourceException {
        return reported(read(SamplerSource::poll));
    }

    @Override
    public RawSample pollEvents() throws SourceException {
        return reported(read(SamplerSource::pollEvents));
    }

    /** One way to read of the sampler. */
    @FunctionalInterface
    private interface Reading {
        RawSample of(SamplerSource sampler) throws SourceException;
    }

    private RawSample read(Reading reading) throws SourceException {
        try {
            RawSample sample = reading.of(sampler);
            shortages = 0;
            return sample;
        } catch (SourceException e) {
            shortages += e.passing() ? 1 : 0;
            throw shortages >= SHORTAGES_MAX ? e.lasting() : e;
        }
    }

    private static RawSample reported(RawSample sample) {
        List<Degradation> all = new ArrayList<>(sample.degradations());
        all.addAll(EbpfReport.of(sample));
        return sample.withDegradations(all);
    }

    @Override
    public void setStatistics(boolean on) {
        try {
            kernel.probe().setStatistics(on);
        } catch (NativeException e) {
            // Without CAP_SYS_ADMIN there are none: the figures stay 0, and doctor says why.
        }
    }

    @Override
    public void close() {
        sampler.close();
    }
}
