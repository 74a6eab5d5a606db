package shawk.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import shawk.expr.ExprException;
import shawk.expr.FilterParser;
import shawk.look.EdgeValues;
import shawk.view.dump.Format;
import shawk.view.shell.Interpreter;
import shawk.view.shell.Paper;
import shawk.view.shell.Suggestion;

/**
 * What is typed at the prompt, or comes by a pipe, done by what the command line does it with. Used by one thread, but
 * for {@link #interrupt} and {@link #mistake}.
 */
final class ShellSession implements Interpreter {
    private static final String OFF = "off";
    private static final List<String> FORMATS = List.of("table", "json", "csv");

    private final DumpRunner dumps;
    private final Looks looks;
    private final ShellCmdb cmdb;
    private final PrintStream err;
    private final HistoryFile history;
    private final ShellCompletion completion;
    private String filter = "";
    private Format format = Format.TABLE;
    private int failed = ExitStatus.OK;
    private volatile @Nullable Stops running;

    /** Runs a look to the end; returns the exit status. */
    @FunctionalInterface
    interface Looks {
        int run(Arguments arguments, Outlet outlet) throws Failure, IOException;
    }

    ShellSession(DumpRunner dumps, Looks looks, ShellCmdb cmdb, LiveValues live, HistoryFile history, PrintStream err) {
        this.dumps = dumps;
        this.looks = looks;
        this.cmdb = cmdb;
        this.history = history;
        this.err = err;
        this.completion = new ShellCompletion(live, cmdb);
    }

    /** The exit status of the last command that failed; 0 = none did. */
    int status() {
        return failed;
    }

    /** Ends the command that runs; returns whether one does. Any thread. */
    boolean interrupt() {
        Stops stops = running;
        if (stops != null) {
            // The terminal has written ^C where the command was.
            err.println();
            stops.cancel();
            cmdb.cancel();
        }
        return stops != null;
    }

    @Override
    public boolean unfinished(String text) {
        return ShellText.unfinished(text);
    }

    @Override
    public boolean run(String text, Paper paper) {
        try {
            for (String command : ShellText.commands(text)) {
                if (!execute(command, paper)) {
                    return false;
                }
            }
        } catch (IOException e) {
            say(ExitStatus.MISSING, "cannot write to the terminal: " + Failure.plain(e.getMessage()));
        }
        return true;
    }

    /** Runs one command; false where it ends the shell. Only output that nobody takes any more is thrown. */
    boolean execute(String command, Paper paper) throws IOException {
        Stops stops = new Stops(Thread.currentThread());
        running = stops;
        try {
            ShellVerb verb = verb(ShellText.verb(command));
            if (verb == ShellVerb.EXIT) {
                return false;
            }
            int status = run(verb, ShellText.rest(command), paper, stops);
            failed = status == ExitStatus.OK ? failed : status;
        } catch (Failure e) {
            say(e.status(), e.line());
        } catch (RuntimeException | Error e) {
            String line = HistoryFile.isSecret(command) ? ShellText.verb(command) + " …" : command;
            say(ExitStatus.INTERNAL, CrashReport.write(e, Versions.query().of("shawk"), "shawk shell: " + line));
        } finally {
            running = null;
        }
        return true;
    }

    private void say(int status, String line) {
        failed = status;
        err.println("shawk: " + line);
    }

    private static ShellVerb verb(String word) throws Failure {
        ShellVerb verb = ShellVerb.find(word);
        if (verb == null) {
            throw Failure.usage(
                    "there is no command " + Failure.quote(word) + " here; " + Choices.hint(word, ShellVerb.ids()));
        }
        return verb;
    }

    private int run(ShellVerb verb, String rest, Paper paper, Stops stops) throws Failure, IOException {
        return switch (verb) {
            case LOOK -> look(ShellWords.parse(rest), paper, stops);
            case DUMP -> dump(ShellWords.parse(rest), paper, stops);
            case CONNECTIONS -> connections(ShellWords.parse(rest), paper, stops);
            case FILTER -> filter(rest, paper);
            case FORMAT -> format(rest, paper);
            case HOSTS -> hosts(rest, paper);
            case SQL -> sql(rest, paper);
            case HELP -> print(ShellHelp.text(rest), paper);
            case HISTORY -> print(numbered(history.lines()), paper);
            case EXIT -> ExitStatus.OK;
        };
    }

    private static int print(String text, Paper paper) throws IOException {
        paper.pages().write(text.getBytes(StandardCharsets.UTF_8));
        return ExitStatus.OK;
    }

    private static String numbered(List<String> lines) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            out.append(String.format(Locale.ROOT, "%5d  ", i + 1));
            out.append(Failure.plain(lines.get(i).replace("\n", " "))).append('\n');
        }
        return out.toString();
    }

    private int connections(List<String> words, Paper paper, Stops stops) throws Failure, IOException {
        Arguments typed = parse(Command.DUMP, words);
        if (typed.has(Opt.GROUP_BY)) {
            throw Failure.usage("connections stand one by one; type dump "
                    + String.join(" ", words.stream().map(Failure::plain).toList()));
        }
        return dump(typed.with(Opt.GROUP_BY, "none"), paper, stops);
    }

    private int dump(List<String> words, Paper paper, Stops stops) throws Failure, IOException {
        return dump(parse(Command.DUMP, words), paper, stops);
    }

    private int dump(Arguments typed, Paper paper, Stops stops) throws Failure, IOException {
        if (typed.has(Opt.HELP)) {
            return print(Help.of(typed.command()), paper);
        }
        boolean goesOn = typed.has(Opt.COUNT) && !"1".equals(typed.value(Opt.COUNT));
        OutputStream out = goesOn ? paper.roll() : paper.pages();
        Outlet outlet = new Outlet(out, paper.terminal(), paper.columns(), stops);
        return dumps.run(filtered(typed, Opt.FILTER), outlet);
    }

    private int look(List<String> words, Paper paper, Stops stops) throws Failure, IOException {
        Arguments typed = parse(Command.LOOK, words);
        if (typed.has(Opt.HELP)) {
            return print(Help.of(typed.command()), paper);
        }
        OutputStream out = typed.has(Opt.WATCH) ? paper.roll() : paper.pages();
        return looks.run(filtered(typed, Opt.LOOK_FILTER), new Outlet(out, paper.terminal(), paper.columns(), stops));
    }

    private static Arguments parse(Command command, List<String> words) throws Failure {
        List<String> line = new ArrayList<>(List.of(command.id()));
        line.addAll(words);
        return ArgumentParser.parse(line.toArray(String[]::new));
    }

    /** What the session's filter and the command's own both let through. */
    private Arguments filtered(Arguments typed, Opt option) throws Failure {
        String own = typed.value(option);
        if (filter.isEmpty()) {
            return typed;
        }
        if (option == Opt.LOOK_FILTER) {
            check(filter, EdgeValues::parseFilter, "the filter does not fit look: type filter off; it says");
        }
        if (own == null || own.isBlank()) {
            return typed.with(option, filter);
        }
        // By itself first, so that a mistake is told at the place where it was typed.
        check(own, option == Opt.LOOK_FILTER ? EdgeValues::parseFilter : FilterParser::parse, option.longName());
        return typed.with(option, "(" + filter + ") and (" + own + ")");
    }

    /** A filter language. */
    @FunctionalInterface
    private interface Language {
        Object parse(String expression) throws ExprException;
    }

    private static void check(String expression, Language language, String name) throws Failure {
        try {
            language.parse(expression);
        } catch (ExprException e) {
            throw Failure.usage(name + ": " + e.getMessage());
        }
    }

    private int filter(String typed, Paper paper) throws Failure, IOException {
        if (typed.equalsIgnoreCase(OFF)) {
            filter = "";
        } else if (!typed.isEmpty()) {
            check(typed, FilterParser::parse, "filter");
            filter = typed;
        }
        return print(filter.isEmpty() ? "no filter\n" : "filter " + Failure.plain(filter) + "\n", paper);
    }

    private int hosts(String rest, Paper paper) throws Failure, IOException {
        if (!rest.isEmpty()) {
            throw Failure.usage("hosts does not take " + Failure.quote(rest) + "; type hosts, or ask with sql");
        }
        cmdb.hosts(format, paper.pages());
        return ExitStatus.OK;
    }

    private int sql(String text, Paper paper) throws Failure, IOException {
        List<String> statements = SqlText.statements(text);
        if (statements.isEmpty()) {
            throw Failure.usage("sql needs a statement; type sql select * from host;");
        }
        for (String each : statements) {
            cmdb.run(each, format, paper.pages());
        }
        return ExitStatus.OK;
    }

    private int format(String typed, Paper paper) throws Failure, IOException {
        if (!typed.isEmpty() && !FORMATS.contains(typed)) {
            throw Failure.usage(
                    "format " + Failure.quote(typed) + ": there is no such form; " + Choices.hint(typed, FORMATS));
        }
        Format found = Format.find(typed);
        format = found == null ? format : found;
        return print("format " + format.id() + "\n", paper);
    }

    @Override
    public List<Suggestion> complete(List<String> words) {
        return completion.complete(words);
    }

    @Override
    public int mistake(String text) {
        int begin = text.length() - text.stripLeading().length();
        String command = text.substring(begin);
        String expression = ShellText.rest(command);
        if (ShellVerb.find(ShellText.verb(command)) != ShellVerb.FILTER
                || expression.isEmpty()
                || expression.equals(OFF)) {
            return -1;
        }
        try {
            FilterParser.parse(expression);
            return -1;
        } catch (ExprException e) {
            int column = Math.min(e.position() - 1, expression.codePointCount(0, expression.length()));
            int from = text.indexOf(expression, begin + ShellText.verb(command).length());
            return from + expression.offsetByCodePoints(0, Math.max(0, column));
        }
    }

    @Override
    public List<String> remembered() {
        return history.lines();
    }

    @Override
    public boolean remember(String line) {
        return history.add(line);
    }

    /** The forms of rows that {@code format} knows. */
    static List<String> formats() {
        return FORMATS;
    }
}
