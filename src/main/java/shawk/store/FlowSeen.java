package shawk.store;

/**
 * A flow that is new, or that was last said to be seen a minute ago or longer.
 *
 * @param id {@link FlowIdentity#id()}
 * @param identity what it is
 * @param firstMicros when this agent first saw it, microseconds since the epoch
 * @param lastMicros when it last saw it
 */
public record FlowSeen(long id, FlowIdentity identity, long firstMicros, long lastMicros) {}
