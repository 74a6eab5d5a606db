package shawk.pivot;

import shawk.expr.Filter;
import shawk.field.CountFields;
import shawk.field.Fields;
import shawk.field.MeasureField;

/** Which rows a field is rolled up over, and where it is not known at all. */
final class Scope {
    private Scope() {}

    /** Whether bundles of ended connections can be told to match or not. */
    static boolean coversBundles(Filter filter) {
        return filter.fields().stream().allMatch(Fields::inBundles);
    }

    /**
     * Whether hidden sockets count too: openings, which a connection's TIME_WAIT must not lower, and what is hidden by
     * default and would always be 0.
     */
    static boolean countsHidden(MeasureField field) {
        return Fields.countsEnded(field) || field.equals(CountFields.TIME_WAIT) || field.equals(CountFields.LISTENERS);
    }
}
