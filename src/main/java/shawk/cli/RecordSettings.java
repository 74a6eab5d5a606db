package shawk.cli;

/**
 * What {@code shawk record} was asked for.
 *
 * @param view source, interval, namespaces and filter
 * @param file where to; it must not exist
 * @param maxBytes the most that the file may take; 0 = no bound
 * @param count samples; 0 = until interrupted
 */
record RecordSettings(ViewSettings view, String file, long maxBytes, long count) {}
