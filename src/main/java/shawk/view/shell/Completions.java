package shawk.view.shell;

import java.util.ArrayList;
import java.util.List;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;
import org.jspecify.annotations.Nullable;

/** What the interpreter suggests, as JLine wants it. */
final class Completions implements Completer {
    private static final @Nullable String NONE = null;

    private final Interpreter interpreter;

    Completions(Interpreter interpreter) {
        this.interpreter = interpreter;
    }

    @Override
    @SuppressWarnings("NullAway") // JLine, which has no marks of its own, takes null for what a candidate has not
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        List<String> words = new ArrayList<>(line.words().subList(0, line.wordIndex()));
        words.add(
                line.word().substring(0, Math.min(line.wordCursor(), line.word().length())));
        for (Suggestion each : interpreter.complete(words)) {
            candidates.add(new Candidate(each.value(), each.label(), NONE, NONE, NONE, NONE, each.whole()));
        }
    }
}
