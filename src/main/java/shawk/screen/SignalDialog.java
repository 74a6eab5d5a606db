package shawk.screen;

import java.util.List;
import org.jspecify.annotations.Nullable;
import shawk.field.OwnerFields;
import shawk.model.Column;
import shawk.model.ProcessId;
import shawk.model.ProcessInfo;
import shawk.model.RowKind;
import shawk.model.Snapshot;
import shawk.model.SocketTable;
import shawk.pivot.KeyValue;

/**
 * Asks before a process gets a signal: which process, what it holds, which signal.
 *
 * <pre>
 *  Signal a process                       y sends it, Esc leaves
 *  nginx, pid 4656, user www-data, 812 connections
 *  nginx: worker process
 *  > TERM 15  asks it to end
 *    KILL 9   ends it at once
 * </pre>
 *
 * @param process who
 * @param conns connections that it holds
 * @param selected number of the signal in the list
 */
record SignalDialog(ProcessInfo process, int conns, int selected) implements Dialog {
    private static final int WIDTH = 74;
    private static final int FIRST = 4;

    private static final List<Signal> SIGNALS = List.of(
            new Signal("TERM", 15, "asks it to end"),
            new Signal("INT", 2, "as Ctrl-C does"),
            new Signal("HUP", 1, "ends it, or lets a daemon read its configuration again"),
            new Signal("KILL", 9, "ends it at once; it cannot tidy up"),
            new Signal("QUIT", 3, "ends it with a core dump; a JVM prints its threads"),
            new Signal("STOP", 19, "holds it"),
            new Signal("CONT", 18, "lets it go on"),
            new Signal("USR1", 10, "what it makes of it"),
            new Signal("USR2", 12, "what it makes of it"));

    /** One line of the list. */
    private record Signal(String name, int number, String what) {}

    /** Why there is no process to ask about; null = there is. */
    static @Nullable String none(UiState state, Tree tree) {
        if (tree.size() == 0) {
            return "no row";
        }
        KeyValue pid = pid(tree.at(state.cursor().row()));
        if (pid.absent() || pid.distinct() && pid.low() == 0) {
            return "no process is known here";
        }
        return pid.distinct() && pid.low() > 1 ? pid.low() + " processes: go to one of them" : null;
    }

    private static KeyValue pid(Tree.Row row) {
        KeyValue pid = new KeyValue();
        row.level().key(OwnerFields.PID, row.index(), pid);
        return pid;
    }

    static Step ask(UiState state, Tree tree) {
        Tree.Row row = tree.at(state.cursor().row());
        // Of what has ended the row is of another snapshot than the sockets that there are.
        Snapshot snapshot = row.level().snapshot(row.index());
        int owner = owner(snapshot, row, pid(row));
        if (owner < 0) {
            return Step.to(state.withMessage("no process is known here"));
        }
        ProcessInfo process = snapshot.processes().get(owner);
        Snapshot living = tree.pivot().snapshot();
        if (row.ended() && !isHolder(living, process.id())) {
            return Step.to(
                    state.withMessage(Facts.process(process) + " has ended already, or holds no socket any more"));
        }
        return Step.to(state.withDialog(new SignalDialog(process, connections(living, process.id()), 0)));
    }

    /** Whether it has a socket now. That it is listed does not say so: what it did lately may be counted still. */
    private static boolean isHolder(Snapshot snapshot, ProcessId process) {
        int place = place(snapshot, process);
        if (place == snapshot.processes().size()) {
            return false;
        }
        for (int row = 0; row < snapshot.table().sockets(); row++) {
            if (snapshot.table().value(Column.OWNER, row) == place) {
                return true;
            }
            for (int i = 0; i < snapshot.holders().count(row); i++) {
                if (snapshot.holders().process(row, i) == place) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Where it stands among the processes; how many there are where it does not. */
    private static int place(Snapshot snapshot, ProcessId process) {
        int place = 0;
        while (place < snapshot.processes().size()
                && !snapshot.processes().get(place).id().equals(process)) {
            place++;
        }
        return place;
    }

    /** The process of one of the row's sockets, or the last one of that number. */
    private static int owner(Snapshot snapshot, Tree.Row row, KeyValue pid) {
        int any = row.level().row(row.index());
        if (any >= 0 && snapshot.table().has(Column.OWNER, any)) {
            return (int) snapshot.table().value(Column.OWNER, any);
        }
        int found = -1;
        for (int i = 0; i < snapshot.processes().size() && !pid.distinct(); i++) {
            found = snapshot.processes().get(i).id().pid() == pid.low() ? i : found;
        }
        return found;
    }

    private static int connections(Snapshot snapshot, ProcessId process) {
        SocketTable table = snapshot.table();
        int owner = place(snapshot, process);
        int count = 0;
        for (int row = 0; row < table.sockets(); row++) {
            boolean own = table.value(Column.OWNER, row) == owner;
            count += own && table.value(Column.KIND, row) == RowKind.CONNECTION.ordinal() ? 1 : 0;
        }
        return count;
    }

    @Override
    public Step key(UiState state, Key key, Tree tree) {
        int last = SIGNALS.size() - 1;
        return switch (key.kind()) {
            case ESCAPE -> Step.to(state.withDialog(null).withMessage("no signal was sent"));
            case UP -> Step.to(state.withDialog(at(Math.max(0, selected - 1))));
            case DOWN -> Step.to(state.withDialog(at(Math.min(last, selected + 1))));
            default -> key.equals(Key.of('y')) ? send(state) : Step.to(state);
        };
    }

    private SignalDialog at(int signal) {
        return new SignalDialog(process, conns, signal);
    }

    private Step send(UiState state) {
        Signal signal = SIGNALS.get(selected);
        return Step.to(
                state.withDialog(null).withMessage("sending " + signal.name()),
                new Effect.SignalProcess(process.id(), process.name(), signal.name(), signal.number()));
    }

    private static Box box(int columns, int rows) {
        return Box.centred(columns, rows, WIDTH, SIGNALS.size() + FIRST + 2);
    }

    @Override
    public Step click(UiState state, Event.Clicked click, Tree tree) {
        int signal = box(state.columns(), state.rows()).lineAt(click) - FIRST;
        boolean there = signal >= 0 && signal < SIGNALS.size();
        return Step.to(there ? state.withDialog(at(signal)) : state);
    }

    @Override
    public void draw(Pen pen, Scene scene) {
        Box box = box(pen.grid().columns(), pen.grid().rows());
        box.draw(pen, "Signal a process", "y sends it, Esc leaves");
        String who = process.name().value() + ", pid " + process.id().pid() + ", user "
                + (process.user().value().isEmpty()
                        ? "" + process.uid()
                        : process.user().value());
        box.text(pen, 0, who, Style.GROUP);
        box.text(pen, 1, process.cmdline().value(), Style.INPUT);
        String began = "began " + process.id().startTicks() + " ticks after boot, holds " + conns + " connections";
        box.text(pen, 2, began, Style.INPUT);
        box.text(pen, 3, process.id().pid() == 1 ? "This is pid 1: without it the host goes down." : "", Style.BAD);
        // Where there is no room for all, those around the chosen one.
        int room = Math.max(1, box.height() - 2 - FIRST);
        int first = Math.max(0, Math.min(selected - room + 1, SIGNALS.size() - room));
        for (int i = 0; i < room && first + i < SIGNALS.size(); i++) {
            Signal signal = SIGNALS.get(first + i);
            String number = signal.name() + " " + signal.number();
            String text = number + " ".repeat(9 - number.length()) + signal.what();
            boolean chosen = first + i == selected;
            box.text(pen, FIRST + i, (chosen ? "> " : "  ") + text, chosen ? Style.CURSOR : Style.INPUT);
        }
    }
}
