package shawk.zk.tally;

import shawk.model.SafeText;

/**
 * One key and what came under it. Immutable.
 *
 * @param key path, operation, client or session; {@code -} of messages that have none of that sort
 * @param interval since the cut before
 * @param total since the start, or since the key was forgotten
 * @param outstanding requests that wait for their replies
 * @param lastMicros when its last message came, in microseconds since the epoch; 0 = never
 */
public record TallyRow(SafeText key, Amounts interval, Amounts total, long outstanding, long lastMicros) {}
