package shawk.view.shell;

import org.jline.reader.EOFError;
import org.jline.reader.ParsedLine;
import org.jline.reader.impl.DefaultParser;

/** Words of a line, and whether it needs a further one. */
final class LineParser extends DefaultParser {
    private final Interpreter interpreter;

    LineParser(Interpreter interpreter) {
        this.interpreter = interpreter;
    }

    @Override
    public ParsedLine parse(String line, int cursor, ParseContext context) {
        if (context == ParseContext.ACCEPT_LINE && interpreter.unfinished(line)) {
            throw new EOFError(-1, -1, "a further line");
        }
        return super.parse(line, cursor, context);
    }
}
