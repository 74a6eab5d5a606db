package shawk.flow;

import java.util.List;
import shawk.model.Degradation;
import shawk.model.Ended;
import shawk.model.Holders;
import shawk.model.Meters;
import shawk.model.NamespaceInfo;
import shawk.model.PeerNames;
import shawk.model.ProcessInfo;
import shawk.model.ProcessTexts;
import shawk.model.Snapshot;
import shawk.model.SocketTable;
import shawk.model.TextDictionary;

/**
 * What all snapshots of one sample have in common.
 *
 * @param seed of hashes
 * @param peers who may be asked about other ends
 */
record SampleHead(
        long sequence,
        String source,
        long wallMicros,
        long monotonicNanos,
        long elapsedNanos,
        boolean exactCounts,
        long lost,
        List<NamespaceInfo> namespaces,
        long seed,
        PeerNames peers) {
    static final SampleHead NONE = new SampleHead(0, "none", 0, 0, 0, false, 0, List.of(), 0, PeerNames.NONE);

    /** A snapshot of other rows than the sample's. */
    Snapshot snapshot(
            SocketTable table,
            List<ProcessInfo> processes,
            Holders holders,
            TextDictionary texts,
            ProcessTexts processTexts) {
        List<Degradation> none = List.of();
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
                List.of(),
                texts,
                processTexts,
                Ended.NONE,
                Meters.NONE,
                none);
    }
}
