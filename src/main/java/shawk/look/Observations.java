package shawk.look;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import shawk.model.Address;
import shawk.model.SafeText;

/**
 * What hosts have stored, as far as a look asks. Each call asks for all that is wanted at once: there is one round of
 * them for each level of a walk, whatever the number of nodes. Used by one thread.
 */
public interface Observations {
    /** What there is. */
    Holdings queryHoldings() throws LookException;

    /**
     * The flows at which a look begins, those of the window that may concern what is selected, in the order of their
     * keys.
     *
     * @param most at most so many, and one more where there are more
     */
    List<FlowRow> queryStart(Selector selector, Window window, int most) throws LookException;

    /** The flows of these processes that may have been there in the window. */
    List<FlowRow> queryFlows(Collection<ProcessKey> processes, Way way, Window window, int most) throws LookException;

    /** Flows that may be the other side of those asked about, or have that in common with them. */
    List<FlowRow> queryAround(Around around, Window window) throws LookException;

    /**
     * What the flows did in the window: in the last hours in which each was seen, or in all of it.
     *
     * @param whole whether all of the window is wanted, as its amounts are; else what shows that they were there
     */
    List<Bucket> queryBuckets(Collection<FlowRow> flows, Window window, boolean whole) throws LookException;

    /** What is known of the processes. */
    Map<ProcessKey, ProcessFacts> queryProcesses(Set<ProcessKey> processes) throws LookException;

    /** Names of hosts, by their ids. */
    Map<Long, SafeText> queryHosts(Set<Long> hosts) throws LookException;

    /** For each address the hosts that had it in the window and reported in it. */
    Map<Address, Set<Long>> queryHolders(Set<Address> addresses, Window window) throws LookException;

    /** A service's port at an address. */
    record Served(Address address, int port) {}

    /**
     * Which flows are asked for.
     *
     * @param own addresses on this side, as it has them or the other side does; none of loopback
     * @param far addresses on the other side, likewise
     * @param toOwn own addresses as the other side has them as its peer, with the ports there may be
     * @param toFar far addresses as this side has them as its peer, likewise
     * @param loopback addresses of loopback, on either side
     * @param loopbackHosts hosts that these are of
     * @param anyPort whether some port is not known, so that flows of any may be the other side
     */
    record Around(
            Set<Address> own,
            Set<Address> far,
            Set<Served> toOwn,
            Set<Served> toFar,
            Set<Served> loopback,
            Set<Long> loopbackHosts,
            boolean anyPort) {}
}
