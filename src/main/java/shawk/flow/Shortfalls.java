package shawk.flow;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import shawk.model.Degradation;
import shawk.model.RawSample;

/** Says what the fold could not show, or shows in less detail. Stateless. */
final class Shortfalls {
    private Shortfalls() {}

    /** What {@code sample} says itself, and what was left out here. */
    static List<Degradation> of(
            RawSample sample,
            FlowLimits limits,
            int dropped,
            int malformed,
            Processes processes,
            Bundles bundles,
            UdpFlows flows,
            Ledger ledger,
            @Nullable Degradation peers) {
        List<Degradation> all = new ArrayList<>(sample.degradations());
        if (dropped > 0) {
            all.add(new Degradation(
                    "sockets",
                    dropped + " sockets",
                    "more than " + limits.sockets() + " at once",
                    "look at one namespace with --netns"));
        }
        if (malformed > 0) {
            all.add(new Degradation(
                    "records", malformed + " sockets", "of a protocol or state not known here", "upgrade shawk"));
        }
        if (processes.dropped() > 0) {
            all.add(new Degradation(
                    "processes",
                    "names of " + processes.dropped() + " processes",
                    "more than " + limits.processes() + " hold sockets",
                    "look at one namespace with --netns"));
        }
        if (bundles.coarsened() > 0) {
            all.add(new Degradation(
                    "bundles",
                    "peers of " + bundles.coarsened() + " kinds of ended connections",
                    "more than " + limits.bundles() + " since the start",
                    "totals still count them; start anew for new peers"));
        }
        if (flows.forgotten() > 0) {
            all.add(new Degradation(
                    "flows",
                    flows.forgotten() + " UDP flows",
                    "more than " + limits.udpFlows() + " at once",
                    "look at one namespace with --netns"));
        }
        all.addAll(ledger.degradations());
        if (peers != null) {
            all.add(peers);
        }
        return all;
    }
}
