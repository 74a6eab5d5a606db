package shawk.model;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * What a source read in one go, as fixed-size records, before anything was derived from it. The buffers belong to the
 * source: they are valid until it is polled again, and nobody writes to them.
 *
 * @param source short name of the source
 * @param wallMicros when the sockets were read, microseconds since the epoch
 * @param monotonicNanos the same moment on a clock that never steps
 * @param sockets {@link SocketRecord}s; a socket may stand in two parts of a dump
 * @param socketCount how many
 * @param holders {@link HolderRecord}s, sorted by socket
 * @param holderCount how many
 * @param processes {@link ProcessRecord}s
 * @param processCount how many
 * @param namespaces {@link NetnsRecord}s
 * @param namespaceCount how many
 * @param interfaces {@link InterfaceRecord}s
 * @param interfaceCount how many
 * @param details of the processes that hold a socket for the first time in this sample
 * @param degradations what could not be read this time
 */
public record RawSample(
        String source,
        long wallMicros,
        long monotonicNanos,
        ByteBuffer sockets,
        int socketCount,
        ByteBuffer holders,
        int holderCount,
        ByteBuffer processes,
        int processCount,
        ByteBuffer namespaces,
        int namespaceCount,
        ByteBuffer interfaces,
        int interfaceCount,
        List<ProcessDetails> details,
        List<Degradation> degradations) {
    /** A part of a dump, see {@link NetnsRecord#unread()}: TCP over IPv4. */
    public static final int TCP4 = 1;

    /** TCP sockets of family IPv6. */
    public static final int TCP6 = 2;

    /** UDP over IPv4. */
    public static final int UDP4 = 4;

    /** UDP sockets of family IPv6. */
    public static final int UDP6 = 8;

    /** The same with other degradations. */
    public RawSample withDegradations(List<Degradation> others) {
        return new RawSample(
                source,
                wallMicros,
                monotonicNanos,
                sockets,
                socketCount,
                holders,
                holderCount,
                processes,
                processCount,
                namespaces,
                namespaceCount,
                interfaces,
                interfaceCount,
                details,
                others);
    }
}
