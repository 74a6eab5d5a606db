package shawk.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import shawk.doctor.Facts.Answer;
import shawk.doctor.Facts.Question;
import shawk.doctor.Facts.Rights;
import shawk.doctor.Finding.State;
import shawk.field.Fields;
import shawk.model.Degradation;

/**
 * Every check, and whether live connections with their owners can be shown. Pure.
 *
 * @param findings in the order in which they are read
 * @param works whether the program does what it is for
 */
public record Report(List<Finding> findings, boolean works) {
    private static final String NETNS_FIX =
            "run as root, or with CAP_SYS_ADMIN, CAP_SYS_PTRACE and CAP_DAC_READ_SEARCH";

    /** Programs in the kernel see the others in any namespace. */
    private static final String HELD = "sockets that no process holds";

    public Report {
        findings = List.copyOf(findings);
    }

    /** What {@code facts} come to. */
    public static Report of(Facts facts) {
        Finding source = source(facts.sample());
        Finding owners = owners(facts.rights(), facts.sample());
        List<Finding> all = new ArrayList<>(List.of(source, owners, namespaces(facts)));
        all.addAll(KernelChecks.of(facts));
        all.addAll(ProgramChecks.of(facts));
        all.addAll(List.of(
                capture(facts.capture()),
                monitor(facts.screen()),
                colours(facts.screen()),
                letters(facts.screen()),
                java(facts.machine()),
                settings(facts.settings()),
                config(facts.settings()),
                fields(facts)));
        return new Report(all, source.state() != State.MISSING && owners.state() != State.MISSING);
    }

    private static Finding source(Facts.Sample sample) {
        if (!sample.failure().value().isEmpty()) {
            return failed("source", sample.failure().value());
        }
        String found = sample.source() + ": " + sample.connections() + " connections, " + sample.sockets() + " sockets";
        List<String> reasons = new ArrayList<>(List.of(found));
        String fix = "";
        for (Degradation each : sample.degradations()) {
            if (!each.id().equals("owners")
                    && !each.id().equals("hidepid")
                    && !each.id().equals("netns")) {
                reasons.add("without " + each.missing() + " (" + each.reason() + ")");
                fix = fix.isEmpty() ? each.fix() : fix + "; " + each.fix();
            }
        }
        return fix.isEmpty()
                ? Finding.works("source", found)
                : Finding.partly("source", String.join(", ", reasons), fix);
    }

    /** Whoever may read all owners and does not get them all is in a container, or meets stronger processes. */
    private static Finding owners(Rights rights, Facts.Sample sample) {
        boolean may = rights.has(Rights.CAP_SYS_PTRACE) && rights.has(Rights.CAP_DAC_READ_SEARCH);
        if (!sample.failure().value().isEmpty()) {
            return Finding.missing("owners", "there is no sample", "see source");
        }
        String known = sample.owned() + " of " + sample.held() + " sockets that somebody holds";
        for (Degradation each : sample.degradations()) {
            if (each.id().equals("owners") || each.id().equals("hidepid")) {
                String reason = known + "; not seen: " + each.missing() + " (" + each.reason() + ")";
                return may
                        ? Finding.partly("owners", reason, each.fix())
                        : Finding.missing("owners", reason, each.fix());
            }
        }
        return Finding.works("owners", known);
    }

    private static Finding namespaces(Facts facts) {
        Facts.Sample sample = facts.sample();
        if (!sample.failure().value().isEmpty()) {
            return Finding.missing("netns", "there is no sample", "see source");
        }
        String read = sample.namespaces() - sample.unread() + " of " + sample.namespaces() + " network namespaces read";
        if (facts.rights().has(Rights.CAP_SYS_ADMIN) && sample.unread() == 0) {
            return Finding.works("netns", read);
        }
        if (facts.rights().has(Rights.CAP_SYS_ADMIN)) {
            for (Degradation each : sample.degradations()) {
                if (each.id().equals("netns")) {
                    return Finding.partly("netns", read + ": " + each.reason(), each.fix());
                }
            }
        }
        for (Degradation each : sample.degradations()) {
            if (each.id().equals("netns") && each.missing().startsWith(HELD)) {
                return Finding.partly("netns", "not seen: " + each.missing() + " (" + each.reason() + ")", NETNS_FIX);
            }
        }
        String others = "no other can be entered without CAP_SYS_ADMIN";
        if (sample.namespaces() == sample.unread()) {
            return Finding.missing("netns", read + "; " + others, NETNS_FIX);
        }
        boolean own = sample.namespaces() == 1;
        return Finding.partly("netns", (own ? "the own network namespace" : read) + "; " + others, NETNS_FIX);
    }

    private static Finding capture(Facts.Capture capture) {
        if (!capture.library().value().isEmpty()) {
            return Finding.missing("capture", capture.library().value(), capture.libraryFix());
        }
        if (capture.denied()) {
            return Finding.missing("capture", "no CAP_NET_RAW", "run as root, or with CAP_NET_RAW");
        }
        return capture.failure().value().isEmpty()
                ? Finding.works("capture", "packets of every interface can be captured, for shawk zk")
                : Finding.missing("capture", capture.failure().value(), "allow AF_PACKET sockets (CONFIG_PACKET)");
    }

    private static Finding monitor(Facts.Screen screen) {
        String size = screen.columns() == 0 ? "" : ", " + screen.columns() + "x" + screen.rows();
        if (!screen.refusal().isEmpty()) {
            return failed("monitor", screen.refusal());
        }
        String found = "TERM=" + screen.term().value() + size;
        return screen.columns() != 0 && (screen.columns() < 60 || screen.rows() < 15)
                ? Finding.partly("monitor", found, "make the terminal 60x15 at least")
                : Finding.works("monitor", found);
    }

    private static Finding colours(Facts.Screen screen) {
        return screen.mono()
                ? Finding.note("colours", "none: NO_COLOR is set, or the terminal has none")
                : Finding.works("colours", "the terminal takes them");
    }

    private static Finding letters(Facts.Screen screen) {
        return screen.ascii()
                ? Finding.partly("utf-8", "the locale has ASCII alone", "set LANG=C.UTF-8")
                : Finding.works("utf-8", "the locale has it");
    }

    private static Finding java(Facts.Machine machine) {
        return Finding.works(
                "java",
                machine.version().value() + ", heap up to " + (machine.maxHeapBytes() >> 20) + " MiB, "
                        + machine.processors() + " processors");
    }

    private static Finding settings(Facts.Settings settings) {
        if (!settings.failure().isEmpty()) {
            return failed("environment", settings.failure());
        }
        List<String> set = new ArrayList<>();
        new TreeMap<>(settings.variables()).forEach((name, value) -> set.add(name + "=" + value.value()));
        String found = set.isEmpty() ? "nothing set" : String.join(" ", set);
        return settings.warnings().isEmpty()
                ? Finding.note("environment", found)
                : Finding.partly(
                        "environment",
                        found + "; " + String.join("; ", settings.warnings()),
                        "unset what does nothing");
    }

    private static Finding config(Facts.Settings settings) {
        String file = settings.config().value();
        if (!settings.configProblems().isEmpty()) {
            return Finding.partly("config", String.join("; ", settings.configProblems()), "correct " + file);
        }
        if (file.isEmpty()) {
            return Finding.note("config", "none: this user has no home");
        }
        return settings.configThere()
                ? Finding.works("config", file)
                : Finding.note("config", "none; " + file + " would be read");
    }

    /** Out of a line that ends with what to do. */
    private static Finding failed(String id, String line) {
        String[] parts = line.split("; ", 2);
        return Finding.missing(id, parts[0], parts.length > 1 ? parts[1] : "see the other checks");
    }

    /** The fields that a run like this one has nowhere. */
    private static Finding fields(Facts facts) {
        List<String> lost = new ArrayList<>();
        boolean byNetlink = !facts.sample().source().equals("proc");
        lost.addAll(KernelChecks.lost(byNetlink ? facts.kernel().infoBytes() : 0));
        if (!byNetlink) {
            lost.addAll(List.of("cookie", "mem", "queue_drops", "idle", "cong", "verdict"));
        }
        if (facts.kernel()
                        .answers()
                        .getOrDefault(Question.CONNTRACK, Answer.YES)
                        .errno()
                != 0) {
            lost.addAll(List.of("nat_raddr", "nat_rport"));
        }
        lost.removeIf(id -> Fields.find(id) == null);
        String all = Fields.ALL.size() + " fields";
        return lost.isEmpty()
                ? Finding.works("fields", "all " + all)
                : Finding.partly(
                        "fields",
                        "of " + all + " nothing is known of " + String.join(", ", lost),
                        "see what is missing");
    }
}
