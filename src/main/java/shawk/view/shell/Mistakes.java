package shawk.view.shell;

import org.jline.reader.LineReader;
import org.jline.reader.impl.DefaultHighlighter;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/** Underlines what makes no sense while it is typed. */
final class Mistakes extends DefaultHighlighter {
    private final Interpreter interpreter;

    Mistakes(Interpreter interpreter) {
        this.interpreter = interpreter;
    }

    @Override
    public AttributedString highlight(LineReader reader, String buffer) {
        int mistake = interpreter.mistake(buffer);
        if (mistake < 0 || mistake >= buffer.length()) {
            return super.highlight(reader, buffer);
        }
        return new AttributedStringBuilder()
                .append(buffer.substring(0, mistake))
                .append(buffer.substring(mistake), AttributedStyle.DEFAULT.underline())
                .toAttributedString();
    }
}
