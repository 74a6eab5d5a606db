package shawk.nativelib;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/**
 * What a {@link Sampler} reads.
 *
 * @param procRoot {@code /proc}, or a made-up tree of the same shape
 * @param netnsDir folder with named namespaces, {@code /run/netns}; it may be missing
 * @param sockets where sockets are read
 * @param scope which namespaces
 * @param netnsInode the namespace for {@link NamespaceScope#INODE}; otherwise 0
 * @param parts what is read, not empty; only TCP and UDP where sockets come out of procfs
 */
public record SamplerOptions(
        Path procRoot, Path netnsDir, SocketSource sockets, NamespaceScope scope, long netnsInode, Set<Part> parts) {

    /** What can be read, in the order of the ABI. */
    public enum Part {
        TCP,
        UDP,
        MPTCP,
        UNIX,
        TRANSLATIONS,
        LINKS
    }

    public SamplerOptions {
        Objects.requireNonNull(procRoot);
        Objects.requireNonNull(netnsDir);
        Objects.requireNonNull(sockets);
        Objects.requireNonNull(scope);
        parts = Set.copyOf(parts);
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("nothing to read");
        }
    }

    /** Everything that this host has, by netlink. */
    public static SamplerOptions everything() {
        return new SamplerOptions(
                Path.of("/proc"),
                Path.of("/run/netns"),
                SocketSource.DIAG,
                NamespaceScope.ALL,
                0,
                EnumSet.allOf(Part.class));
    }

    /** The same with another source of sockets. */
    public SamplerOptions withSockets(SocketSource other) {
        return new SamplerOptions(procRoot, netnsDir, other, scope, netnsInode, parts);
    }

    /** The same in other namespaces. */
    public SamplerOptions withScope(NamespaceScope other, long inode) {
        return new SamplerOptions(procRoot, netnsDir, sockets, other, inode, parts);
    }

    /** The same, of which only {@code some} are read. */
    public SamplerOptions withParts(Set<Part> some) {
        return new SamplerOptions(procRoot, netnsDir, sockets, scope, netnsInode, some);
    }

    int partBits() {
        return parts.stream().mapToInt(part -> 1 << part.ordinal()).sum();
    }
}
