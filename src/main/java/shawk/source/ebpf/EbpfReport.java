package shawk.source.ebpf;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import shawk.model.Degradation;
import shawk.model.Meter;
import shawk.model.MeterRecord;
import shawk.model.ProgramRecord;
import shawk.model.RawSample;
import shawk.model.RawSection;
import shawk.model.SafeText;
import shawk.nativelib.NativeException;

/** What programs in the kernel could not see, in words: out of the sample's figures alone. */
final class EbpfReport {
    private static final int EPERM = 1;
    private static final int ENOENT = 2;
    private static final int EACCES = 13;

    private static final String OFTEN = "take a shorter -i";
    private static final String SEE = "see view 7 of the monitor";

    private EbpfReport() {}

    /** Programs that one thing depends on, which goes without it where a kernel does not have them. */
    private enum Hook {
        IO(
                "ebpf-io",
                "sock_send_length sock_recv_length",
                "UDP flows, owners by who did I/O last",
                "Linux 6.3 or later"),
        PEERS(
                "ebpf-peers",
                "cgroup/sendmsg4 cgroup/sendmsg6 cgroup/recvmsg4 cgroup/recvmsg6",
                "other ends of datagrams of unconnected UDP sockets",
                "mount the cgroup hierarchy, version 2"),
        UNHELD(
                "ebpf-unheld",
                "iter/sk_storage_map",
                "owners of connections that no process holds",
                "Linux 5.9 or later"),
        RESETS("ebpf-resets", "tcp_receive_reset", "which end sent a reset", "see `shawk doctor`"),
        FORKS("ebpf-forks", "sched_process_fork", "proof of owners where a process forked", "see `shawk doctor`"),
        OTHERS("ebpf-program", "", "a part of what eBPF shows", "see `shawk doctor`");

        private final String id;
        private final List<String> programs;
        private final String missing;
        private final String fix;

        Hook(String id, String programs, String missing, String fix) {
            this.id = id;
            this.programs = List.of(programs.split(" "));
            this.missing = missing;
            this.fix = fix;
        }

        /** What interrupts a program runs its second copy, which is called so. */
        static Hook of(String program) {
            String first = program.endsWith(" 2") ? program.substring(0, program.length() - 2) : program;
            for (Hook each : values()) {
                if (each.programs.contains(first)) {
                    return each;
                }
            }
            return OTHERS;
        }
    }

    /** What {@code sample} tells. */
    static List<Degradation> of(RawSample sample) {
        List<Degradation> all = new ArrayList<>(
                programs(new ProgramRecord(sample.buffer(RawSection.PROGRAMS)), sample.count(RawSection.PROGRAMS)));
        all.addAll(losses(new MeterRecord(sample.buffer(RawSection.METERS)), sample.count(RawSection.METERS)));
        return all;
    }

    private static List<Degradation> programs(ProgramRecord programs, int count) {
        Map<Hook, Degradation> all = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            programs.at(i);
            if (programs.error() != 0) {
                String name = SafeText.of(programs.name()).value();
                all.putIfAbsent(Hook.of(name), missing(Hook.of(name), name, programs.error()));
            }
        }
        return List.copyOf(all.values());
    }

    private static Degradation missing(Hook hook, String program, int errno) {
        boolean denied = errno == EPERM || errno == EACCES;
        String fix = denied && hook == Hook.PEERS ? "run as root, or with CAP_NET_ADMIN" : hook.fix;
        String reason = errno == ENOENT && hook != Hook.PEERS
                ? "this kernel has not what " + program + " needs"
                : "the kernel refuses " + program + ": " + NativeException.textOf(errno);
        return new Degradation(hook.id, hook.missing, reason, fix);
    }

    private static List<Degradation> losses(MeterRecord meters, int count) {
        List<Degradation> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            meters.at(i);
            long value = meters.value();
            if (meters.id() < 0 || meters.id() >= Meter.values().length || value <= 0) {
                continue;
            }
            Degradation loss = loss(Meter.values()[meters.id()], value);
            if (loss != null) {
                all.add(loss);
            }
        }
        return all;
    }

    /** What it means that {@code meter} is not 0; null where that is no loss. */
    private static @Nullable Degradation loss(Meter meter, long count) {
        return switch (meter) {
            case LOST ->
                loss("lost", count + " connections since the start", "they neither live nor were handed out", SEE);
            case MISSED ->
                loss("missed", count + " transitions since the start", "the kernel ran no program for them", SEE);
            case UNTRACKED ->
                loss(
                        "accounts",
                        count + " connections since the start without owner",
                        "there was no room for their accounts",
                        "raise SHAWK_EBPF_CONNECTIONS");
            case OVERFLOWED ->
                loss(
                        "bundles-kernel",
                        count + " ended connections since the start without owner and addresses",
                        "there was no room for their bundles",
                        OFTEN + ", or raise SHAWK_EBPF_BUNDLES");
            case EVENTS_DROPPED ->
                loss(
                        "events",
                        count + " single records of connections since the start",
                        "the ring was full; they are counted all the same",
                        OFTEN + ", or raise SHAWK_EBPF_RING");
            case PROCESSES_DROPPED ->
                loss(
                        "process-names",
                        count + " processes since the start without a name",
                        "there was no room for them",
                        OFTEN);
            case FLOWS_DROPPED ->
                loss(
                        "udp-flows",
                        count + " datagrams since the start of no flow",
                        "there was no room for them",
                        OFTEN + ", or raise SHAWK_EBPF_FLOWS");
            default -> null;
        };
    }

    private static Degradation loss(String id, String missing, String reason, String fix) {
        return new Degradation(id, missing, reason, fix);
    }
}
