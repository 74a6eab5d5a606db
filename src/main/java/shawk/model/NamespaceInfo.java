package shawk.model;

/**
 * A network namespace of a snapshot.
 *
 * @param inode its inode number, which identifies it as long as it lives
 * @param name file name under {@code /run/netns}; empty where it has none
 * @param errno 0, or why its sockets could not be seen
 * @param self whether it is the one that this program runs in
 */
public record NamespaceInfo(long inode, SafeText name, int errno, boolean self) {}
