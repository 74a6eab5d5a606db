package shawk.screen;

import shawk.model.SafeText;
import shawk.model.Snapshot;
import shawk.pivot.RowChoice;

/** What stands in the table where it has no rows: why. */
final class EmptyTable {
    private EmptyTable() {}

    /** Why there is nothing that has ended. */
    static String notSeen(Snapshot snapshot) {
        return "not seen: the source " + snapshot.source() + " looks now and then; ebpf sees each end (shawk doctor)";
    }

    static void draw(Pen pen, Scene scene, int line) {
        Arrangement arrangement = scene.state().arrangement();
        String first;
        String second = "";
        boolean listening = arrangement.view() == View.LISTENING;
        Snapshot snapshot = scene.tree().pivot().snapshot();
        if (snapshot.sequence() == 0) {
            first = scene.failure().isEmpty() ? "waiting for the first sample" : "no sample yet";
        } else if (arrangement.view() == View.CLOSED && snapshot.ended().total() == 0) {
            first = snapshot.exactCounts()
                    ? "nothing has ended and no attempt has failed since the start"
                    : notSeen(snapshot);
        } else if (arrangement.filter() != null && scene.state().chips().isEmpty()) {
            first = (listening
                            ? "no listeners"
                            : arrangement.view() == View.CLOSED ? "none that ended" : "no connections")
                    + (arrangement.view() == View.CLOSED ? " matches the filter: " : " match the filter: ")
                    + SafeText.of(arrangement.filterText()).value();
            second = "Esc clears it";
        } else if (scene.state().calm().comparing()) {
            first = "nothing is new, gone or changed in count since the mark";
            second = "m or Esc shows all rows again";
        } else if (!scene.state().chips().isEmpty() && arrangement.view() != View.CLOSED) {
            first = "no sockets are " + scene.state().chips().text();
            second = "\\ chooses others, Esc clears";
        } else if (!arrangement.within().isEmpty()) {
            first = "nothing is left in "
                    + scene.state().trail().text(pen.symbols().chain());
            second = "Esc goes back; what comes anew is shown here";
        } else if (listening) {
            first = "no listeners";
        } else if (arrangement.rows() == RowChoice.ALL) {
            first = "no sockets";
        } else {
            first = "no connections";
            second = "--all shows listeners and TIME_WAIT too";
        }
        pen.text(2, line + 1, pen.grid().columns() - 4, first, Style.PLAIN);
        pen.text(2, line + 2, pen.grid().columns() - 4, second, Style.DIM);
    }
}
