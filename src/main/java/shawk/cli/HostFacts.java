package shawk.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import shawk.doctor.Facts;
import shawk.doctor.Facts.Answer;
import shawk.doctor.Facts.Question;
import shawk.model.Column;
import shawk.model.NamespaceInfo;
import shawk.model.RowKind;
import shawk.model.SafeText;
import shawk.model.Snapshot;
import shawk.model.SocketTable;
import shawk.nativelib.KernelProbe;
import shawk.nativelib.NativeException;
import shawk.nativelib.NativeLibrary;
import shawk.nativelib.Terminal;
import shawk.source.Capabilities;
import shawk.view.tui.TuiOptions;

/** Looks at this host for the doctor: asks, and decides nothing. */
final class HostFacts {
    private static final Path RELEASE = Path.of("/proc/sys/kernel/osrelease");
    private static final String PROC = "/proc";

    /** Each question and how it is asked, besides the length of tcp_info. */
    private static final Map<Question, KernelProbe> PROBES = new EnumMap<>(Map.of(
            Question.TCP4, KernelProbe.TCP4,
            Question.TCP6, KernelProbe.TCP6,
            Question.UDP4, KernelProbe.UDP4,
            Question.UDP6, KernelProbe.UDP6,
            Question.MPTCP, KernelProbe.MPTCP,
            Question.UNIX, KernelProbe.UNIX,
            Question.DESTROY, KernelProbe.DESTROY,
            Question.CONNTRACK, KernelProbe.CONNTRACK));

    private final Environment environment;
    private final String environmentFailure;
    private final Path procRoot;

    /** {@code environmentFailure} says why {@code environment} lacks the variables of its file; empty where not. */
    HostFacts(Environment environment, String environmentFailure) {
        this.environment = environment;
        this.environmentFailure = environmentFailure;
        String root = environment.value(Environment.PROC_ROOT);
        this.procRoot = Path.of(root == null || root.indexOf('\0') >= 0 ? PROC : root);
    }

    /** All of them; {@code opener} gives one sample. */
    Facts query(ViewSettings view, Main.Opener opener) {
        Capabilities rights = Capabilities.query(Path.of(PROC));
        return new Facts(
                queryKernel(),
                ProgramFacts.query(rights.kernel()),
                ProgramFacts.queryCapture(),
                new Facts.Rights(rights.uid(), rights.effective()),
                querySample(view, opener),
                queryScreen(),
                new Facts.Machine(
                        SafeText.of(Runtime.version().toString()),
                        Runtime.getRuntime().maxMemory(),
                        Runtime.getRuntime().availableProcessors()),
                settings());
    }

    private Facts.Kernel queryKernel() {
        Map<Question, Answer> answers = new EnumMap<>(Question.class);
        int infoBytes = 0;
        String library = "";
        try {
            NativeLibrary.load();
            for (Map.Entry<Question, KernelProbe> each : PROBES.entrySet()) {
                int errno = -each.getValue().query();
                answers.put(each.getKey(), errno == 0 ? Answer.YES : new Answer(errno, NativeException.textOf(errno)));
            }
            infoBytes = KernelProbe.TCP_INFO.query();
        } catch (NativeException e) {
            library = String.valueOf(e.getMessage());
        }
        return new Facts.Kernel(
                queryRelease(),
                answers,
                infoBytes,
                SafeText.of(library),
                SafeText.of(procRoot.toString()),
                Files.isReadable(procRoot.resolve("self/status")),
                Files.isReadable(procRoot.resolve("self/net/tcp")));
    }

    private static SafeText queryRelease() {
        try {
            return SafeText.of(Files.readString(RELEASE).strip());
        } catch (IOException e) {
            return SafeText.of("unknown");
        }
    }

    private Facts.Sample querySample(ViewSettings view, Main.Opener opener) {
        try (Samples samples = opener.open(view, environment, DebugLog.OFF)) {
            return count(samples.next());
        } catch (Failure e) {
            return new Facts.Sample(SafeText.of(e.line()), "none", 0, 0, 0, 0, 0, 0, List.of());
        }
    }

    private static Facts.Sample count(Snapshot snapshot) {
        SocketTable table = snapshot.table();
        long connections = 0;
        long held = 0;
        long owned = 0;
        for (int row = 0; row < table.sockets(); row++) {
            connections += table.value(Column.KIND, row) == RowKind.CONNECTION.ordinal() ? 1 : 0;
            held += table.value(Column.INODE, row) > 0 ? 1 : 0;
            owned += table.value(Column.INODE, row) > 0 && table.has(Column.OWNER, row) ? 1 : 0;
        }
        int unread = 0;
        for (NamespaceInfo each : snapshot.namespaces()) {
            unread += each.errno() == 0 ? 0 : 1;
        }
        return new Facts.Sample(
                SafeText.EMPTY,
                snapshot.source(),
                connections,
                table.sockets(),
                held,
                owned,
                snapshot.namespaces().size(),
                unread,
                snapshot.degradations());
    }

    private Facts.Screen queryScreen() {
        String refusal = "";
        try {
            TopCommand.checkTerminal(environment.variables(), "shawk dump");
        } catch (Failure e) {
            refusal = e.line();
        }
        Terminal.Size size = new Terminal.Size(0, 0);
        try {
            size = Terminal.size(StandardStreams.OUT);
        } catch (NativeException e) {
            // Not a terminal, or one that does not tell.
        }
        Map<String, String> variables = environment.variables();
        return new Facts.Screen(
                SafeText.of(variables.getOrDefault("TERM", "")),
                refusal,
                TuiOptions.ascii(variables),
                TuiOptions.mono(variables),
                size.columns(),
                size.rows());
    }

    private Facts.Settings settings() {
        Map<String, SafeText> set = new TreeMap<>();
        for (String name : Environment.SHOWN) {
            String value = environment.value(name);
            if (value != null) {
                set.put(name, SafeText.of(value));
            }
        }
        ConfigFile file = ConfigFile.of(environment.variables(), Invoker.query(environment.variables()));
        Path place = file.path();
        return new Facts.Settings(
                set,
                environment.warnings(),
                environmentFailure,
                place == null ? SafeText.EMPTY : SafeText.of(place.toString()),
                place != null && Files.exists(place),
                problems(file.query()));
    }

    /** What the config file's lines come to shows when the monitor and the dump would use them. */
    private static List<String> problems(Config config) {
        try {
            config.under(ArgumentParser.parse(Command.TOP.id()), each -> new SettingsParser(each).parseTop());
            config.under(
                    ArgumentParser.parse(Command.DUMP.id()), each -> new SettingsParser(each).parseDump(false, null));
        } catch (Failure e) {
            return List.of(e.line());
        }
        Preferences.of(config);
        return List.copyOf(new LinkedHashSet<>(config.problems()));
    }
}
