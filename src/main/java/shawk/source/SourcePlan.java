package shawk.source;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import shawk.model.Degradation;
import shawk.nativelib.SelfUsage;

/**
 * Which sources to try, in this order, and what is missing even if all goes well: decided from facts and wishes alone.
 *
 * @param ladder sources to try, best first; empty = nothing can work
 * @param degradations what is missing, why, and what would bring it
 * @param refusal why nothing can work, one line; empty where something may
 */
public record SourcePlan(List<SourceKind> ladder, List<Degradation> degradations, String refusal) {
    /** What the owners of foreign sockets take. */
    public static final String OWNERS_FIX = "run as root, or with CAP_SYS_PTRACE and CAP_DAC_READ_SEARCH";

    /** What foreign network namespaces take. */
    public static final String NETNS_FIX = "run as root, or with CAP_SYS_ADMIN, CAP_SYS_PTRACE and CAP_DAC_READ_SEARCH";

    private static final String STREAM = "connections that live between two samples, exact counts, UDP flows";
    private static final String OWNERS = "owners without a walk of all processes";

    public SourcePlan {
        ladder = List.copyOf(ladder);
        degradations = List.copyOf(degradations);
    }

    /** The plan for {@code config} where {@code facts} hold. */
    public static SourcePlan from(Capabilities facts, SourceConfig config) {
        if (!facts.procReadable()) {
            return refused("no procfs at " + config.procRoot() + ": mount it, or name its place with PROC_ROOT");
        }
        Map<SourceKind, Missed> missed = new EnumMap<>(SourceKind.class);
        List<SourceKind> ladder = new ArrayList<>();
        for (SourceKind kind : wanted(config)) {
            Missed why = missed(kind, facts);
            if (why == null) {
                ladder.add(kind);
            } else {
                missed.put(kind, why);
            }
        }
        if (ladder.isEmpty()) {
            return refused(refusal(config.choice(), missed));
        }
        List<Degradation> missing = new ArrayList<>(rungs(missed, ladder.get(0), config));
        missing.addAll(rights(facts, config, ladder.get(0)));
        return new SourcePlan(ladder, missing, "");
    }

    private static SourcePlan refused(String why) {
        return new SourcePlan(List.of(), List.of(), why);
    }

    /** A named source never becomes another; one sample needs nobody who watches. */
    private static List<SourceKind> wanted(SourceConfig config) {
        return switch (config.choice()) {
            case EBPF -> List.of(SourceKind.EBPF);
            case NETLINK -> List.of(SourceKind.ITERATOR, SourceKind.NETLINK);
            case PROC -> List.of(SourceKind.PROC);
            case AUTO ->
                config.watch() == SourceConfig.Watch.NOTHING
                        ? List.of(SourceKind.ITERATOR, SourceKind.NETLINK, SourceKind.PROC)
                        : List.of(SourceKind.values());
        };
    }

    private static @Nullable Missed missed(SourceKind kind, Capabilities facts) {
        Missed failure = facts.failure(kind);
        return failure == null && kind.byPrograms() ? ProgramRules.obstacle(kind, facts) : failure;
    }

    private static String refusal(SourceConfig.Choice choice, Map<SourceKind, Missed> missed) {
        Missed why = missed.values().iterator().next();
        return switch (choice) {
            case EBPF -> "source ebpf does not work: " + why.line();
            case NETLINK ->
                "source netlink does not work ("
                        + missed.getOrDefault(SourceKind.NETLINK, why).reason() + "): try --source proc";
            default -> why.line();
        };
    }

    /** What the rungs above the best one that works would have given. */
    private static List<Degradation> rungs(Map<SourceKind, Missed> missed, SourceKind best, SourceConfig config) {
        List<Degradation> all = new ArrayList<>();
        Missed ebpf = missed.get(SourceKind.EBPF);
        Missed iterator = missed.get(SourceKind.ITERATOR);
        boolean alike = ebpf != null && ebpf.equals(iterator);
        if (ebpf != null) {
            String what = alike ? STREAM + ", " + OWNERS : STREAM;
            all.add(new Degradation("ebpf", what, ebpf.reason(), fix(ebpf)));
        }
        if (iterator != null && !alike && config.choice() == SourceConfig.Choice.AUTO) {
            all.add(new Degradation("iterator", OWNERS, iterator.reason(), fix(iterator)));
        }
        if (best == SourceKind.PROC) {
            all.add(withoutNetlink(missed.get(SourceKind.NETLINK)));
            if (config.parts().contains(SourceConfig.Part.UNIX)) {
                all.add(new Degradation(
                        "unix", "unix sockets", "procfs does not show their other ends", "use --source netlink"));
            }
        }
        return all;
    }

    private static String fix(Missed why) {
        return why.fix().isEmpty() ? "see `shawk doctor`" : why.fix();
    }

    private static Degradation withoutNetlink(@Nullable Missed why) {
        return new Degradation(
                "source",
                "round-trip times, bytes, rates, retransmissions, cookies",
                why == null ? "--source proc was asked for" : "netlink does not work (" + why.reason() + ")",
                why == null ? "use --source auto" : "allow NETLINK_SOCK_DIAG (module inet_diag)");
    }

    /** What this process may not see by the best source. */
    private static List<Degradation> rights(Capabilities facts, SourceConfig config, SourceKind best) {
        List<Degradation> all = new ArrayList<>();
        if (!best.byPrograms() && !facts.canReadOwners()) {
            all.add(new Degradation(
                    "owners", "owners of other users' sockets", "no CAP_SYS_PTRACE, CAP_DAC_READ_SEARCH", OWNERS_FIX));
        }
        if (best.byPrograms() && !facts.has(SelfUsage.CAP_SYS_PTRACE)) {
            all.add(new Degradation(
                    "exe",
                    "executables of other users' processes",
                    "no CAP_SYS_PTRACE",
                    "run as root, or with CAP_SYS_PTRACE"));
        }
        if (config.netns().scope() != NamespaceChoice.Scope.SELF && !facts.canEnterNamespaces()) {
            String what = best.byPrograms() ? "sockets that no process holds, of " : "sockets of ";
            all.add(new Degradation("netns", what + "other network namespaces", "no CAP_SYS_ADMIN", NETNS_FIX));
        }
        return all;
    }
}
