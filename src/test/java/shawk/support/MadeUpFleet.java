package shawk.support;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import shawk.model.Address;
import shawk.model.Direction;
import shawk.model.Protocol;
import shawk.model.SafeText;
import shawk.store.AddressSeen;
import shawk.store.AgentStatus;
import shawk.store.Batch;
import shawk.store.Chunk;
import shawk.store.Evidence;
import shawk.store.FlowIdentity;
import shawk.store.FlowSeen;
import shawk.store.HostIdentity;
import shawk.store.ListenerSeen;
import shawk.store.ProcessIdentity;
import shawk.store.ProcessSeen;

/** Hosts, processes and connections that are known to be true, and what agents would store of them. */
public final class MadeUpFleet {
    private static final long MINUTE = 60_000_000L;

    private final Map<String, Host> hosts = new LinkedHashMap<>();
    private int nextPort = 32_768;

    /** When the connections of the next calls are there: beginning of a minute, microseconds since the epoch. */
    public long atMicros;

    /** Whether agents see every connection from its beginning. */
    public boolean complete = true;

    public MadeUpFleet(long atMicros) {
        this.atMicros = atMicros / MINUTE * MINUTE;
    }

    /** A process of a host. */
    public record Program(Host host, ProcessIdentity identity, int pgid) {}

    /** A host and what its agent saw. */
    public static final class Host {
        final HostIdentity identity;
        final List<Address> addresses = new ArrayList<>();
        final List<Program> processes = new ArrayList<>();
        final List<ListenerSeen> listeners = new ArrayList<>();
        final Map<Long, FlowIdentity> flows = new LinkedHashMap<>();
        final Map<Long, TreeMap<Long, Seen>> seen = new LinkedHashMap<>();

        Host(HostIdentity identity) {
            this.identity = identity;
        }

        public long id() {
            return identity.id();
        }
    }

    private static final class Seen {
        final TreeSet<Long> hashes = new TreeSet<>();
        final TreeMap<Integer, Integer> opened = new TreeMap<>();
        boolean complete = true;
    }

    public Host host(String name, String... addresses) {
        Host host = new Host(
                new HostIdentity(String.format(Locale.ROOT, "%032x", 1 + hosts.size()), SafeText.of(name), "boot"));
        for (String address : addresses) {
            host.addresses.add(address(address));
        }
        hosts.put(name, host);
        return host;
    }

    public Program process(Host host, String name, int pgid) {
        return process(host, name, pgid, "", "");
    }

    public Program process(Host host, String name, int pgid, String unit, String container) {
        ProcessIdentity identity = new ProcessIdentity(
                SafeText.of(name),
                SafeText.of("/usr/bin/" + name),
                SafeText.of(unit),
                SafeText.of(container),
                SafeText.of("user"));
        Program process = new Program(host, identity, pgid);
        host.processes.add(process);
        return process;
    }

    public void listens(Program process, String address, int port) {
        process.host.listeners.add(
                new ListenerSeen(process.identity.id(), Protocol.TCP, SafeText.EMPTY, address(address), port));
    }

    public static Address address(String text) {
        return Objects.requireNonNull(Address.parse(text));
    }

    /** Connections from {@code client} to {@code server}, each seen by the sides that there are. */
    public void connect(
            @Nullable Program client, String from, @Nullable Program server, String to, int port, int connections) {
        for (int i = 0; i < connections; i++) {
            int own = nextPort++;
            long hash = hash(from, own, to, port);
            if (client != null) {
                see(client, Direction.OUT, from, to, port, null, null, -1, List.of(hash));
            }
            if (server != null) {
                see(server, Direction.IN, to, from, port, null, null, -1, List.of(hash));
            }
        }
    }

    /** A connection to a translated address: {@code via} is what the client asks, {@code to} where the server is. */
    public void connectVia(
            @Nullable Program client,
            String from,
            String via,
            int viaPort,
            @Nullable Program server,
            String to,
            int port,
            boolean translationKnown) {
        int own = nextPort++;
        long seenHere = hash(from, own, via, viaPort);
        long seenThere = hash(from, own, to, port);
        if (client != null) {
            see(
                    client,
                    Direction.OUT,
                    from,
                    via,
                    viaPort,
                    null,
                    translationKnown ? to : null,
                    translationKnown ? port : -1,
                    translationKnown ? List.of(seenHere, seenThere) : List.of(seenHere));
        }
        if (server != null) {
            see(server, Direction.IN, to, from, port, null, null, -1, List.of(seenThere));
        }
    }

    private static long hash(String from, int own, String to, int port) {
        Address a = address(from);
        Address b = address(to);
        return Evidence.of(6, a.high(), a.low(), own, b.high(), b.low(), port);
    }

    /** What one side sees of connections with these hashes. */
    public void see(
            Program process,
            Direction direction,
            String local,
            String peer,
            int port,
            @Nullable String natLocal,
            @Nullable String natPeer,
            int natPort,
            List<Long> hashes) {
        FlowIdentity flow = new FlowIdentity(
                process.identity.id(),
                direction,
                Protocol.TCP,
                SafeText.EMPTY,
                address(local),
                address(peer),
                port,
                natLocal == null ? null : address(natLocal),
                natPeer == null ? null : address(natPeer),
                natPort);
        Host host = process.host;
        host.flows.put(flow.id(), flow);
        long at = atMicros / Chunk.LENGTH_MICROS * Chunk.LENGTH_MICROS;
        Seen seen = host.seen.computeIfAbsent(flow.id(), key -> new TreeMap<>()).computeIfAbsent(at, key -> new Seen());
        seen.hashes.addAll(hashes);
        seen.opened.merge((int) ((atMicros - at) / MINUTE), 1, Integer::sum);
        seen.complete &= complete;
    }

    /** What each agent stores, one batch a host. */
    public List<Batch> batches() {
        List<Batch> batches = new ArrayList<>();
        for (Host host : hosts.values()) {
            List<FlowSeen> flows = new ArrayList<>();
            List<Chunk> chunks = new ArrayList<>();
            host.seen.forEach((id, spans) -> {
                FlowIdentity flow = Objects.requireNonNull(host.flows.get(id));
                long first =
                        spans.firstKey() + spans.firstEntry().getValue().opened.firstKey() * MINUTE;
                long last =
                        spans.lastKey() + spans.lastEntry().getValue().opened.lastKey() * MINUTE + MINUTE - 1;
                flows.add(new FlowSeen(id, flow, first, last));
                spans.forEach((at, seen) -> chunks.add(chunk(id, at, seen)));
            });
            List<ProcessSeen> processes = new ArrayList<>();
            for (Program process : host.processes) {
                processes.add(new ProcessSeen(
                        process.identity.id(), process.identity, process.pgid + 1, process.pgid, atMicros, atMicros));
            }
            List<AddressSeen> addresses = host.addresses.stream()
                    .map(address -> new AddressSeen(SafeText.EMPTY, address))
                    .toList();
            batches.add(new Batch(
                    host.identity,
                    new AgentStatus(atMicros, "0.1", "ebpf", true, 1_000_000, 0, 0),
                    processes,
                    flows,
                    host.listeners,
                    addresses,
                    List.of(),
                    chunks,
                    List.of()));
        }
        return batches;
    }

    private static Chunk chunk(long flow, long at, Seen seen) {
        int count = seen.opened.size();
        short[] minutes = new short[count];
        int[] opened = new int[count];
        long[] bytes = new long[count];
        int i = 0;
        for (Map.Entry<Integer, Integer> each : seen.opened.entrySet()) {
            minutes[i] = each.getKey().shortValue();
            opened[i] = each.getValue();
            bytes[i++] = 1000L * each.getValue();
        }
        long[] evidence = seen.hashes.stream()
                .limit(Chunk.EVIDENCE)
                .mapToLong(Long::longValue)
                .toArray();
        return new Chunk(
                flow,
                at,
                1,
                1,
                minutes,
                opened,
                opened,
                new int[0],
                opened,
                bytes,
                bytes,
                new int[0],
                new int[0],
                evidence,
                seen.complete && seen.hashes.size() <= Chunk.EVIDENCE);
    }
}
