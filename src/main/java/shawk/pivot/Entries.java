package shawk.pivot;

import shawk.field.KeyField;
import shawk.field.MeasureField;

/** Values of things to be sorted, numbered from 0 in no particular order. */
interface Entries {
    /** How many there are. */
    int count();

    /** As {@link Level#measure}. */
    double measure(MeasureField field, int entry);

    /** As {@link Level#key}. */
    void key(KeyField field, int entry, KeyValue out);

    /** The order of entries whose values are equal; the same in every snapshot. */
    int compareIdentities(int a, int b);
}
