package shawk.look;

/** A process of a host, by the ids of both. */
public record ProcessKey(long hostId, long processId) {}
