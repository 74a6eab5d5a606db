/**
 * How values look: width on a terminal, text for people, values for JSON and CSV, aligned tables. Pure; writes to
 * {@link StringBuilder}s that the caller drains.
 */
@NullMarked
package shawk.text;

import org.jspecify.annotations.NullMarked;
