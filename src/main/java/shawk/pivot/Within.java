package shawk.pivot;

import shawk.field.KeyField;

/**
 * What all rows have in common after drilling down. It holds values, not filter text: a hostile name changes nothing of
 * its meaning. Immutable.
 */
public sealed interface Within {
    /**
     * The rows of one group: those with its value.
     *
     * @param field what was grouped by
     * @param group the group's identity among its siblings
     */
    record OfGroup(KeyField field, Level.Identity group) implements Within {}

    /**
     * The connections that reached one listener.
     *
     * @param listener who it is among single sockets
     */
    record OfListener(Level.Identity listener) implements Within {}
}
