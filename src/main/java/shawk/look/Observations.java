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
     * @param way which way edges are followed from there: flows of the others are left out
     * @param most at most so many, and one more where there are more
     */
    List<FlowRow> queryStart(Selector selector, Way way, Window window, int most) throws LookException;

    /** The flows of these processes that may have been there in the window. */
    List<FlowRow> queryFlows(Collection<ProcessKey> processes, Way way, Window window, int most) throws LookException;

    /** Flows that meet there, of either side, as their own hosts saw them or as translated wherever that is known. */
    List<FlowRow> queryAround(Set<Meeting> meetings, Window window) throws LookException;

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
}
