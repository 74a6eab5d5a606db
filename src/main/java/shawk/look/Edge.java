package shawk.look;

/**
 * A process depends on another one: it has, or tried to have, connections to it.
 *
 * @param client who opens them
 * @param server who is asked
 * @param protocol {@code tcp} or {@code udp}
 * @param port of the service; -1 = not known
 * @param proof how it is known
 * @param nat whether the other side reported and has nothing that matches: an address may have been translated
 * @param amounts what was counted, as the client has it; {@link Amounts#NONE} where it was not asked for
 * @param approximate whether the amounts are no more than an upper bound, as several edges share them
 */
public record Edge(
        End client,
        End server,
        String protocol,
        int port,
        Proof proof,
        boolean nat,
        Amounts amounts,
        boolean approximate) {
    /** What makes it that edge, whatever was counted. */
    EdgeKey key() {
        return new EdgeKey(client.node(), client.address(), server.node(), server.address(), protocol, port);
    }
}
