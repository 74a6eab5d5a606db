package shawk.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import shawk.field.Field;
import shawk.screen.Acts;
import shawk.screen.Effect;
import shawk.screen.Victim;

/**
 * Kills and writes files, one after the other on a thread of its own. Every kill stands in the log before it is done,
 * and its outcome after. Any thread may ask.
 */
final class HostActs implements Acts {
    /** Acts that wait; what is asked beyond is refused. */
    private static final int MOST_WAITING = 16;

    private final Killer killer;
    private final ActionLog log;
    private final Invoker invoker;
    private final @Nullable ConfigFile config;
    private final @Nullable HandFlush flush;
    private final ThreadPoolExecutor worker =
            new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST_WAITING), work -> {
                Thread thread = new Thread(work, "acts");
                thread.setDaemon(true);
                return thread;
            });

    /**
     * Nothing is done yet.
     *
     * @param config where settings are saved; null = nothing may be written
     * @param flush stores snapshots; null = pseudonyms are shown, which nobody wants to find there
     */
    HostActs(Killer killer, ActionLog log, Invoker invoker, @Nullable ConfigFile config, @Nullable HandFlush flush) {
        this.flush = flush;
        this.killer = killer;
        this.log = log;
        this.invoker = invoker;
        this.config = config;
    }

    @Override
    public void perform(Effect.Act act, Consumer<String> said) {
        if (act instanceof Effect.Flush) {
            flush(said);
            return;
        }
        try {
            worker.execute(() -> said.accept(Failure.plain(done(act))));
        } catch (RejectedExecutionException e) {
            said.accept("too much is being done already; try again");
        }
    }

    private void flush(Consumer<String> said) {
        HandFlush to = flush;
        if (to == null) {
            said.accept("not stored: --redact shows pseudonyms, and what is stored has the names");
        } else {
            to.now(said);
        }
    }

    /** Does it; what came of it, in one line. */
    String done(Effect.Act act) {
        try {
            if (act instanceof Effect.Export export) {
                return export(export);
            }
            if (act instanceof Effect.SaveColumns columns) {
                return save(columns);
            }
            return act instanceof Effect.KillConnections kill ? kill(kill) : signal((Effect.SignalProcess) act);
        } catch (RuntimeException e) {
            return "this failed: " + e;
        }
    }

    private String export(Effect.Export export) {
        try {
            Path path = Path.of(export.file()).toAbsolutePath();
            long rows;
            try {
                rows = invoker.call(() -> Exports.write(export));
            } catch (AccessDeniedException e) {
                if (!invoker.sudo()) {
                    throw e;
                }
                // Where the user may not write, root does, as asked.
                rows = Exports.write(export);
            }
            return rows + (rows == 1 ? " row" : " rows") + " written to " + path;
        } catch (IOException e) {
            return "not written: " + FileTrouble.text(e) + ": " + export.file();
        } catch (InvalidPathException e) {
            return "not written: that is no file name";
        }
    }

    private String save(Effect.SaveColumns columns) {
        if (config == null) {
            return "not saved: --readonly forbids it";
        }
        String names =
                String.join(",", columns.columns().stream().map(Field::id).toList());
        return config.save(Config.COLUMNS, columns.view().id(), names);
    }

    private boolean logged(List<String> lines) {
        try {
            log.append(lines);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private String unlogged() {
        return "nothing was done: the log " + log.path() + " cannot be written";
    }

    private String kill(Effect.KillConnections kill) {
        List<Victim> victims = kill.victims();
        String what = "kill-connections count=" + victims.size() + " of=" + quoted(kill.of());
        if (!logged(List.of(what))) {
            return unlogged();
        }
        try {
            List<Killer.Outcome> outcomes = killer.kill(victims);
            List<String> lines = new ArrayList<>();
            for (int i = 0; i < outcomes.size(); i++) {
                lines.add("kill-connection connection=" + quoted(victims.get(i).text()) + " netns="
                        + victims.get(i).netns() + " outcome="
                        + quoted(outcomes.get(i).text()));
            }
            String end = logged(lines) ? "" : "; the outcome is not in the log, which cannot be written";
            return summary(outcomes) + end;
        } catch (Failure e) {
            logged(List.of(what + " outcome=" + quoted(e.line())));
            return "not killed: " + e.line();
        }
    }

    /** A text of the log from its first to its last character, whatever a process calls itself. */
    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** How many were killed, were gone, were refused and why. */
    private static String summary(List<Killer.Outcome> outcomes) {
        int killed = 0;
        int gone = 0;
        Map<String, Integer> refused = new LinkedHashMap<>();
        for (Killer.Outcome outcome : outcomes) {
            killed += outcome.killed() ? 1 : 0;
            gone += outcome.gone() ? 1 : 0;
            if (!outcome.killed() && !outcome.gone()) {
                refused.merge(outcome.text(), 1, Integer::sum);
            }
        }
        StringBuilder out = new StringBuilder("killed " + killed);
        out.append(gone == 0 ? "" : ", already gone " + gone);
        refused.forEach((why, count) ->
                out.append(", refused ").append(count).append(": ").append(why));
        return out.toString();
    }

    private String signal(Effect.SignalProcess act) {
        String who = act.name().value() + " (" + act.process().pid() + ")";
        String what = "signal-process signal=" + act.signal() + " process=" + quoted(who) + " start="
                + act.process().startTicks();
        if (act.process().pid() == ProcessHandle.current().pid()) {
            return "not sent: " + who + " is this program; q quits it";
        }
        if (!logged(List.of(what))) {
            return unlogged();
        }
        try {
            killer.signal(act.process(), act.number());
            logged(List.of(what + " outcome=\"sent\""));
            return "sent " + act.signal() + " to " + who;
        } catch (Failure e) {
            logged(List.of(what + " outcome=" + quoted(e.line())));
            return "not sent: " + e.line();
        }
    }
}
