package shawk.view.shell;

import java.time.Instant;
import org.jline.reader.impl.history.DefaultHistory;

/** Lines that were typed, for the keys that bring them back; where they are kept is the interpreter's business. */
final class TypedLines extends DefaultHistory {
    private final Interpreter interpreter;
    private boolean loading = true;

    TypedLines(Interpreter interpreter) {
        this.interpreter = interpreter;
    }

    void fill() {
        interpreter.remembered().forEach(this::add);
        loading = false;
    }

    @Override
    public void add(Instant time, String line) {
        if (loading || !line.isBlank() && interpreter.remember(line)) {
            super.add(time, line);
        }
    }
}
