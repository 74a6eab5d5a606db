package shawk.expr;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import shawk.field.Field;

/**
 * What a filter comes to where the values of some fields are not known: the rows that match whatever these values are,
 * and the rows that may match. Between the two lies what nobody can tell. Pure.
 */
public final class Doubt {
    private static final Expr ALWAYS = new Expr.And(List.of());
    private static final Expr NEVER = new Expr.Or(List.of());

    private final Predicate<Field> untold;

    private Doubt(Predicate<Field> untold) {
        this.untold = untold;
    }

    /** Matches where {@code filter} does whatever the values of the fields {@code untold} are. */
    public static Filter surely(Filter filter, Set<Field> untold) {
        return of(filter, untold, false);
    }

    /** Matches where {@code filter} does with some values of the fields {@code untold}. */
    public static Filter perhaps(Filter filter, Set<Field> untold) {
        return of(filter, untold, true);
    }

    private static Filter of(Filter filter, Set<Field> untold, boolean hopeful) {
        if (!(filter instanceof ParsedFilter parsed)) {
            throw new IllegalArgumentException("not a parsed filter");
        }
        return new ParsedFilter(filter.source(), new Doubt(untold::contains).bound(parsed.expr(), hopeful));
    }

    /** Whether it may hold where {@code hopeful}, else whether it must. */
    private Expr bound(Expr expr, boolean hopeful) {
        if (expr instanceof Expr.And and) {
            return new Expr.And(bounds(and.parts(), hopeful));
        } else if (expr instanceof Expr.Or or) {
            return new Expr.Or(bounds(or.parts(), hopeful));
        } else if (expr instanceof Expr.Not not) {
            return new Expr.Not(bound(not.part(), !hopeful));
        } else if (ParsedFilter.fieldsOf(expr).stream().noneMatch(untold)) {
            return expr;
        } else if (expr instanceof Expr.Word && !hopeful) {
            // It looks at several fields: one that is known may match already.
            return expr;
        }
        return hopeful ? ALWAYS : NEVER;
    }

    private List<Expr> bounds(List<Expr> parts, boolean hopeful) {
        return parts.stream().map(part -> bound(part, hopeful)).toList();
    }
}
