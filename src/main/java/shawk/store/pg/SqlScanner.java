package shawk.store.pg;

/**
 * How many statements stand in a text, and what the first begins with: quotes, dollar quotes and comments, which nest,
 * as PostgreSQL reads them. What cannot be told apart counts as more than one.
 */
final class SqlScanner {
    private final String sql;
    private int at;
    private int statements;
    private boolean inside;
    private String firstWord = "";

    SqlScanner(String sql) {
        this.sql = sql;
        run();
    }

    int statements() {
        return statements;
    }

    String firstWord() {
        return firstWord;
    }

    private void run() {
        while (at < sql.length()) {
            char c = sql.charAt(at);
            if (c == ';') {
                inside = false;
                at++;
            } else if (Character.isWhitespace(c)) {
                at++;
            } else if (sql.startsWith("--", at)) {
                int end = sql.indexOf('\n', at);
                at = end < 0 ? sql.length() : end;
            } else if (sql.startsWith("/*", at)) {
                comment();
            } else {
                begin();
                token(c);
            }
        }
    }

    private void begin() {
        if (!inside) {
            inside = true;
            statements++;
            if (statements == 1) {
                int end = at;
                while (end < sql.length() && isWord(sql.charAt(end))) {
                    end++;
                }
                firstWord = sql.substring(at, Math.max(end, Math.min(at + 1, sql.length())));
                // A bracket may stand before what asks.
                if (firstWord.equals("(")) {
                    firstWord = "select";
                }
            }
        }
    }

    private void token(char c) {
        if (c == '\'' || c == '"') {
            boolean escapes = c == '\''
                    && at > 0
                    && (sql.charAt(at - 1) == 'e' || sql.charAt(at - 1) == 'E')
                    && (at < 2 || !isWord(sql.charAt(at - 2)));
            quoted(c, escapes);
        } else if (c == '$' && (at == 0 || !isWord(sql.charAt(at - 1)))) {
            dollar();
        } else {
            at++;
        }
    }

    private void quoted(char quote, boolean escapes) {
        for (at++; at < sql.length(); at++) {
            char c = sql.charAt(at);
            if (escapes && c == '\\') {
                at++;
            } else if (c == quote) {
                at++;
                return;
            }
        }
        statements = 2;
    }

    private void dollar() {
        int end = at + 1;
        while (end < sql.length() && isWord(sql.charAt(end)) && sql.charAt(end) != '$') {
            end++;
        }
        boolean tag = end < sql.length()
                && sql.charAt(end) == '$'
                && (end == at + 1 || !Character.isDigit(sql.charAt(at + 1)));
        if (!tag) {
            at++;
            return;
        }
        String mark = sql.substring(at, end + 1);
        int close = sql.indexOf(mark, end + 1);
        if (close < 0) {
            statements = 2;
            at = sql.length();
        } else {
            at = close + mark.length();
        }
    }

    private void comment() {
        int depth = 0;
        while (at < sql.length()) {
            if (sql.startsWith("/*", at)) {
                depth++;
                at += 2;
            } else if (sql.startsWith("*/", at)) {
                at += 2;
                if (--depth == 0) {
                    return;
                }
            } else {
                at++;
            }
        }
        statements = 2;
    }

    private static boolean isWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '$' || c > 0x7f;
    }
}
