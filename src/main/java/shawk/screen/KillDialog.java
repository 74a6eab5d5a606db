package shawk.screen;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import shawk.model.Snapshot;
import shawk.pivot.Level;
import shawk.pivot.Pivot;

/**
 * Asks before connections are killed: how many, which, and what is left out. What it shows is what is killed, whatever
 * else has come to match in the meantime.
 *
 * <pre>
 *  Kill 3 connections                              Esc leaves
 *  of nginx (4656):
 *  10.0.0.5:443 - 10.0.0.11:41312 ESTABLISHED tcp
 *  ...
 *  Press y to kill them.
 * </pre>
 *
 * @param of the row that they are of
 * @param victims all of them
 * @param left how many sockets of the row cannot be killed: without a remote end of their own, or without a cookie
 * @param line the count, where that is to be typed
 * @param error what is wrong with it, null = nothing
 */
record KillDialog(
        String of,
        List<Victim> victims,
        int left,
        LineEdit line,
        @Nullable String error) implements Dialog {
    /** Where there are more, a key is not enough. */
    static final int MANY = 100;

    private static final int WIDTH = 74;
    private static final int SHOWN = 5;

    KillDialog {
        victims = List.copyOf(victims);
    }

    /** The question about the row under the cursor, or why there is none. */
    static Step ask(UiState state, Tree tree) {
        Tree.Row row = tree.at(state.cursor().row());
        List<Victim> victims = new ArrayList<>();
        int left = collect(tree.pivot(), row.level(), row.index(), victims);
        if (victims.isEmpty()) {
            String why = left == 0
                    ? "no connection here"
                    : "none of these " + left
                            + " can be killed: no remote end of their own, or the source has no cookies";
            return Step.to(state.withMessage(why));
        }
        String of = new RowNames(tree.pivot(), Symbols.ASCII).of(row);
        return Step.to(state.withDialog(new KillDialog(of, victims, left, LineEdit.of(""), null)));
    }

    private static int collect(Pivot pivot, Level level, int index, List<Victim> victims) {
        if (!level.single()) {
            Level below = pivot.children(level, index);
            int left = 0;
            for (int i = 0; i < below.size(); i++) {
                left += collect(pivot, below, i, victims);
            }
            return left;
        }
        int row = level.row(index);
        Snapshot snapshot = level.snapshot(index);
        if (row < 0 || row >= snapshot.table().sockets() || Tree.isEnded(level, index)) {
            return 0;
        }
        if (!Victim.can(snapshot.table(), row)) {
            return 1;
        }
        victims.add(Victim.of(snapshot, row));
        return 0;
    }

    private boolean many() {
        return victims.size() > MANY;
    }

    @Override
    public Step key(UiState state, Key key, Tree tree) {
        if (key.kind() == Key.Kind.ESCAPE || !many() && key.equals(Key.of('n'))) {
            return Step.to(state.withDialog(null).withMessage("nothing was killed"));
        }
        if (!many()) {
            return key.equals(Key.of('y')) ? kill(state) : Step.to(state);
        }
        if (key.kind() == Key.Kind.ENTER) {
            boolean right = line.text().strip().equals("" + victims.size());
            String wrong = "type " + victims.size() + ", the count";
            return right ? kill(state) : Step.to(state.withDialog(new KillDialog(of, victims, left, line, wrong)));
        }
        return Step.to(state.withDialog(new KillDialog(of, victims, left, line.on(key), null)));
    }

    private Step kill(UiState state) {
        String count = count(victims.size());
        return Step.to(state.withDialog(null).withMessage("killing " + count), new Effect.KillConnections(of, victims));
    }

    private static String count(int number) {
        return number == 1 ? "1 connection" : number + " connections";
    }

    @Override
    public void draw(Pen pen, Scene scene) {
        int shown = Math.min(SHOWN, victims.size());
        Box box = Box.centred(pen.grid().columns(), pen.grid().rows(), WIDTH, shown + 7);
        box.draw(pen, "Kill " + count(victims.size()), "Esc leaves");
        box.text(pen, 0, "of " + of, Style.GROUP);
        for (int i = 0; i < shown; i++) {
            box.text(pen, 1 + i, victims.get(i).text(), Style.INPUT);
        }
        int more = victims.size() - shown;
        box.text(pen, 1 + shown, more > 0 ? "and " + more + " more" : "", Style.INPUT);
        String rest = left + " more cannot be killed: no remote end of their own, or no cookie";
        box.text(pen, 2 + shown, left == 0 ? "" : rest, Style.DIM);
        if (many()) {
            box.input(pen, 3 + shown, "Type " + victims.size() + " and Enter: ", line);
        } else {
            box.text(pen, 3 + shown, "Press y to kill " + (victims.size() == 1 ? "it." : "them."), Style.WARN);
        }
        box.text(pen, 4 + shown, error == null ? "" : error, Style.BAD);
    }
}
