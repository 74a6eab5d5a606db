/**
 * Inert data: what a source hands over (raw sample, records) and what the views read (snapshot, columns, owners).
 *
 * <p>No I/O, no clock, no threads; a value is immutable once it is published.
 */
@NullMarked
package shawk.model;

import org.jspecify.annotations.NullMarked;
