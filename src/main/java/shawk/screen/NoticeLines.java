package shawk.screen;

import java.util.List;
import shawk.model.Degradation;
import shawk.text.DisplayWidth;

/**
 * What this run cannot see, why, and what would bring it back; Esc dismisses it.
 *
 * <pre>
 * ! owners of 212 processes: no CAP_SYS_PTRACE; run as root
 * </pre>
 */
final class NoticeLines {
    private NoticeLines() {}

    static void draw(Pen pen, Scene scene) {
        List<Degradation> degradations = scene.tree().pivot().snapshot().degradations();
        int lines = Math.min(scene.state().noticeLines(), degradations.size());
        int first = pen.grid().rows() - 1 - lines;
        for (int i = 0; i < lines; i++) {
            String line = "! " + degradations.get(i).line();
            int more = i == lines - 1 ? degradations.size() - lines : 0;
            String tail = more > 0 ? " (" + more + " more: ?)" : i == lines - 1 ? " (Esc hides)" : "";
            int room = pen.grid().columns() - 2;
            if (more == 0 && DisplayWidth.of(line) > room - tail.length()) {
                // What is missing and the fix matter more than how to be rid of the line.
                tail = "";
            }
            int used = pen.text(1, first + i, room - tail.length(), line, Style.WARN);
            pen.text(1 + used, first + i, tail.length(), tail, Style.DIM);
        }
    }
}
