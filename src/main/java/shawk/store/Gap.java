package shawk.store;

/**
 * What was seen and could not be stored.
 *
 * @param fromMicros from when, microseconds since the epoch
 * @param toMicros until when
 * @param reason why, in a few words, e.g. {@code spool full}
 * @param flows how many rows of flows that is
 * @param connections how many openings were counted in them; -1 = not known
 */
public record Gap(long fromMicros, long toMicros, String reason, long flows, long connections) {}
