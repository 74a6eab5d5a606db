package shawk.look;

/**
 * What the store has.
 *
 * @param hosts how many hosts
 * @param newestMicros when one of them last reported, microseconds since the epoch; 0 = never
 * @param oldestMicros when the oldest flow was first seen; 0 = there is none
 */
public record Holdings(long hosts, long newestMicros, long oldestMicros) {}
