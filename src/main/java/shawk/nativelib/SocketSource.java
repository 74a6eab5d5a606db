package shawk.nativelib;

/** Where a {@link Sampler} reads sockets. The order is the ABI's. */
public enum SocketSource {
    /** NETLINK_SOCK_DIAG, with tcp_info. */
    DIAG,
    /** {@code /proc/net/{tcp,udp}{,6}} of each namespace: no netlink needed, but no cookie and no tcp_info. */
    PROC
}
