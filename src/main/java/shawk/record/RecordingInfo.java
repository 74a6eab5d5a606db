package shawk.record;

import shawk.model.SafeText;

/**
 * What a recording says of itself. Immutable.
 *
 * @param host name of the host where it was made
 * @param program what made it, and its version
 * @param note what was left out when it was made, e.g. the filter; empty = nothing
 */
public record RecordingInfo(SafeText host, SafeText program, SafeText note) {}
