package shawk.look;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import shawk.model.Address;
import shawk.model.Direction;
import shawk.model.SafeText;
import shawk.store.AddressSeen;
import shawk.store.Batch;
import shawk.store.Chunk;
import shawk.store.FlowSeen;
import shawk.store.ListenerSeen;
import shawk.store.ProcessSeen;

/** What batches say, as a store would answer; counts the rounds of questions. */
public final class MadeUpObservations implements Observations {
    private static final long MINUTE = 60_000_000L;

    private final List<FlowRow> flows = new ArrayList<>();
    private final Map<FlowKey, List<Chunk>> chunks = new HashMap<>();
    private final Map<ProcessKey, ProcessFacts> processes = new HashMap<>();
    private final Map<Long, SafeText> hosts = new HashMap<>();
    private final Map<Address, Set<Long>> holders = new HashMap<>();
    int questions;

    public MadeUpObservations(List<Batch> batches) {
        batches.forEach(this::add);
    }

    private void add(Batch batch) {
        long host = batch.host().id();
        hosts.put(host, batch.host().name());
        for (AddressSeen address : batch.addresses()) {
            holders.computeIfAbsent(address.address(), key -> new TreeSet<>()).add(host);
        }
        for (FlowSeen seen : batch.flows()) {
            flows.add(new FlowRow(
                    host,
                    seen.id(),
                    seen.identity().processId(),
                    seen.identity().direction(),
                    seen.identity().protocol().number(),
                    seen.identity().netns(),
                    seen.identity().local(),
                    seen.identity().peer(),
                    seen.identity().port(),
                    seen.identity().natLocal(),
                    seen.identity().natPeer(),
                    seen.identity().natPort(),
                    seen.firstMicros(),
                    seen.lastMicros()));
        }
        for (Chunk chunk : batch.finished()) {
            chunks.computeIfAbsent(new FlowKey(host, chunk.flowId()), key -> new ArrayList<>())
                    .add(chunk);
        }
        for (ProcessSeen seen : batch.processes()) {
            Set<Integer> ports = new TreeSet<>();
            for (ListenerSeen listener : batch.listeners()) {
                if (listener.processId() == seen.id()) {
                    ports.add(listener.port());
                }
            }
            processes.put(
                    new ProcessKey(host, seen.id()),
                    new ProcessFacts(
                            seen.identity().name(),
                            seen.identity().exe(),
                            seen.identity().unit(),
                            seen.identity().container(),
                            seen.identity().user(),
                            seen.pid(),
                            seen.pgid(),
                            ports.size() == 1 ? ports.iterator().next() : -1));
        }
    }

    @Override
    public Holdings queryHoldings() {
        return new Holdings(hosts.size(), 1, 1);
    }

    @Override
    public List<FlowRow> queryStart(Selector selector, Way way, Window window, int most) {
        questions++;
        return flows.stream()
                .filter(flow -> isStart(selector, way, flow))
                .limit(most + 1L)
                .toList();
    }

    private boolean isStart(Selector selector, Way way, FlowRow flow) {
        boolean server =
                flow.direction() != Direction.OUT && way.up() || flow.direction() != Direction.IN && way.down();
        boolean client =
                flow.direction() != Direction.OUT && way.down() || flow.direction() != Direction.IN && way.up();
        ProcessFacts facts = processes.getOrDefault(flow.process(), ProcessFacts.UNKNOWN);
        if (selector instanceof Selector.Addresses addresses) {
            return server && isIn(addresses, flow.local())
                    || (client || way.up() && flow.natPeer() != null) && isIn(addresses, flow.peer())
                    || (client || way.up()) && isIn(addresses, flow.natPeer())
                    || isIn(addresses, flow.natLocal());
        } else if (selector instanceof Selector.Program process) {
            return server && facts.name().value().equals(process.name());
        } else if (selector instanceof Selector.Host host) {
            return server
                    && hosts.getOrDefault(flow.hostId(), SafeText.EMPTY).value().equals(host.name());
        } else if (selector instanceof Selector.Port port) {
            return flow.port() == port.port();
        }
        return true;
    }

    private static boolean isIn(Selector.Addresses addresses, @Nullable Address address) {
        return address != null && addresses.contains(address);
    }

    @Override
    public List<FlowRow> queryFlows(Collection<ProcessKey> wanted, Way way, Window window, int most) {
        questions++;
        Set<ProcessKey> keys = new HashSet<>(wanted);
        Direction opposite = way == Way.UP ? Direction.OUT : Direction.IN;
        return flows.stream()
                .filter(flow -> keys.contains(flow.process()) && flow.direction() != opposite)
                .toList();
    }

    @Override
    public List<FlowRow> queryAround(Set<Meeting> meetings, Window window) {
        return flows.stream()
                .filter(flow -> meetings.stream().anyMatch(meeting -> isAt(meeting, flow)))
                .toList();
    }

    private static boolean isAt(Meeting meeting, FlowRow flow) {
        boolean server = flow.direction() != Direction.OUT && isAt(flow, meeting.server(), meeting.client());
        boolean client = flow.direction() != Direction.IN && isAt(flow, meeting.client(), meeting.server());
        boolean port = meeting.port() < 0
                || flow.port() < 0
                || flow.port() == meeting.port()
                || flow.natPort() == meeting.port();
        return (meeting.hostId() == 0 || meeting.hostId() == flow.hostId()) && port && (server || client);
    }

    private static boolean isAt(FlowRow flow, Address local, Address peer) {
        return (local.equals(flow.local()) || local.equals(flow.natLocal()))
                && (peer.equals(flow.peer()) || peer.equals(flow.natPeer()));
    }

    @Override
    public List<Bucket> queryBuckets(Collection<FlowRow> wanted, Window window, boolean whole) {
        List<Bucket> buckets = new ArrayList<>();
        for (FlowRow flow : wanted) {
            for (Chunk chunk : chunks.getOrDefault(flow.key(), List.of())) {
                Amounts amounts = Amounts.NONE;
                for (int i = 0; i < chunk.minutes().length; i++) {
                    long begin = chunk.atMicros() + chunk.minutes()[i] * MINUTE;
                    if (begin < window.untilMicros() && begin + MINUTE > window.sinceMicros()) {
                        long opened = chunk.opened()[i];
                        long bytes = chunk.txBytes()[i];
                        amounts = amounts.plus(new Amounts(
                                opened, opened, 0, opened, bytes, bytes, 0, 0, 0, 1, MINUTE, begin, begin + MINUTE));
                    }
                }
                if (amounts.any()) {
                    buckets.add(new Bucket(
                            flow.key(),
                            chunk.atMicros(),
                            Chunk.LENGTH_MICROS,
                            amounts,
                            chunk.evidence(),
                            chunk.complete()));
                }
            }
        }
        return buckets;
    }

    @Override
    public Map<ProcessKey, ProcessFacts> queryProcesses(Set<ProcessKey> wanted) {
        return processes;
    }

    @Override
    public Map<Long, SafeText> queryHosts(Set<Long> wanted) {
        return hosts;
    }

    @Override
    public Map<Address, Set<Long>> queryHolders(Set<Address> addresses, Window window) {
        return holders;
    }
}
