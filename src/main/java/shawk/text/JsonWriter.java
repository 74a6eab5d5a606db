package shawk.text;

import shawk.model.SafeText;

/**
 * Writes JSON (RFC 8259) to a {@link StringBuilder}, which the caller drains whenever it likes: nothing written is
 * looked at again. Commas and colons come by themselves; that names and values alternate in objects is the caller's
 * duty. Objects and arrays nest at most {@value #MAX_DEPTH} deep.
 *
 * <p>Used by one thread.
 */
public final class JsonWriter {
    private static final int MAX_DEPTH = 60;

    private final StringBuilder out;
    /** Bit d: something has been written at depth d. */
    private long begun;

    private int depth;
    private boolean afterName;
    private boolean afterBreak;

    /** A name that is written many times, escaped once. Immutable. */
    public static final class Name {
        private final String written;

        public Name(String name) {
            StringBuilder text = new StringBuilder();
            appendText(text, name);
            written = text.append(':').toString();
        }
    }

    /** Appends to {@code out}. */
    public JsonWriter(StringBuilder out) {
        this.out = out;
    }

    public JsonWriter beginObject() {
        return begin('{');
    }

    public JsonWriter endObject() {
        return end('}');
    }

    public JsonWriter beginArray() {
        return begin('[');
    }

    public JsonWriter endArray() {
        return end(']');
    }

    /** Name of the next value of an object. */
    public JsonWriter name(String name) {
        appendText(open(), name);
        out.append(':');
        afterName = true;
        return this;
    }

    /** Name of the next value of an object. */
    public JsonWriter name(Name name) {
        open().append(name.written);
        afterName = true;
        return this;
    }

    public JsonWriter value(SafeText text) {
        appendText(open(), text.value());
        return this;
    }

    /** A constant of the program: text from outside is {@link SafeText}. */
    public JsonWriter value(String constant) {
        appendText(open(), constant);
        return this;
    }

    public JsonWriter value(boolean truth) {
        open().append(truth);
        return this;
    }

    public JsonWriter value(long number) {
        open().append(number);
        return this;
    }

    /** {@code null} where the number is not finite. */
    public JsonWriter value(double number) {
        if (Double.isFinite(number)) {
            Numbers.appendDouble(open(), number);
        } else {
            open().append("null");
        }
        return this;
    }

    /** The next value of an array begins on a line of its own. */
    public JsonWriter lineBreak() {
        afterBreak = true;
        return this;
    }

    /** Ends a document and its line; another may follow. */
    public JsonWriter endLine() {
        if (depth != 0) {
            throw new IllegalStateException("not ended at depth " + depth);
        }
        out.append('\n');
        begun = 0;
        return this;
    }

    /** Microseconds as seconds, every digit kept. */
    public JsonWriter seconds(long micros) {
        Numbers.appendSeconds(open(), micros);
        return this;
    }

    public JsonWriter nullValue() {
        open().append("null");
        return this;
    }

    /** 64 bits as the string {@code "0x…"}: readers that hold numbers in doubles would lose digits. */
    public JsonWriter hex(long bits) {
        Numbers.appendHex(open().append('"'), bits);
        out.append('"');
        return this;
    }

    /** Where the next value goes, the comma before it written. */
    StringBuilder open() {
        if (afterName) {
            afterName = false;
        } else if ((begun >>> depth & 1) != 0) {
            out.append(',');
        }
        begun |= 1L << depth;
        if (afterBreak) {
            out.append('\n');
            afterBreak = false;
        }
        return out;
    }

    private JsonWriter begin(char bracket) {
        if (depth == MAX_DEPTH) {
            throw new IllegalStateException("deeper than " + MAX_DEPTH);
        }
        open().append(bracket);
        depth++;
        begun &= ~(1L << depth);
        return this;
    }

    private JsonWriter end(char bracket) {
        if (depth == 0 || afterName) {
            throw new IllegalStateException("nothing to end at depth " + depth);
        }
        depth--;
        out.append(bracket);
        return this;
    }

    /** Besides what RFC 8259 asks for, whatever is no visible ASCII or letter is written as an escape. */
    private static void appendText(StringBuilder out, String text) {
        if (isPlain(text)) {
            out.append('"').append(text).append('"');
            return;
        }
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c >= 0x20 && c < 0x7f) {
                out.append(c);
            } else if (isPair(text, i)) {
                out.append(c).append(text.charAt(++i));
            } else if (c < 0xa0 || isHidden(c)) {
                appendEscape(out, c);
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x20 || c >= 0x7f || c == '"' || c == '\\') {
                return false;
            }
        }
        return true;
    }

    private static boolean isPair(String text, int at) {
        return Character.isHighSurrogate(text.charAt(at))
                && at + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(at + 1));
    }

    private static boolean isHidden(char c) {
        return switch (Character.getType(c)) {
            case Character.SURROGATE, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    private static void appendEscape(StringBuilder out, char c) {
        out.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
            out.append(Character.forDigit(c >> shift & 15, 16));
        }
    }
}
