package shawk.cli;

import shawk.view.events.EventsFormat;

/**
 * What {@code shawk events} was asked for.
 *
 * @param view source, filter, fields, namespaces and names
 * @param count events; 0 = until interrupted
 * @param format form of the output
 * @param unpaired whether in text each event stands for itself
 */
record EventsSettings(ViewSettings view, long count, EventsFormat format, boolean unpaired) {}
