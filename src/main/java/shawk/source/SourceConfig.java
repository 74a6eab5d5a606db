package shawk.source;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import shawk.model.ContainerNames;

/**
 * What the user asked for.
 *
 * @param choice which source
 * @param netns which network namespaces
 * @param procRoot where procfs is mounted
 * @param netnsDir folder with named network namespaces; it may be missing
 * @param containers what runtimes call their containers
 * @param parts what is read, not empty
 * @param watch what is wanted of what happens between samples
 * @param limits of the tables in the kernel
 */
public record SourceConfig(
        Choice choice,
        NamespaceChoice netns,
        Path procRoot,
        Path netnsDir,
        ContainerNames containers,
        Set<Part> parts,
        Watch watch,
        Limits limits) {
    /** What is read unless the user says otherwise. */
    public static final Set<Part> USUAL = Set.of(Part.TCP, Part.UDP, Part.MPTCP, Part.TRANSLATIONS, Part.LINKS);

    /** The best source that works, all namespaces. */
    public static final SourceConfig DEFAULT =
            new SourceConfig(Choice.AUTO, NamespaceChoice.ALL, Path.of("/proc"), Path.of("/run/netns"));

    /** Which source: a named one never falls back to another. */
    public enum Choice {
        AUTO,
        EBPF,
        NETLINK,
        PROC
    }

    /** What is wanted besides the sockets that live when a sample is taken. */
    public enum Watch {
        /** Nothing: there is to be one sample. */
        NOTHING,
        /** What begins and ends between samples is counted, and what has ended is told. */
        ENDS,
        /** What begins is told too, one by one. */
        OPENINGS
    }

    /**
     * Bounds of what programs in the kernel keep; 0 = the usual one.
     *
     * @param bundles counts of ended connections of one interval
     * @param connections with an account in the kernel
     * @param flows UDP flows of one interval
     * @param ringBytes for records of single connections
     */
    public record Limits(int bundles, int connections, int flows, int ringBytes) {
        /** The usual ones. */
        public static final Limits USUAL = new Limits(0, 0, 0, 0);

        /** The most of each but the ring. */
        public static final int MOST = 1 << 24;

        /** The most of the ring. */
        public static final int RING_MOST = 1 << 30;

        public Limits {
            if (bundles < 0 || bundles > MOST || connections < 0 || connections > MOST || flows < 0 || flows > MOST) {
                throw new IllegalArgumentException("more than the kernel is asked for");
            }
            if (ringBytes < 0 || ringBytes > RING_MOST) {
                throw new IllegalArgumentException("more than the kernel is asked for");
            }
        }
    }

    /** What can be read; what is not asked for costs nothing. */
    public enum Part {
        TCP,
        UDP,
        /** MPTCP sockets; netlink only. Their subflows are TCP connections and always there. */
        MPTCP,
        /** Unix sockets; netlink only. */
        UNIX,
        /** What conntrack translates. */
        TRANSLATIONS,
        /** Counters of the interfaces of the own namespace. */
        LINKS
    }

    public SourceConfig {
        parts = Set.copyOf(parts);
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("nothing to read");
        }
        Objects.requireNonNull(choice);
        Objects.requireNonNull(netns);
        Objects.requireNonNull(procRoot);
        Objects.requireNonNull(netnsDir);
        Objects.requireNonNull(containers);
        Objects.requireNonNull(watch);
        Objects.requireNonNull(limits);
    }

    /** Counts what begins and ends. */
    public SourceConfig(
            Choice choice,
            NamespaceChoice netns,
            Path procRoot,
            Path netnsDir,
            ContainerNames containers,
            Set<Part> parts) {
        this(choice, netns, procRoot, netnsDir, containers, parts, Watch.ENDS, Limits.USUAL);
    }

    /** With the usual parts. */
    public SourceConfig(Choice choice, NamespaceChoice netns, Path procRoot, Path netnsDir, ContainerNames containers) {
        this(choice, netns, procRoot, netnsDir, containers, USUAL);
    }

    /** Containers are shown by their ids. */
    public SourceConfig(Choice choice, NamespaceChoice netns, Path procRoot, Path netnsDir) {
        this(choice, netns, procRoot, netnsDir, ContainerNames.NONE);
    }

    /** The same with other parts. */
    public SourceConfig withParts(Set<Part> others) {
        return new SourceConfig(choice, netns, procRoot, netnsDir, containers, others, watch, limits);
    }

    /** The same with other bounds. */
    public SourceConfig withLimits(Limits other) {
        return new SourceConfig(choice, netns, procRoot, netnsDir, containers, parts, watch, other);
    }

    /** The same with other wishes about what happens between samples. */
    public SourceConfig withWatch(Watch other) {
        return new SourceConfig(choice, netns, procRoot, netnsDir, containers, parts, other, limits);
    }
}
