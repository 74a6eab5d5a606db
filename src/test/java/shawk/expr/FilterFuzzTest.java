package shawk.expr;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import shawk.field.Field;
import shawk.field.Fields;
import shawk.model.Snapshot;
import shawk.support.HostileNames;
import shawk.support.SnapshotBuilder;

/** Whatever is typed, it is a filter or an {@link ExprException}, and a filter printed is the same filter. */
final class FilterFuzzTest {
    private static final int ROUNDS = 60_000;

    private static final List<String> PIECES = List.of(
            "(",
            ")",
            ",",
            "=",
            "==",
            "!=",
            "<",
            "<=",
            ">",
            ">=",
            "~",
            "!~",
            "!",
            "&&",
            "||",
            "and",
            "or",
            "not",
            "in",
            "not in",
            "\"",
            "'",
            "\\",
            "\"a b\"",
            "'^x.*'",
            "'('",
            "a",
            "80",
            "443",
            "8000-8999",
            ":22",
            "10.0.0.1",
            "10.0.0.0/8",
            "fe80::/10",
            "::1",
            "[::1]",
            "100ms",
            "10MB",
            "10MB/s",
            "5%",
            "1.5k",
            "-1",
            "1-",
            "0x1f",
            "99999999999999999999",
            "ESTAB",
            "time-wait",
            "listening",
            "connected",
            "tcp",
            "in",
            "none",
            "on",
            "unknown",
            "ü",
            "\u001b",
            "\u202e",
            "\ud800",
            "\u0000",
            "&",
            "|",
            ".",
            "%",
            "/",
            "99999999999999999999d");

    private final Random random = new Random(20);
    private final Snapshot snapshot = snapshot();

    private static Snapshot snapshot() {
        SnapshotBuilder builder = new SnapshotBuilder();
        builder.socket().owner(builder.process(80, "nginx"));
        builder.listener(22);
        builder.bundle();
        return builder.build();
    }

    @Test
    void piecesOfTheLanguage() {
        int parsed = 0;
        for (int i = 0; i < ROUNDS; i++) {
            parsed += check(pieces()) ? 1 : 0;
        }
        assertThat(parsed).as("enough filters among the rubbish").isGreaterThan(ROUNDS / 50);
    }

    @Test
    void comparisonsOfEveryField() {
        int parsed = 0;
        for (int i = 0; i < ROUNDS; i++) {
            Field field = Fields.ALL.get(random.nextInt(Fields.ALL.size()));
            parsed += check(field.id() + " " + piece() + " " + piece()) ? 1 : 0;
        }
        assertThat(parsed).isGreaterThan(ROUNDS / 50);
    }

    @Test
    void anyCharacters() {
        for (int i = 0; i < ROUNDS; i++) {
            StringBuilder text = new StringBuilder();
            int length = random.nextInt(12);
            for (int j = 0; j < length; j++) {
                text.append((char) random.nextInt(random.nextBoolean() ? 0x80 : 0x10000));
            }
            check(text.toString());
        }
    }

    private String pieces() {
        StringBuilder text = new StringBuilder();
        int length = 1 + random.nextInt(9);
        for (int i = 0; i < length; i++) {
            boolean field = random.nextInt(3) == 0;
            text.append(
                    field ? Fields.ALL.get(random.nextInt(Fields.ALL.size())).id() : piece());
            text.append(random.nextInt(4) == 0 ? "" : " ");
        }
        return text.toString();
    }

    private String piece() {
        return PIECES.get(random.nextInt(PIECES.size()));
    }

    /** Whether it is a filter. */
    private boolean check(String text) {
        Expr expr;
        try {
            expr = FilterParser.parseExpr(text);
        } catch (ExprException e) {
            assertThat(HostileNames.harmIn(e.getMessage())).as(text).isEqualTo(-1);
            assertThat(e.position()).as(text).isBetween(1, text.length() + 1);
            assertThat(e.getMessage()).as(text).contains(" at column " + e.position());
            return false;
        }
        String printed = ExprPrinter.print(expr);
        assertThat(parse(printed)).as("%s, printed %s", text, printed).isEqualTo(expr);
        Filter.RowTest test = new ParsedFilter(text, expr).on(snapshot);
        for (int row = 0; row < snapshot.table().size(); row++) {
            test.matches(row);
        }
        return true;
    }

    private static Expr parse(String text) {
        try {
            return FilterParser.parseExpr(text);
        } catch (ExprException e) {
            throw new AssertionError(text, e);
        }
    }
}
