package shawk.nativelib;

import java.nio.file.Path;
import java.util.Objects;

/**
 * What a {@link Sampler} reads.
 *
 * @param procRoot {@code /proc}, or a made-up tree of the same shape
 * @param netnsDir folder with named namespaces, {@code /run/netns}; it may be missing
 * @param sockets where sockets are read
 * @param scope which namespaces
 * @param netnsInode the namespace for {@link NamespaceScope#INODE}; otherwise 0
 * @param tcp whether TCP is read
 * @param udp whether UDP is read; one of both is
 */
public record SamplerOptions(
        Path procRoot,
        Path netnsDir,
        SocketSource sockets,
        NamespaceScope scope,
        long netnsInode,
        boolean tcp,
        boolean udp) {

    public SamplerOptions {
        Objects.requireNonNull(procRoot);
        Objects.requireNonNull(netnsDir);
        Objects.requireNonNull(sockets);
        Objects.requireNonNull(scope);
        if (!tcp && !udp) {
            throw new IllegalArgumentException("neither TCP nor UDP");
        }
    }

    /** Everything that this host has, by netlink. */
    public static SamplerOptions everything() {
        return new SamplerOptions(
                Path.of("/proc"), Path.of("/run/netns"), SocketSource.DIAG, NamespaceScope.ALL, 0, true, true);
    }

    /** The same with another source of sockets. */
    public SamplerOptions withSockets(SocketSource other) {
        return new SamplerOptions(procRoot, netnsDir, other, scope, netnsInode, tcp, udp);
    }

    /** The same in other namespaces. */
    public SamplerOptions withScope(NamespaceScope other, long inode) {
        return new SamplerOptions(procRoot, netnsDir, sockets, other, inode, tcp, udp);
    }

    int protocols() {
        return (tcp ? 1 : 0) | (udp ? 2 : 0);
    }
}
