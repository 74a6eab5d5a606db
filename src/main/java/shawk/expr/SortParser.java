package shawk.expr;

import shawk.field.Field;
import shawk.field.HoldersField;
import shawk.field.MeasureField;

/** Parses sort keys: {@code conns:desc}, {@code rtt}, {@code process:asc}. Stateless; any thread. */
public final class SortParser {
    private SortParser() {}

    /** The key that {@code text} is; without a direction amounts go down and names go up. */
    public static SortKey parse(String text) throws ExprException {
        int colon = text.indexOf(':');
        String name = (colon < 0 ? text : text.substring(0, colon)).strip();
        Field field = FieldNames.require(name, text, 0);
        if (field instanceof HoldersField) {
            throw ExprException.of("'" + field.id() + "' is a list and has no order", "sort by 'pid' or 'process'");
        }
        if (colon < 0) {
            return new SortKey(field, field instanceof MeasureField);
        }
        String direction = text.substring(colon + 1).strip();
        boolean descending = direction.equalsIgnoreCase("desc");
        if (!descending && !direction.equalsIgnoreCase("asc")) {
            throw ExprException.at(
                    text,
                    colon + 1,
                    "unknown direction " + ExprException.quoted(direction),
                    "expected " + field.id() + ":asc or " + field.id() + ":desc");
        }
        return new SortKey(field, descending);
    }
}
