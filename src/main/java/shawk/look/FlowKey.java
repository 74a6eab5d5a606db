package shawk.look;

/** A flow of a host, by the ids of both. */
public record FlowKey(long hostId, long flowId) {}
