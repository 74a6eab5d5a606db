package shawk.nativelib;

/** Which network namespaces a {@link Sampler} reads. The order is the ABI's. */
public enum NamespaceScope {
    /** Each that a process lives in, and those named under the folder for names. */
    ALL,
    /** The caller's own. */
    SELF,
    /** The one with a given inode. */
    INODE
}
