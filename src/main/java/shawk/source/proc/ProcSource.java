package shawk.source.proc;

import shawk.model.RawSample;
import shawk.nativelib.SocketSource;
import shawk.source.SamplerSource;
import shawk.source.Source;
import shawk.source.SourceConfig;
import shawk.source.SourceException;

/**
 * Sockets out of {@code /proc/net/{tcp,udp}{,6}} of each namespace, without tcp_info and cookies; owners by a walk of
 * procfs. Used by one thread at a time.
 */
public final class ProcSource implements Source {
    private final SamplerSource sampler;

    private ProcSource(SamplerSource sampler) {
        this.sampler = sampler;
    }

    /** The source, as {@code config} says. */
    public static ProcSource open(SourceConfig config) throws SourceException {
        return new ProcSource(SamplerSource.open("proc", SocketSource.PROC, config));
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
