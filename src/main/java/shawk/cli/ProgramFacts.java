package shawk.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import shawk.doctor.Facts;
import shawk.doctor.Facts.Answer;
import shawk.doctor.Facts.Hook;
import shawk.model.SafeText;
import shawk.nativelib.BpfFeature;
import shawk.nativelib.NativeException;
import shawk.nativelib.PcapHandle;
import shawk.nativelib.PcapHandle.Reason;
import shawk.source.KernelFacts;

/** Looks at what this host has for programs in the kernel and for capturing packets: asks, and decides nothing. */
final class ProgramFacts {
    private static final Path CGROUPS = Path.of("/sys/fs/cgroup");
    private static final List<Path> CGROUP2 = List.of(CGROUPS, CGROUPS.resolve("unified"));

    private ProgramFacts() {}

    static Facts.Programs query(KernelFacts kernel) {
        Map<Hook, Answer> answers = new EnumMap<>(Hook.class);
        String library = "";
        String fix = "";
        try {
            for (Hook hook : Hook.values()) {
                int errno = BpfFeature.valueOf(hook.name()).query();
                answers.put(hook, errno == 0 ? Answer.YES : new Answer(errno, NativeException.textOf(errno)));
            }
        } catch (NativeException e) {
            answers.clear();
            library = e.reason();
            fix = e.fix();
        }
        return new Facts.Programs(
                SafeText.of(library),
                fix,
                answers,
                kernel.hostPids(),
                kernel.hostUsers(),
                SafeText.of(kernel.lockdown()),
                kernel.unprivilegedDisabled(),
                SafeText.of(queryCgroup2()),
                Files.isDirectory(CGROUPS.resolve("memory")) || Files.isDirectory(CGROUPS.resolve("systemd")));
    }

    /** Captures on all interfaces, for as long as it takes to begin. */
    static Facts.Capture queryCapture() {
        try (PcapHandle handle = PcapHandle.openLive("any", 1 << 20)) {
            return new Facts.Capture(SafeText.EMPTY, "", handle.link() < 0, SafeText.EMPTY);
        } catch (NativeException e) {
            if (e.errno() == 0) {
                return new Facts.Capture(SafeText.of(e.reason()), e.fix(), false, SafeText.EMPTY);
            }
            boolean denied = Reason.of(e) == Reason.NOT_PERMITTED;
            return new Facts.Capture(SafeText.EMPTY, "", denied, SafeText.of(denied ? "" : e.reason()));
        }
    }

    private static String queryCgroup2() {
        for (Path each : CGROUP2) {
            if (Files.exists(each.resolve("cgroup.controllers"))) {
                return each.toString();
            }
        }
        return "";
    }
}
