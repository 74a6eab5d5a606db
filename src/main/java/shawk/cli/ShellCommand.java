package shawk.cli;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import shawk.model.Snapshot;
import shawk.view.shell.Paper;
import shawk.view.shell.Prompt;
import shawk.view.tui.TuiOptions;

/**
 * {@code shawk shell}: a prompt on a terminal; without one the commands come line by line, and what they say goes out
 * as it is.
 */
final class ShellCommand {
    /** A command that is longer is refused: nobody types it. */
    private static final int COMMAND_MAX = 1 << 20;

    private static final Map<String, Integer> SIGNALS = Map.of("HUP", 1, "INT", 2, "TERM", 15);

    /** The signal that ends a run without a prompt; 0 = none came. */
    private volatile int signal;

    private volatile long cameNanos;

    private final Main.Opener opener;
    private final LookOpener lookOpener;
    private final Environment environment;
    private final Notices notices;
    private final PrintStream err;

    ShellCommand(Main.Opener opener, LookOpener lookOpener, Environment environment, Notices notices, PrintStream err) {
        this.opener = opener;
        this.lookOpener = lookOpener;
        this.environment = environment;
        this.notices = notices;
        this.err = err;
    }

    /** Runs to the end, or {@code command} alone; returns the exit status. */
    int run(@Nullable String command, OutputStream out) throws Failure, IOException {
        Invoker invoker = Invoker.query(environment.variables());
        Config config = ConfigFile.of(environment.variables(), invoker).query();
        HistoryFile history = HistoryFile.of(environment.variables(), invoker);
        LiveValues live = new LiveValues(this::sample);
        try (ShellCmdb cmdb = ShellCmdb.of(environment, notices)) {
            DumpRunner dumps = new DumpRunner(opener, environment, config, notices);
            return run(command, new ShellSession(dumps, looks(), cmdb, live, history, err), out);
        }
    }

    private int run(@Nullable String command, ShellSession session, OutputStream out) throws Failure, IOException {
        boolean terminal = StandardStreams.isTerminal(StandardStreams.OUT);
        if (command != null) {
            return commands(command, session, new Plain(out, terminal));
        }
        String refusal = refusal(terminal);
        if (refusal == null) {
            Signals.handle("INT", name -> session.interrupt());
            new Prompt(
                            session,
                            new PromptTerminal(),
                            new FileInputStream(FileDescriptor.in),
                            out,
                            environment.variables().getOrDefault("TERM", ""))
                    .run();
            return ExitStatus.OK;
        }
        if (StandardStreams.isTerminal(StandardStreams.IN)) {
            throw Failure.usage(refusal);
        }
        return lines(session, new Plain(out, terminal));
    }

    /** What is found nowhere is said each time, not once a run. */
    private ShellSession.Looks looks() {
        return (arguments, outlet) -> new LookRun(lookOpener, new Notices(err)).run(arguments, environment, outlet);
    }

    /** Why there is no prompt here; null where there is one. */
    private @Nullable String refusal(boolean terminal) {
        if (!StandardStreams.isTerminal(StandardStreams.IN) || !terminal) {
            return "a prompt needs a terminal on standard input and output; type shawk shell -c COMMAND, or pipe"
                    + " commands into it";
        }
        return TuiOptions.refusal(environment.variables().get("TERM"), "shawk shell -c");
    }

    private Snapshot sample() throws Failure {
        ViewSettings view = new SettingsParser(ArgumentParser.parse(Command.DUMP.id()))
                .parseDump(false, null)
                .view();
        try (Samples samples = opener.open(view, environment, DebugLog.open(null))) {
            return samples.next();
        }
    }

    /** What runs is ended in good order; a second signal is not kept waiting. */
    private void listen(ShellSession session) {
        SIGNALS.forEach((name, number) -> Signals.handle(name, came -> {
            long now = System.nanoTime();
            boolean again = signal != 0;
            if (again && now - cameNanos < Stops.SAME_NANOS) {
                return;
            }
            cameNanos = now;
            // Before what runs is ended: whoever looks whether to run the next command must see it.
            signal = number;
            if (again || !session.interrupt()) {
                Runtime.getRuntime().halt(ExitStatus.SIGNAL + number);
            }
        }));
    }

    private int commands(String text, ShellSession session, Plain out) throws IOException {
        listen(session);
        for (String command : ShellText.commands(text)) {
            if (!session.execute(command, out) || signal != 0) {
                break;
            }
        }
        return status(session);
    }

    private int status(ShellSession session) {
        return signal == 0 ? session.status() : ExitStatus.SIGNAL + signal;
    }

    /** Line by line, so that what comes first is answered before the next one is written. */
    private int lines(ShellSession session, Plain out) throws IOException, Failure {
        listen(session);
        ShellText text = new ShellText();
        InputStreamReader in = new InputStreamReader(new FileInputStream(FileDescriptor.in), StandardCharsets.UTF_8);
        try (BufferedReader lines = new BufferedReader(in)) {
            for (String line = read(lines); line != null; line = read(lines)) {
                for (String command : text.add(line)) {
                    if (!session.execute(command, out) || signal != 0) {
                        return status(session);
                    }
                }
            }
        }
        for (String command : text.rest()) {
            if (!session.execute(command, out) || signal != 0) {
                break;
            }
        }
        return status(session);
    }

    private static @Nullable String read(BufferedReader lines) throws IOException, Failure {
        StringBuilder line = new StringBuilder();
        for (int c = lines.read(); c != '\n'; c = lines.read()) {
            if (c < 0) {
                return line.length() == 0 ? null : line.toString();
            }
            if (line.length() == COMMAND_MAX) {
                throw Failure.usage("a line of standard input is longer than 1 MiB; give one command a line");
            }
            line.append((char) c);
        }
        return line.toString();
    }

    /** Standard output as it is. */
    private record Plain(OutputStream out, boolean terminal) implements Paper {
        @Override
        public OutputStream pages() {
            return out;
        }

        @Override
        public OutputStream roll() {
            return out;
        }

        @Override
        public int columns() {
            return terminal ? TerminalSize.queryColumns() : 0;
        }
    }
}
