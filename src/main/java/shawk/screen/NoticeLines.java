package shawk.screen;

import java.util.List;
import shawk.model.Degradation;

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
        int lines = Math.min(scene.state().notices().lines(), degradations.size());
        int first = pen.grid().rows() - 1 - lines;
        for (int i = 0; i < lines; i++) {
            int more = degradations.size() - lines;
            boolean last = i == lines - 1;
            String tail = last ? (more > 0 ? " (" + more + " more: ?)" : "") + " (Esc hides)" : "";
            int room = pen.grid().columns() - 2 - tail.length();
            int used = pen.text(1, first + i, room, "! " + degradations.get(i).line(), Style.WARN);
            pen.text(1 + used, first + i, tail.length(), tail, Style.DIM);
        }
    }
}
