package shawk.store;

import shawk.model.Address;
import shawk.model.Protocol;
import shawk.model.SafeText;

/**
 * A process waits for connections.
 *
 * @param processId {@link ProcessIdentity#id()}
 * @param protocol {@code TCP}, {@code UDP} or {@code MPTCP}
 * @param netns as in {@link FlowIdentity}
 * @param local address that it listens on; the wildcard where on all
 * @param port its port
 */
public record ListenerSeen(long processId, Protocol protocol, SafeText netns, Address local, int port) {}
