package shawk.nativelib;

/**
 * What a kernel may have for programs in it, asked for by loading one that uses it, and unloading it at once. The order
 * is the ABI's. Thread-safe.
 */
public enum BpfFeature {
    /** Its types, {@code /sys/kernel/btf/vmlinux}. */
    BTF,
    /** A list of all sockets and their holders. */
    ITERATOR,
    /** How TCP connections change their state. */
    TRACEPOINT,
    /** Who sends and receives, 6.3. */
    IO,
    /** Hooks of the cgroup hierarchy, version 2. */
    CGROUP,
    /** How long programs run. */
    STATISTICS;

    /**
     * The kernel's answer: 0 = yes, else an errno.
     *
     * @throws NativeException if the library is missing
     */
    public int query() throws NativeException {
        BpfLibrary.load();
        return -BpfBindings.shawk_bpf_probe(ordinal());
    }
}
