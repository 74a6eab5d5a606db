/** The filter and sort language: text to an expression over the field table, an expression to a predicate over rows. */
@NullMarked
package shawk.expr;

import org.jspecify.annotations.NullMarked;
