package shawk.view.shell;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.Terminal.SignalHandler;
import org.jline.terminal.impl.PosixSysTerminal;
import org.jline.utils.InfoCmp;

/**
 * Reads commands from a terminal and has them run, until Ctrl-D, or one that says so. Between two commands the terminal
 * is raw, while one runs it is as it was, so that Ctrl-C is a signal then.
 *
 * <p>Used by one thread; JLine has one of its own that reads keys.
 */
public final class Prompt {
    /** Lines that come back by the key at most. */
    private static final int TYPED_MAX = 1000;

    private static final String PROMPT = "shawk> ";
    private static final String FURTHER = "  ...> ";

    private final Interpreter interpreter;
    private final ShellTerminal control;
    private final InputStream in;
    private final OutputStream out;
    private final String type;

    /** {@code type} is what TERM says. */
    public Prompt(Interpreter interpreter, ShellTerminal control, InputStream in, OutputStream out, String type) {
        this.interpreter = interpreter;
        this.control = control;
        this.in = in;
        this.out = out;
        this.type = type;
    }

    /** Runs to the end. */
    public void run() throws IOException {
        try (Terminal terminal = open()) {
            LineReader reader = reader(terminal);
            while (true) {
                String text;
                try {
                    text = reader.readLine(PROMPT);
                } catch (UserInterruptException e) {
                    continue;
                } catch (EndOfFileException e) {
                    return;
                }
                terminal.flush();
                // A Ctrl-C that came as the line was ended is not the command's.
                Thread.interrupted();
                Pages pages = new Pages(terminal, out);
                boolean more = text.isBlank() || interpreter.run(text, pages);
                pages.show(text.strip().lines().findFirst().orElse(""));
                if (!more) {
                    return;
                }
            }
        }
    }

    private Terminal open() throws IOException {
        String known = known(type);
        InfoCmp.setLoadedInfoCmp(type, InfoCmp.getDefaultInfoCmp(known));
        TerminalPty pty = new TerminalPty(control, in, out);
        Terminal terminal =
                new PosixSysTerminal("shawk", type, pty, StandardCharsets.UTF_8, false, SignalHandler.SIG_IGN);
        control.onResize(() -> terminal.raise(Signal.WINCH));
        terminal.handle(Signal.TSTP, signal -> suspend(terminal));
        return terminal;
    }

    private void suspend(Terminal terminal) {
        control.restore();
        try {
            control.suspend();
        } catch (IOException e) {
            // Nobody is there to continue it: it goes on.
        }
        terminal.raise(Signal.CONT);
    }

    /** A terminal of JLine's own table that is near: asking the system's means running a program. */
    static String known(String type) {
        if (InfoCmp.getDefaultInfoCmp(type) != null) {
            return type;
        }
        boolean multiplexer = type.startsWith("tmux") || type.startsWith("screen");
        boolean colours = type.contains("256color") || type.contains("direct") || type.contains("kitty");
        if (multiplexer) {
            return colours ? "screen-256color" : "screen";
        }
        return colours ? "xterm-256color" : type.startsWith("vt") || type.equals("linux") ? "ansi" : "xterm";
    }

    private LineReader reader(Terminal terminal) {
        TypedLines typed = new TypedLines(interpreter);
        LineReader reader = LineReaderBuilder.builder()
                .appName("shawk")
                .terminal(terminal)
                .parser(new LineParser(interpreter))
                .completer(new Completions(interpreter))
                .highlighter(new Mistakes(interpreter))
                .history(typed)
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .option(LineReader.Option.HISTORY_IGNORE_SPACE, true)
                .option(LineReader.Option.HISTORY_IGNORE_DUPS, true)
                .variable(LineReader.SECONDARY_PROMPT_PATTERN, FURTHER)
                .variable(LineReader.HISTORY_SIZE, TYPED_MAX)
                .variable(LineReader.BELL_STYLE, "none")
                .build();
        typed.fill();
        return reader;
    }
}
