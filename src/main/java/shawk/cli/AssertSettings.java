package shawk.cli;

import shawk.expr.Filter;

/**
 * What {@code shawk assert} was asked for.
 *
 * @param view source, interval and namespaces; its filter is the expression
 * @param filter which connections count
 * @param bound how many there may be
 * @param forNanos how long the bound has to hold; 0 = one sample
 */
record AssertSettings(ViewSettings view, Filter filter, Bound bound, long forNanos) {}
