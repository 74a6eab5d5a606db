package shawk.expr;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import shawk.field.EndpointFields;
import shawk.field.Field;
import shawk.field.Fields;
import shawk.model.Snapshot;

/** A filter with its expression. Immutable. */
final class ParsedFilter implements Filter {
    private final String source;
    private final Expr expr;
    private final Set<Field> fields;

    ParsedFilter(String source, Expr expr) {
        this.source = source;
        this.expr = expr;
        this.fields = fieldsOf(expr);
    }

    /** The fields that {@code expr} asks for. */
    static Set<Field> fieldsOf(Expr expr) {
        Set<Field> found = new LinkedHashSet<>();
        collect(expr, found);
        return Set.copyOf(found);
    }

    Expr expr() {
        return expr;
    }

    @Override
    public RowTest on(Snapshot snapshot) {
        return RowTests.of(expr, snapshot);
    }

    @Override
    public Set<Field> fields() {
        return fields;
    }

    @Override
    public String source() {
        return source;
    }

    /** The expression, written as a filter. */
    @Override
    public String toString() {
        return ExprPrinter.print(expr);
    }

    private static void collect(Expr expr, Set<Field> into) {
        if (expr instanceof Expr.And and) {
            and.parts().forEach(part -> collect(part, into));
        } else if (expr instanceof Expr.Or or) {
            or.parts().forEach(part -> collect(part, into));
        } else if (expr instanceof Expr.Not not) {
            collect(not.part(), into);
        } else if (expr instanceof Expr.TextIn in) {
            into.add(in.field());
        } else if (expr instanceof Expr.Matches matches) {
            into.add(matches.field());
        } else if (expr instanceof Expr.OrdinalIn in) {
            into.add(in.field());
        } else if (expr instanceof Expr.NumberIn in) {
            into.add(in.field());
        } else if (expr instanceof Expr.AddressIn in) {
            into.add(in.field());
        } else if (expr instanceof Expr.AmountIn in) {
            into.add(in.field());
        } else if (expr instanceof Expr.HeldBy held) {
            into.add(held.field());
        } else if (expr instanceof Expr.Word word) {
            collect(word, into);
        }
    }

    private static void collect(Expr.Word word, Set<Field> into) {
        into.addAll(WordTest.TEXTS);
        into.addAll(WordTest.ADDRESSES);
        if (WordTest.port(word.text()) >= 0) {
            into.addAll(List.of(EndpointFields.LPORT, EndpointFields.RPORT, Fields.PORT));
        }
    }
}
