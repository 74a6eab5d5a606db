package shawk.source.diag;

import shawk.model.RawSample;
import shawk.nativelib.SocketSource;
import shawk.source.SamplerSource;
import shawk.source.Source;
import shawk.source.SourceConfig;
import shawk.source.SourceException;

/** Sockets by NETLINK_SOCK_DIAG, with tcp_info; owners by a walk of procfs. Used by one thread at a time. */
public final class NetlinkSource implements Source {
    private final SamplerSource sampler;

    private NetlinkSource(SamplerSource sampler) {
        this.sampler = sampler;
    }

    /** The source, as {@code config} says; whether netlink works shows at the first poll. */
    public static NetlinkSource open(SourceConfig config) throws SourceException {
        return new NetlinkSource(SamplerSource.open("netlink", SocketSource.DIAG, config));
    }

    @Override
    public String name() {
        return sampler.name();
    }

    @Override
    public RawSample poll() throws SourceException {
        return sampler.poll();
    }

    @Override
    public void close() {
        sampler.close();
    }
}
