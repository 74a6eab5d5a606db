package shawk.source;

import java.util.Locale;

/** The ways to read this host's sockets, best first. */
public enum SourceKind {
    /** Programs in the kernel see each connection begin and end, and list those that live with who holds them. */
    EBPF,
    /** NETLINK_SOCK_DIAG for sockets, a program in the kernel lists who holds them. */
    ITERATOR,
    /** NETLINK_SOCK_DIAG for sockets, a walk of procfs for owners. */
    NETLINK,
    /** {@code /proc/net/{tcp,udp}{,6}}, and the same walk: no netlink needed, but no tcp_info and no cookies. */
    PROC;

    /** Name as options and dumps write it: where sockets come from, however their owners are found. */
    public String id() {
        return this == ITERATOR ? NETLINK.id() : name().toLowerCase(Locale.ROOT);
    }

    /** Whether it takes programs in the kernel. */
    boolean byPrograms() {
        return this == EBPF || this == ITERATOR;
    }
}
