/**
 * Snapshot to what is shown: filter, group by a chain of fields, roll up, sort. Pure, and lazy: what nobody looks at is
 * not computed.
 */
@NullMarked
package shawk.pivot;

import org.jspecify.annotations.NullMarked;
