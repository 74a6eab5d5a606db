package shawk.expr;

import shawk.field.Field;

/**
 * One key of a sort order.
 *
 * @param field what is compared
 * @param descending greatest first; rows without a value come last either way
 */
public record SortKey(Field field, boolean descending) {}
