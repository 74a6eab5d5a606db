/**
 * Recordings of raw samples: in a file that is only ever added to, or in memory. A sample is stored column by column as
 * what has changed since the one before, under the names of the fields of {@link shawk.model.RawSection#layout()}, so
 * that a recording of another version can be read. Nothing derived is stored, but what its owner hands over as carry.
 */
@NullMarked
package shawk.record;

import org.jspecify.annotations.NullMarked;
