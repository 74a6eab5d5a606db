package shawk.store.pg;

import java.util.ArrayList;
import java.util.List;
import shawk.model.Address;
import shawk.model.Direction;
import shawk.model.Protocol;
import shawk.model.SafeText;
import shawk.store.AddressSeen;
import shawk.store.AgentStatus;
import shawk.store.Batch;
import shawk.store.Chunk;
import shawk.store.FlowIdentity;
import shawk.store.FlowSeen;
import shawk.store.Gap;
import shawk.store.HostIdentity;
import shawk.store.ListenerSeen;
import shawk.store.ProcessIdentity;
import shawk.store.ProcessSeen;

/** Batches of which it is known what they bring. */
public final class MadeUp {
    public static final long MINUTE = 60_000_000L;

    private MadeUp() {}

    public static HostIdentity host(int number) {
        return new HostIdentity(String.format("%032x", number), SafeText.of("host-" + number), "boot-of-" + number);
    }

    public static ProcessIdentity process(String name) {
        SafeText empty = SafeText.EMPTY;
        return new ProcessIdentity(SafeText.of(name), SafeText.of("/usr/bin/" + name), empty, empty, empty);
    }

    public static ProcessSeen seen(ProcessIdentity identity, long atMicros) {
        return new ProcessSeen(identity.id(), identity, 4711, 4700, atMicros - MINUTE, atMicros);
    }

    public static FlowIdentity flow(ProcessIdentity process, int number) {
        return new FlowIdentity(
                process.id(),
                Direction.OUT,
                Protocol.TCP,
                SafeText.EMPTY,
                Address.ofV4(0x0a000001),
                Address.ofV4(0x0a010000 + number),
                443,
                null,
                null,
                -1);
    }

    /** A chunk with one element for each of {@code minutes}, in which {@code opened} were opened. */
    public static Chunk chunk(long flowId, long atMicros, int run, int minutes, int opened) {
        short[] at = new short[minutes];
        int[] counts = new int[minutes];
        long[] bytes = new long[minutes];
        for (int i = 0; i < minutes; i++) {
            at[i] = (short) i;
            counts[i] = opened;
            bytes[i] = 1_000L * (i + 1);
        }
        long[] evidence = {flowId >>> 3, flowId >>> 2, flowId >>> 1};
        return new Chunk(
                flowId,
                atMicros,
                run,
                1,
                at,
                counts,
                counts,
                new int[0],
                counts,
                bytes,
                bytes,
                counts,
                new int[0],
                evidence,
                true);
    }

    public static AgentStatus status(long atMicros) {
        return new AgentStatus(atMicros, "0.1", "ebpf", true, 1_000_000, 0, 0);
    }

    public static Batch empty(HostIdentity host, long atMicros) {
        return new Batch(
                host, status(atMicros), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of());
    }

    /** One process, its flows with the numbers {@code from} to {@code until}, and a chunk of each. */
    public static Batch of(HostIdentity host, long atMicros, int from, int until, int minutes, boolean finished) {
        ProcessIdentity process = process("curl");
        long at = atMicros / Chunk.LENGTH_MICROS * Chunk.LENGTH_MICROS;
        List<FlowSeen> flows = new ArrayList<>();
        List<Chunk> chunks = new ArrayList<>();
        for (int i = from; i < until; i++) {
            FlowIdentity flow = flow(process, i);
            flows.add(new FlowSeen(flow.id(), flow, atMicros, atMicros));
            chunks.add(chunk(flow.id(), at, 7, minutes, 3));
        }
        return new Batch(
                host,
                status(atMicros),
                List.of(seen(process, atMicros)),
                flows,
                List.of(new ListenerSeen(process.id(), Protocol.TCP, SafeText.EMPTY, Address.ofV4(0), 80)),
                List.of(new AddressSeen(SafeText.EMPTY, Address.ofV4(0x0a000001))),
                finished ? List.of() : chunks,
                finished ? chunks : List.of(),
                List.of());
    }

    public static Batch with(Batch batch, List<ProcessSeen> processes, List<FlowSeen> flows, List<Chunk> finished) {
        return new Batch(
                batch.host(), batch.status(), processes, flows, List.of(), List.of(), List.of(), finished, List.of());
    }

    public static Batch with(Batch batch, List<Gap> gaps) {
        return new Batch(
                batch.host(),
                batch.status(),
                batch.processes(),
                batch.flows(),
                batch.listeners(),
                batch.addresses(),
                batch.live(),
                batch.finished(),
                gaps);
    }
}
