package shawk.expr;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a filter into tokens. Words are whatever stands between blanks and the characters {@code ()=<>~!&|,"'}: numbers
 * with units, addresses, prefixes and ranges are words. In quotes, a backslash takes the meaning from a quote or
 * another backslash; before any other character it stays, as regular expressions want it.
 */
final class Lexer {
    static final int MAX_LENGTH = 4096;
    private static final String ENDS_WORD = "()=<>~!&|,\"'";

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private Lexer(String text) {
        this.text = text;
    }

    /** The tokens of {@code text}; the last one is {@link Token.Kind#END}. */
    static List<Token> tokens(String text) throws ExprException {
        if (text.length() > MAX_LENGTH) {
            throw ExprException.at(
                    text, MAX_LENGTH, "a filter may be " + MAX_LENGTH + " characters long, and ends", "shorten it");
        }
        Lexer lexer = new Lexer(text);
        while (lexer.skipBlanks()) {
            lexer.next();
        }
        lexer.add(Token.Kind.END, "", 0);
        return lexer.tokens;
    }

    private boolean skipBlanks() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at < text.length();
    }

    private void next() throws ExprException {
        char c = text.charAt(at);
        char after = at + 1 < text.length() ? text.charAt(at + 1) : 0;
        switch (c) {
            case '(' -> add(Token.Kind.OPEN, "(", 1);
            case ')' -> add(Token.Kind.CLOSE, ")", 1);
            case ',' -> add(Token.Kind.COMMA, ",", 1);
            case '"', '\'' -> quoted(c);
            case '~' -> add(Token.Kind.OPERATOR, "~", 1);
            case '=' -> add(Token.Kind.OPERATOR, after == '~' ? "~" : "=", after == '=' || after == '~' ? 2 : 1);
            case '<', '>' -> add(Token.Kind.OPERATOR, after == '=' ? c + "=" : "" + c, after == '=' ? 2 : 1);
            case '!' -> {
                boolean operator = after == '=' || after == '~';
                add(operator ? Token.Kind.OPERATOR : Token.Kind.NOT, operator ? "!" + after : "!", operator ? 2 : 1);
            }
            case '&', '|' -> {
                if (after != c) {
                    throw ExprException.at(
                            text,
                            at,
                            "expected '" + c + c + "'",
                            "where '" + c + "' belongs to a text, quote the text");
                }
                add(c == '&' ? Token.Kind.AND : Token.Kind.OR, "" + c + c, 2);
            }
            default -> word();
        }
    }

    private void word() {
        int end = at;
        while (end < text.length()
                && !Character.isWhitespace(text.charAt(end))
                && ENDS_WORD.indexOf(text.charAt(end)) < 0) {
            end++;
        }
        add(Token.Kind.WORD, text.substring(at, end), end - at);
    }

    private void quoted(char quote) throws ExprException {
        StringBuilder content = new StringBuilder();
        for (int i = at + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == quote) {
                add(Token.Kind.TEXT, content.toString(), i + 1 - at);
                return;
            }
            char after = i + 1 < text.length() ? text.charAt(i + 1) : 0;
            if (c == '\\' && (after == '\\' || after == '"' || after == '\'')) {
                i++;
                c = after;
            }
            content.append(c);
        }
        throw ExprException.at(text, text.length(), "expected " + quote + " to end the text", "");
    }

    private void add(Token.Kind kind, String content, int length) {
        tokens.add(new Token(kind, content, at, at + length));
        at += length;
    }
}
