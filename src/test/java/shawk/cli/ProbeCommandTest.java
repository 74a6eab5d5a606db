package shawk.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static shawk.support.Kernel.bundle;
import static shawk.support.Kernel.closed;
import static shawk.support.Kernel.meter;
import static shawk.support.RawSampleBuilder.at;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shawk.model.Meter;
import shawk.model.RawSample;
import shawk.model.SafeText;
import shawk.source.Source;
import shawk.store.Batch;
import shawk.store.Chunk;
import shawk.store.HostIdentity;
import shawk.store.Store;
import shawk.store.spool.Spool;

/** The agent from its samples to the store, over samples of which all is known. */
final class ProbeCommandTest {
    private static final HostIdentity HOST = new HostIdentity("1".repeat(32), SafeText.of("h"), "");
    private static final int[] PORTS = {80, 443};

    @TempDir
    Path folder;

    private final List<Batch> stored = new ArrayList<>();
    private int lost;

    /**
     * Times of a host, some seconds from one to the next: each opens and closes a connection to port 80 and one to port
     * 443.
     */
    private final class Times implements Source {
        private final int most;
        private final int every;
        private final int stepAt;
        private final double step;
        private final AtomicBoolean over;
        private int time;

        Times(int most, int every, int stepAt, double step, AtomicBoolean over) {
            this.most = most;
            this.every = every;
            this.stepAt = stepAt;
            this.step = step;
            this.over = over;
        }

        @Override
        public String name() {
            return "ebpf";
        }

        @Override
        public RawSample poll() {
            time++;
            // Whoever asks for the one after the last has taken the last.
            over.compareAndSet(false, time > most + 1);
            double seconds = time * every;
            var sample = at(seconds)
                    .wallOff(time < stepAt ? 0 : step)
                    .self()
                    .source("ebpf")
                    .process(10, 5, "curl")
                    .details(10, 5, "/usr/bin/curl", "")
                    .kernel(meter(Meter.ENDED, 2 * Math.min(time, most)), meter(Meter.ESTABLISHED, 0))
                    .kernel(meter(Meter.LOST, lost), meter(Meter.ATTEMPTS, time));
            for (int port : time <= most ? PORTS : new int[0]) {
                sample.kernel(bundle("10.0.0.1", "10.0.0.2", port, 1).by(10))
                        .kernel(closed(seconds, "10.0.0.1:" + (40_000 + time), "10.0.0.2:" + port)
                                .by(10));
            }
            return sample.build();
        }

        @Override
        public void close() {}
    }

    private final class Kept implements Store {
        @Override
        public Lease register(HostIdentity host, UUID instance) {
            return new Lease(host.id(), instance, 1, 0);
        }

        @Override
        public Lease registerIfFree(HostIdentity host, UUID instance) {
            return register(host, instance);
        }

        @Override
        public Lease resume(HostIdentity host, Lease held) {
            return held;
        }

        @Override
        public Written write(Lease lease, long sequence, Batch batch) {
            synchronized (stored) {
                stored.add(batch);
            }
            return new Written(false, batch.rows(), 0);
        }

        @Override
        public void maintain(Lease lease) {}

        @Override
        public void close() {}
    }

    private void probe(int samples, int every, int stepAt, double step, String... options) throws Exception {
        String[] words = Stream.concat(Stream.of("probe", "-i", "100ms"), Stream.of(options))
                .toArray(String[]::new);
        Map<String, String> variables = Map.of("SHAWK_PROBE_MODE", "streaming");
        ProbeSettings settings =
                ProbeSettings.parse(ArgumentParser.parse(words), new Environment(variables), line -> {});
        AtomicBoolean over = new AtomicBoolean();
        Stops stops = new Stops(Thread.currentThread());
        Thread ender = new Thread(() -> {
            while (!over.get()) {
                Thread.onSpinWait();
            }
            stops.arrived("TERM");
        });
        ender.setDaemon(true);
        ender.start();
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        ProbeCommand probe = new ProbeCommand(
                settings, "a list", Notices.none(), new FlushLog(nowhere), new ServiceManager(null, 0));
        Environment place =
                new Environment(Map.of("SHAWK_SPOOL", folder.resolve("spool").toString()));
        try (Spool spool = SpoolPlace.of(place, false).open()) {
            assertThat(spool).isNotNull();
            assertThat(probe.run(new Times(samples, every, stepAt, step, over), spool, HOST, Kept::new, stops))
                    .isZero();
        }
    }

    /** What a store has in the end: of a flow, a time and a run the chunk that came last. */
    private List<Chunk> chunks() {
        Map<List<Long>, Chunk> last = new HashMap<>();
        for (Batch batch : stored) {
            Stream.concat(batch.live().stream(), batch.finished().stream())
                    .forEach(each -> last.put(List.of(each.flowId(), each.atMicros(), (long) each.run()), each));
        }
        return List.copyOf(last.values());
    }

    private long opened() {
        return chunks().stream()
                .flatMapToInt(each -> java.util.Arrays.stream(each.opened()))
                .sum();
    }

    @Test
    void aClockThatIsSteppedBackLosesNothing() throws Exception {
        probe(30, 1, 15, -3_600);
        assertThat(opened()).isEqualTo(60);
        List<Integer> first = chunks().stream().map(Chunk::run).distinct().toList();
        assertThat(first).hasSize(2);
        probe(5, 1, 0, -3_600);
        assertThat(opened()).as("with a run that is none of those before").isEqualTo(70);
    }

    @Test
    void evidenceIsWholeWithoutAFilterOnly() throws Exception {
        probe(12, 100, 0, 0);
        assertThat(opened()).isEqualTo(24);
        assertThat(chunks()).anyMatch(Chunk::complete);
        stored.clear();
        probe(12, 100, 0, 0, "--filter", "port = 80");
        assertThat(opened()).isEqualTo(12);
        assertThat(chunks()).noneMatch(Chunk::complete);
    }

    @Test
    void whatIsLostIsToldWhateverTheFilter() throws Exception {
        lost = 7;
        probe(4, 1, 0, 0);
        probe(4, 1, 0, 0, "--filter", "port = 80");
        assertThat(stored).isNotEmpty().allMatch(each -> each.status().lost() == lost);
    }
}
