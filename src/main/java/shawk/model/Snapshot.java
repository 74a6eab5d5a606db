package shawk.model;

import java.util.List;

/**
 * Everything that is known of this host's sockets at one moment, derived from a raw sample and what was known before.
 * Immutable; every view reads it.
 *
 * @param sequence 1 for the first sample of a run, then 2, …
 * @param source short name of the source, e.g. {@code netlink}
 * @param wallMicros when the sockets were read, microseconds since the epoch
 * @param monotonicNanos the same moment on a clock that never steps
 * @param elapsedNanos since the sample before; 0 at the first, where there are no rates
 * @param exactCounts whether opened, closed and failed are exact; else what polling happened to see
 * @param lost connections that went by uncounted, as far as the source can know
 * @param table the rows
 * @param processes the processes that {@link Column#OWNER} and the holders refer to
 * @param holders which processes hold which socket
 * @param namespaces network namespaces that were looked at, or could not be
 * @param links interfaces of the program's own namespace and what they carry, in the kernel's order
 * @param texts the texts that text columns refer to
 * @param processTexts numbers of the processes' texts, see {@link ProcessTexts}
 * @param ended the connections that ended last
 * @param meters what the source says about its own work
 * @param degradations what this sample could not see
 */
public record Snapshot(
        long sequence,
        String source,
        long wallMicros,
        long monotonicNanos,
        long elapsedNanos,
        boolean exactCounts,
        long lost,
        SocketTable table,
        List<ProcessInfo> processes,
        Holders holders,
        List<NamespaceInfo> namespaces,
        List<LinkTotals> links,
        TextDictionary texts,
        ProcessTexts processTexts,
        Ended ended,
        Meters meters,
        List<Degradation> degradations) {

    /** What there is before the first sample. */
    public static final Snapshot EMPTY = new Snapshot(
            0,
            "none",
            0,
            0,
            0,
            false,
            0,
            SocketTable.EMPTY,
            List.of(),
            Holders.NONE,
            List.of(),
            List.of(),
            TextDictionary.EMPTY,
            ProcessTexts.NONE,
            Ended.NONE,
            Meters.NONE,
            List.of());

    public Snapshot {
        processes = List.copyOf(processes);
        namespaces = List.copyOf(namespaces);
        links = List.copyOf(links);
        degradations = List.copyOf(degradations);
    }

    /** The same with other degradations. */
    public Snapshot withDegradations(List<Degradation> others) {
        return new Snapshot(
                sequence,
                source,
                wallMicros,
                monotonicNanos,
                elapsedNanos,
                exactCounts,
                lost,
                table,
                processes,
                holders,
                namespaces,
                links,
                texts,
                processTexts,
                ended,
                meters,
                others);
    }
}
