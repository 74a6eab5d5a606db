package shawk.store;

import org.jspecify.annotations.Nullable;
import shawk.model.Address;
import shawk.model.Direction;
import shawk.model.Protocol;
import shawk.model.SafeText;

/**
 * What connections of one host have in common that count as one flow: everything but the port that changes with each.
 *
 * @param processId {@link ProcessIdentity#id()}
 * @param direction {@code IN}, {@code OUT} or {@code UNKNOWN}
 * @param protocol {@code TCP}, {@code UDP} or {@code MPTCP}
 * @param netns network namespace: empty = that of the host; else its name under {@code /run/netns}, the container that
 *     lives in it, or {@code net:[inode]}
 * @param local own address; null = not known any more (too many flows)
 * @param peer address of the other end; null = not known any more
 * @param port the service's port, that of the listening side; -1 = not known
 * @param natLocal own address as the other end sees it, where that is another one; null = the same, or not known
 * @param natPeer true address of the other end, where that is another one; null = the same, or not known
 * @param natPort the service's port as the other end has it, where that is another one: of a client that of the true
 *     listening end, of a server the one that its clients connect to; -1 = the same, or not known
 */
public record FlowIdentity(
        long processId,
        Direction direction,
        Protocol protocol,
        SafeText netns,
        @Nullable Address local,
        @Nullable Address peer,
        int port,
        @Nullable Address natLocal,
        @Nullable Address natPeer,
        int natPort) {
    /** The id, unique on its host. */
    public long id() {
        Ids ids = new Ids("flow")
                .number(processId)
                .text(direction.id())
                .number(protocol.number())
                .text(netns.value())
                .number(port)
                .number(natPort);
        add(ids, local);
        add(ids, peer);
        add(ids, natLocal);
        add(ids, natPeer);
        return ids.id();
    }

    private static void add(Ids ids, @Nullable Address address) {
        if (address == null) {
            ids.number(-1);
        } else {
            ids.number(0).number(address.high()).number(address.low());
        }
    }
}
