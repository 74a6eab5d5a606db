package shawk.store;

import static org.assertj.core.api.Assertions.assertThat;
import static shawk.support.Kernel.bundle;
import static shawk.support.Kernel.meter;
import static shawk.support.RawSampleBuilder.at;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import shawk.model.Meter;
import shawk.support.RawSampleBuilder;

/** Whatever the wall clock does, each amount is stored once and no chunk takes the place of another. */
final class GatherClockTest {
    private static RawSampleBuilder sample(double seconds, double off, int count) {
        return at(seconds)
                .wallOff(off)
                .self()
                .source("ebpf")
                .process(10, 5, "curl")
                .details(10, 5, "/usr/bin/curl", "")
                .kernel(meter(Meter.ENDED, 0), meter(Meter.ESTABLISHED, 0))
                .kernel(bundle("10.0.0.1", "10.0.0.2", 80, count).by(10));
    }

    /** One connection a second; at second 300 the clock goes {@code step} seconds further. */
    private static Kept stepped(double step) {
        Gathering gathering = new Gathering();
        for (int second = 1; second <= 900; second++) {
            gathering.take(sample(second, second < 300 ? 0 : step, 1));
            if (second % 10 == 0) {
                gathering.flush();
            }
        }
        Kept kept = gathering.finish().kept;
        assertThat(kept.opened()).as("step of " + step).isEqualTo(900);
        assertThat(kept.closed()).isEqualTo(900);
        assertThat(kept.live).isEmpty();
        return kept;
    }

    @Test
    void stepsLoseNothing() {
        for (double step : new double[] {-1e9, -86_400, -3_600, -601, -121, -119, -1, 0.5, 59, 600, 3_600, 1e9}) {
            stepped(step);
        }
    }

    @Test
    void aShortStepBackHoldsTheMinute() {
        List<Chunk> chunks = stepped(-100).chunks();
        assertThat(chunks).extracting(Chunk::run).containsOnly(1_700_000_000);
        assertThat(chunks.get(0).opened()).contains(60 + 100);
    }

    @Test
    void aLongOneIsAnotherRun() {
        List<Chunk> chunks = stepped(-3_600).chunks();
        assertThat(chunks).extracting(Chunk::run).contains(1_700_000_000, 1_700_000_001);
        assertThat(chunks).extracting(Chunk::atMicros).contains(chunks.get(0).atMicros() - 6 * Chunk.LENGTH_MICROS);
    }

    @Test
    void aClockThatDrunkardsSetLosesNothing() {
        Random random = new Random(11);
        Gathering gathering = new Gathering();
        long truth = 0;
        double off = 0;
        for (int second = 1; second <= 3_000; second++) {
            off += random.nextInt(20) == 0 ? random.nextGaussian() * 700 : 0;
            int count = random.nextInt(5);
            truth += count;
            gathering.take(sample(second, off, count));
            if (random.nextInt(30) == 0) {
                gathering.flush();
            }
        }
        assertThat(gathering.finish().kept.opened()).isEqualTo(truth);
    }
}
