package shawk.source.proc;

import shawk.nativelib.SocketSource;
import shawk.source.SamplerSource;
import shawk.source.Source;
import shawk.source.SourceConfig;
import shawk.source.SourceException;

/**
 * Sockets out of {@code /proc/net/{tcp,udp}{,6}} of each namespace, without tcp_info and cookies; owners by a walk of
 * procfs. Used by one thread at a time.
 */
public final class ProcSource {
    private ProcSource() {}

    /** The source, as {@code config} says. */
    public static Source open(SourceConfig config) throws SourceException {
        return SamplerSource.open("proc", SocketSource.PROC, config);
    }
}
