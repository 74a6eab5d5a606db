package shawk.tcp;

import shawk.model.Address;

/**
 * A TCP connection: who began it and who was asked. Immutable.
 *
 * @param clientHigh first eight bytes of the address of who began it; IPv4 is v4-mapped, as in {@link Address}
 * @param clientLow the other eight
 * @param clientPort its port
 * @param serverHigh the same of who was asked
 * @param serverLow the same of who was asked
 * @param serverPort the same of who was asked
 * @param client {@code address:port} or {@code [address]:port}
 * @param server the same
 */
public record Connection(
        long clientHigh,
        long clientLow,
        int clientPort,
        long serverHigh,
        long serverLow,
        int serverPort,
        String client,
        String server) {
    /** With the texts made out of the addresses. */
    public static Connection of(
            long clientHigh, long clientLow, int clientPort, long serverHigh, long serverLow, int serverPort) {
        return new Connection(
                clientHigh,
                clientLow,
                clientPort,
                serverHigh,
                serverLow,
                serverPort,
                endpoint(clientHigh, clientLow, clientPort),
                endpoint(serverHigh, serverLow, serverPort));
    }

    /** {@code 192.0.2.1:2181}, {@code [2001:db8::1]:2181}. */
    public static String endpoint(long high, long low, int port) {
        StringBuilder text = new StringBuilder();
        if (Address.isV4(high, low)) {
            Address.append(text, high, low);
        } else {
            text.append('[');
            Address.append(text, high, low);
            text.append(']');
        }
        return text.append(':').append(port).toString();
    }
}
