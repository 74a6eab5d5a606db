package shawk.look;

import org.jspecify.annotations.Nullable;

/**
 * Two flows that are the two sides of an edge, or one that has no other side.
 *
 * @param client the client's; null = only the server's host saw it
 * @param server the server's; null = only the client's host saw it
 * @param proof how it is known
 */
record Pairing(@Nullable Observed client, @Nullable Observed server, Proof proof) {
    /** Whether one of its sides is {@code flow}. */
    boolean has(FlowKey flow) {
        return client != null && client.flow.key().equals(flow)
                || server != null && server.flow.key().equals(flow);
    }
}
