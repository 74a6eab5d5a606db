package shawk.expr;

/**
 * A piece of a filter.
 *
 * @param kind what it is
 * @param text a word or text as meant, an operator as its usual spelling; empty at the end
 * @param start index of its first character
 * @param end index behind its last one
 */
record Token(Kind kind, String text, int start, int end) {
    enum Kind {
        WORD,
        /** In quotes. */
        TEXT,
        OPERATOR,
        NOT,
        AND,
        OR,
        OPEN,
        CLOSE,
        COMMA,
        END
    }

    boolean is(Kind other) {
        return kind == other;
    }

    /** Whether it is the word {@code keyword}, in any case. */
    boolean isWord(String keyword) {
        return kind == Kind.WORD && text.equalsIgnoreCase(keyword);
    }

    /** How messages name it. */
    String shown() {
        return kind == Kind.END ? "the end" : ExprException.quoted(text);
    }
}
