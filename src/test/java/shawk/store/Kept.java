package shawk.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a store would have after some batches: the last chunk of each key, flows and processes by id. */
final class Kept {
    final Map<Long, ProcessIdentity> processes = new HashMap<>();
    final Map<Long, ProcessSeen> seen = new HashMap<>();
    final Map<Long, FlowIdentity> flows = new LinkedHashMap<>();
    final Map<List<Long>, Chunk> live = new LinkedHashMap<>();
    final Map<List<Long>, Chunk> finished = new LinkedHashMap<>();
    final List<ListenerSeen> listeners = new ArrayList<>();
    final List<AddressSeen> addresses = new ArrayList<>();
    final List<Gap> gaps = new ArrayList<>();

    /** Applies batches; a chunk may only come where its flow, and a flow where its process is known. */
    Kept add(List<Batch> batches) {
        for (Batch batch : batches) {
            batch.processes().forEach(each -> {
                check(each.id() == each.identity().id(), "id of " + each);
                processes.put(each.id(), each.identity());
                seen.put(each.id(), each);
            });
            batch.flows().forEach(each -> {
                check(each.id() == each.identity().id(), "id of " + each);
                check(processes.containsKey(each.identity().processId()), "process of " + each);
                flows.put(each.id(), each.identity());
            });
            batch.live().forEach(each -> live.put(take(each), each));
            batch.finished().forEach(each -> {
                live.remove(take(each));
                check(finished.put(take(each), each) == null, "finished twice: " + each);
            });
            listeners.addAll(batch.listeners());
            addresses.addAll(batch.addresses());
            gaps.addAll(batch.gaps());
        }
        return this;
    }

    private List<Long> take(Chunk chunk) {
        check(flows.containsKey(chunk.flowId()), "flow of " + chunk);
        for (int i = 1; i < chunk.minutes().length; i++) {
            check(chunk.minutes()[i] > chunk.minutes()[i - 1], "minutes of " + chunk);
        }
        List<Long> key = List.of(chunk.flowId(), chunk.atMicros(), (long) chunk.run());
        check(!finished.containsKey(key), "finished before: " + chunk);
        return key;
    }

    private static void check(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }

    List<Chunk> chunks() {
        List<Chunk> all = new ArrayList<>(finished.values());
        all.addAll(live.values());
        return all;
    }

    /** Each flow with its sums: {@code name direction protocol local peer port opened/closed/failed peak tx/rx}. */
    String text() {
        Map<String, long[]> sums = new TreeMap<>();
        for (Chunk each : chunks()) {
            long[] sum = sums.computeIfAbsent(name(each.flowId()), name -> new long[7]);
            sum[0] += sum(each.opened());
            sum[1] += sum(each.closed());
            sum[2] += sum(each.failed());
            for (int peak : each.peak()) {
                sum[3] = Math.max(sum[3], peak);
            }
            sum[4] += sum(each.txBytes());
            sum[5] += sum(each.rxBytes());
            sum[6] += sum(each.retrans());
        }
        StringBuilder out = new StringBuilder();
        sums.forEach((name, sum) -> out.append(name)
                .append(" %d/%d/%d peak %d bytes %d/%d retrans %d\n"
                        .formatted(sum[0], sum[1], sum[2], sum[3], sum[4], sum[5], sum[6])));
        return out.toString();
    }

    private String name(long id) {
        FlowIdentity flow = flows.get(id);
        ProcessIdentity process = processes.get(flow.processId());
        String exe = process.exe().isEmpty() ? "" : "(" + process.exe() + ")";
        String container = process.container().isEmpty() ? "" : "@" + process.container();
        String space = flow.netns().isEmpty() ? "" : " in " + flow.netns();
        String nat = flow.natLocal() == null && flow.natPeer() == null && flow.natPort() < 0
                ? ""
                : " nat " + flow.natLocal() + " " + flow.natPeer() + ":" + flow.natPort();
        return "%s%s%s %s %s %s %s:%d%s%s"
                .formatted(
                        process.name().isEmpty() ? "?" : process.name(),
                        exe,
                        container,
                        flow.direction().id(),
                        flow.protocol().id(),
                        flow.local(),
                        flow.peer(),
                        flow.port(),
                        space,
                        nat);
    }

    static long sum(int[] values) {
        long sum = 0;
        for (int value : values) {
            sum += value;
        }
        return sum;
    }

    static long sum(long[] values) {
        long sum = 0;
        for (long value : values) {
            sum += value;
        }
        return sum;
    }

    /** Of all chunks. */
    long opened() {
        return chunks().stream().mapToLong(each -> sum(each.opened())).sum();
    }

    long closed() {
        return chunks().stream().mapToLong(each -> sum(each.closed())).sum();
    }
}
