package shawk.nativelib;

/**
 * Asks the kernel one small question of each kind, in this process's network namespace. Nothing is changed by any: what
 * is to be ended is a connection that cannot be. The order is the ABI's. Thread-safe.
 */
public enum KernelProbe {
    TCP4,
    TCP6,
    UDP4,
    UDP6,
    MPTCP,
    UNIX,
    /** Whether the kernel can end connections, not whether this process may. */
    DESTROY,
    CONNTRACK,
    TCP_INFO;

    /**
     * The kernel's answer.
     *
     * @return of {@link #TCP_INFO} the length of tcp_info in bytes, else 0; negative: an errno
     */
    public int query() throws NativeException {
        NativeLibrary.load();
        return Bindings.shawk_probe(ordinal());
    }
}
