package shawk.expr;

import java.util.ArrayList;
import java.util.List;

/** Cuts lists of names at commas. */
final class NameList {
    private NameList() {}

    /**
     * A name of a list.
     *
     * @param name without blanks around it, not empty
     * @param index of its first character in the list
     */
    record Part(String name, int index) {}

    /** The names of {@code text}, at least one; {@code expected} tells what a list looks like. */
    static List<Part> parts(String text, String expected) throws ExprException {
        List<Part> parts = new ArrayList<>();
        int start = 0;
        while (start <= text.length()) {
            int comma = text.indexOf(',', start);
            int end = comma < 0 ? text.length() : comma;
            String name = text.substring(start, end).strip();
            if (name.isEmpty()) {
                throw ExprException.at(text, start, "expected the name of a field", "as in " + expected);
            }
            parts.add(new Part(name, text.indexOf(name, start)));
            start = end + 1;
        }
        return parts;
    }
}
