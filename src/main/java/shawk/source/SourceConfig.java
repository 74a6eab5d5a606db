package shawk.source;

import java.nio.file.Path;
import java.util.Objects;
import shawk.model.ContainerNames;

/**
 * What the user asked for.
 *
 * @param choice which source
 * @param netns which network namespaces
 * @param procRoot where procfs is mounted
 * @param netnsDir folder with named network namespaces; it may be missing
 * @param containers what runtimes call their containers
 */
public record SourceConfig(
        Choice choice, NamespaceChoice netns, Path procRoot, Path netnsDir, ContainerNames containers) {
    /** The best source that works, all namespaces. */
    public static final SourceConfig DEFAULT =
            new SourceConfig(Choice.AUTO, NamespaceChoice.ALL, Path.of("/proc"), Path.of("/run/netns"));

    /** Which source: a named one never falls back to another. */
    public enum Choice {
        AUTO,
        NETLINK,
        PROC
    }

    public SourceConfig {
        Objects.requireNonNull(choice);
        Objects.requireNonNull(netns);
        Objects.requireNonNull(procRoot);
        Objects.requireNonNull(netnsDir);
        Objects.requireNonNull(containers);
    }

    /** Containers are shown by their ids. */
    public SourceConfig(Choice choice, NamespaceChoice netns, Path procRoot, Path netnsDir) {
        this(choice, netns, procRoot, netnsDir, ContainerNames.NONE);
    }
}
