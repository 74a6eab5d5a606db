package shawk.source;

import java.util.Locale;

/** The ways to read this host's sockets, best first. */
public enum SourceKind {
    /** NETLINK_SOCK_DIAG for sockets, a walk of procfs for owners. */
    NETLINK,
    /** {@code /proc/net/{tcp,udp}{,6}}, and the same walk: no netlink needed, but no tcp_info and no cookies. */
    PROC;

    /** Name as options and dumps write it. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
