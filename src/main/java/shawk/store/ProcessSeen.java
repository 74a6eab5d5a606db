package shawk.store;

/**
 * A process of a host, with the numbers that it had when it was last looked at.
 *
 * @param id {@link ProcessIdentity#id()}
 * @param identity what it is
 * @param pid of one of those that are alike, the one that was started last; 0 = unknown
 * @param pgid process group of that one; 0 = unknown
 * @param startedMicros when that one was started, microseconds since the epoch; 0 = unknown
 * @param seenMicros when it was last seen, microseconds since the epoch
 */
public record ProcessSeen(long id, ProcessIdentity identity, int pid, int pgid, long startedMicros, long seenMicros) {}
