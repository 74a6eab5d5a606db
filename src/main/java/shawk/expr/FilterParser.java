package shawk.expr;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import shawk.expr.Token.Kind;
import shawk.field.EndpointFields;
import shawk.field.Field;

/**
 * Parses the filter language.
 *
 * <pre>
 * filter     = and { ("or" | "||") and }
 * and        = not { ("and" | "&amp;&amp;") not }
 * not        = ("not" | "!") not | "(" filter ")" | comparison | word
 * comparison = field ("=" | "==" | "!=" | "&lt;" | "&lt;=" | "&gt;" | "&gt;=" | "~" | "!~") value
 *            | field ["not"] "in" (value | "(" value { "," value } ")")
 * </pre>
 *
 * <p>Stateless to its callers; any thread.
 */
public final class FilterParser {
    /** Bounds the stack that a filter can take, here and at every row. */
    private static final int MAX_DEPTH = 100;

    private final String text;
    private final List<Token> tokens;
    private final FieldScope scope;
    private int at;
    private int depth;

    private FilterParser(String text, FieldScope scope) throws ExprException {
        this.text = text;
        this.scope = scope;
        this.tokens = Lexer.tokens(text);
    }

    /** The filter that {@code text} is; a blank text is none. */
    public static Filter parse(String text) throws ExprException {
        return new ParsedFilter(text, parseExpr(text));
    }

    static Expr parseExpr(String text) throws ExprException {
        return parseExpr(text, FieldScope.ALL);
    }

    /** The expression that {@code text} is, of fields in {@code scope}. */
    static Expr parseExpr(String text, FieldScope scope) throws ExprException {
        FilterParser parser = new FilterParser(text, scope);
        Expr expr = parser.or();
        Token rest = parser.peek();
        if (rest.is(Kind.CLOSE)) {
            throw parser.error(rest, "')' without '('", "");
        } else if (!rest.is(Kind.END)) {
            throw parser.error(rest, "expected 'and' or 'or', not " + rest.shown() + ",", "");
        }
        return expr;
    }

    private Expr or() throws ExprException {
        List<Expr> parts = new ArrayList<>(List.of(and()));
        while (peek().is(Kind.OR) || peek().isWord("or")) {
            at++;
            parts.add(and());
        }
        return parts.size() == 1 ? parts.get(0) : new Expr.Or(parts);
    }

    private Expr and() throws ExprException {
        List<Expr> parts = new ArrayList<>(List.of(not()));
        while (peek().is(Kind.AND) || peek().isWord("and")) {
            at++;
            parts.add(not());
        }
        return parts.size() == 1 ? parts.get(0) : new Expr.And(parts);
    }

    private Expr not() throws ExprException {
        Token token = peek();
        if (++depth > MAX_DEPTH) {
            throw error(token, "nested deeper than " + MAX_DEPTH, "");
        }
        Expr expr;
        if (token.is(Kind.NOT) || token.isWord("not")) {
            at++;
            expr = new Expr.Not(not());
        } else if (token.is(Kind.OPEN)) {
            at++;
            expr = or();
            expect(Kind.CLOSE, "')'");
        } else {
            expr = primary();
        }
        depth--;
        return expr;
    }

    private Expr primary() throws ExprException {
        Token token = next();
        Token after = peek();
        boolean negatedIn = after.isWord("not") && tokens.get(at + 1).isWord("in");
        boolean compared = after.is(Kind.OPERATOR) || after.isWord("in") || negatedIn;
        if (token.is(Kind.TEXT) && !compared) {
            return word(token);
        } else if (!token.is(Kind.WORD) || isKeyword(token)) {
            throw error(token, "expected a field or a word, not " + token.shown() + ",", "");
        } else if (!compared) {
            return bareWord(token);
        }
        Field field = scope.require(token.text(), text, token.start());
        Comparison comparison = new Comparison(text, field, scope.portOf(field));
        at += negatedIn ? 2 : 1;
        if (after.is(Kind.OPERATOR)) {
            return comparison.parse(after, value(after.shown()));
        }
        Expr in = comparison.parseIn(values());
        return negatedIn ? new Expr.Not(in) : in;
    }

    private List<Token> values() throws ExprException {
        if (!peek().is(Kind.OPEN)) {
            return List.of(value("'in'"));
        }
        at++;
        List<Token> values = new ArrayList<>(List.of(value("'('")));
        while (peek().is(Kind.COMMA)) {
            at++;
            values.add(value("','"));
        }
        expect(Kind.CLOSE, "',' or ')'");
        return values;
    }

    /** Any word is a value, {@code in} too: it is a direction. */
    private Token value(String before) throws ExprException {
        Token token = next();
        if (!token.is(Kind.WORD) && !token.is(Kind.TEXT)) {
            throw error(token, "expected a value after " + before + ", not " + token.shown() + ",", "");
        }
        return token;
    }

    private Expr bareWord(Token token) throws ExprException {
        long states = StateNames.find(token.text());
        if (states != 0 && scope.find(EndpointFields.STATE.id()) != null) {
            return new Expr.OrdinalIn(EndpointFields.STATE, states);
        }
        String lower = token.text().toLowerCase(Locale.ROOT);
        for (var field : List.of(EndpointFields.PROTO, EndpointFields.FAMILY)) {
            int ordinal = field.names().indexOf(lower);
            if (ordinal >= 0 && scope.find(field.id()) != null) {
                return new Expr.OrdinalIn(field, 1L << ordinal);
            }
        }
        if (scope.find(token.text()) != null) {
            throw ExprException.at(
                    text,
                    token.end(),
                    "expected an operator such as '=' after field " + token.shown(),
                    "in quotes it would be a word to look for");
        }
        return word(token);
    }

    private Expr word(Token token) throws ExprException {
        if (token.text().isBlank()) {
            throw error(token, "expected a text between the quotes", "");
        }
        return new Expr.Word(token.text());
    }

    private static boolean isKeyword(Token token) {
        return token.isWord("and") || token.isWord("or") || token.isWord("not") || token.isWord("in");
    }

    private void expect(Kind kind, String shown) throws ExprException {
        Token token = next();
        if (!token.is(kind)) {
            throw error(token, "expected " + shown + ", not " + token.shown() + ",", "");
        }
    }

    private Token peek() {
        return tokens.get(at);
    }

    /** The end comes again and again. */
    private Token next() {
        Token token = tokens.get(at);
        if (!token.is(Kind.END)) {
            at++;
        }
        return token;
    }

    private ExprException error(Token token, String problem, String advice) {
        return ExprException.at(text, token.start(), problem, advice);
    }
}
