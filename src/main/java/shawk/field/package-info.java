/**
 * The one field table: id, title, unit, type, how a row gives its value and a group rolls it up, and the help. Columns,
 * dump keys, filter names, sort keys, help and man page all come from it.
 */
@NullMarked
package shawk.field;

import org.jspecify.annotations.NullMarked;
