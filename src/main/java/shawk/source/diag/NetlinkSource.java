package shawk.source.diag;

import shawk.nativelib.SocketSource;
import shawk.source.SamplerSource;
import shawk.source.Source;
import shawk.source.SourceConfig;
import shawk.source.SourceException;

/**
 * Sockets by NETLINK_SOCK_DIAG, with tcp_info; owners by a walk of procfs. Opens it; what it opens is used by one
 * thread at a time.
 */
public final class NetlinkSource {
    private NetlinkSource() {}

    /** The source, as {@code config} says; whether netlink works shows at the first poll. */
    public static Source open(SourceConfig config) throws SourceException {
        return SamplerSource.open("netlink", SocketSource.DIAG, config);
    }
}
