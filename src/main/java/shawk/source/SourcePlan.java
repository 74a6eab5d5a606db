package shawk.source;

import java.util.ArrayList;
import java.util.List;
import shawk.model.Degradation;

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

    public SourcePlan {
        ladder = List.copyOf(ladder);
        degradations = List.copyOf(degradations);
    }

    /** The plan for {@code config} where {@code facts} hold. */
    public static SourcePlan from(Capabilities facts, SourceConfig config) {
        String refusal = refusal(facts, config);
        if (!refusal.isEmpty()) {
            return new SourcePlan(List.of(), List.of(), refusal);
        }
        List<SourceKind> ladder = ladder(facts, config.choice());
        List<Degradation> missing = new ArrayList<>();
        if (ladder.get(0) == SourceKind.PROC) {
            missing.add(withoutNetlink(facts, config));
            if (config.parts().contains(SourceConfig.Part.UNIX)) {
                missing.add(new Degradation(
                        "unix", "unix sockets", "procfs does not show their other ends", "use --source netlink"));
            }
        }
        if (!facts.canReadOwners()) {
            missing.add(new Degradation(
                    "owners", "owners of other users' sockets", "no CAP_SYS_PTRACE, CAP_DAC_READ_SEARCH", OWNERS_FIX));
        }
        if (config.netns().scope() != NamespaceChoice.Scope.SELF && !facts.canEnterNamespaces()) {
            missing.add(new Degradation("netns", "sockets of other network namespaces", "no CAP_SYS_ADMIN", NETNS_FIX));
        }
        return new SourcePlan(ladder, missing, "");
    }

    private static String refusal(Capabilities facts, SourceConfig config) {
        if (!facts.procReadable()) {
            return "no procfs at " + config.procRoot() + ": mount it, or name its place with PROC_ROOT";
        }
        if (config.choice() == SourceConfig.Choice.NETLINK
                && !facts.netlinkFailure().isEmpty()) {
            return "source netlink does not work (" + facts.netlinkFailure() + "): try --source proc";
        }
        return "";
    }

    private static List<SourceKind> ladder(Capabilities facts, SourceConfig.Choice choice) {
        return switch (choice) {
            case NETLINK -> List.of(SourceKind.NETLINK);
            case PROC -> List.of(SourceKind.PROC);
            case AUTO ->
                facts.netlinkFailure().isEmpty()
                        ? List.of(SourceKind.NETLINK, SourceKind.PROC)
                        : List.of(SourceKind.PROC);
        };
    }

    private static Degradation withoutNetlink(Capabilities facts, SourceConfig config) {
        boolean asked = config.choice() == SourceConfig.Choice.PROC;
        return new Degradation(
                "source",
                "round-trip times, bytes, rates, retransmissions, cookies",
                asked ? "--source proc was asked for" : "netlink does not work (" + facts.netlinkFailure() + ")",
                asked ? "use --source auto" : "allow NETLINK_SOCK_DIAG (module inet_diag)");
    }
}
