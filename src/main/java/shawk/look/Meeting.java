package shawk.look;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import shawk.model.Address;
import shawk.model.Direction;

/**
 * Where the two sides of an edge meet: what their flows have in common. A server's flow has {@code server} as its own
 * address and {@code client} as its peer's, a client's flow the other way round, each as seen or as translated.
 *
 * @param hostId of loopback, which leads no further; else 0
 * @param server address of the server
 * @param client address of the client
 * @param port of the service, as seen or as translated; -1 = any, since it is not known
 */
public record Meeting(long hostId, Address server, Address client, int port) {
    /** Adds those that {@code flow} may be part of, with either role where its direction is not known. */
    static void addOf(FlowRow flow, Collection<Meeting> meetings) {
        if (flow.direction() != Direction.OUT) {
            add(flow, flow.local(), flow.natLocal(), flow.peer(), flow.natPeer(), meetings);
        }
        if (flow.direction() != Direction.IN) {
            add(flow, flow.peer(), flow.natPeer(), flow.local(), flow.natLocal(), meetings);
        }
    }

    private static void add(
            FlowRow flow,
            @Nullable Address server,
            @Nullable Address natServer,
            @Nullable Address client,
            @Nullable Address natClient,
            Collection<Meeting> meetings) {
        for (Address s : Arrays.asList(server, natServer)) {
            for (Address c : Arrays.asList(client, natClient)) {
                if (s != null && c != null) {
                    long host = EdgeJoin.isLoopback(s) ? flow.hostId() : 0;
                    ports(flow).forEach(port -> meetings.add(new Meeting(host, s, c, port)));
                }
            }
        }
    }

    private static List<Integer> ports(FlowRow flow) {
        List<Integer> ports = new ArrayList<>(2);
        ports.add(flow.port());
        if (flow.port() >= 0 && flow.natPort() >= 0) {
            ports.add(flow.natPort());
        }
        return ports;
    }
}
