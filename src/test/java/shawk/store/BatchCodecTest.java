package shawk.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A batch is the same after it was bytes, and no bytes are anything else than a batch or malformed. */
final class BatchCodecTest {
    /** Objects of few bytes each: what a byte may become at most, and what reading takes whatever there is. */
    private static final long MEMORY_PER_BYTE = 120;

    private static final long MEMORY = 200_000;

    @Test
    void whatIsReadIsWhatWasWritten() throws Exception {
        for (int seed = 0; seed < 60; seed++) {
            Batch batch = new Made(seed).batch(seed % 20);
            byte[] bytes = BatchCodec.encode(batch);
            Batch read = BatchCodec.decode(bytes);
            assertThat(read).usingRecursiveComparison().isEqualTo(batch);
            assertThat(BatchCodec.encode(read)).isEqualTo(bytes);
        }
    }

    @Test
    void otherVersionsAndWhatFollowsAreRefused() {
        byte[] bytes = BatchCodec.encode(new Made(1).batch(2));
        assertThatThrownBy(() -> BatchCodec.decode(Arrays.copyOf(bytes, bytes.length + 1)))
                .isInstanceOf(MalformedBatchException.class)
                .hasMessageContaining("follows the end");
        bytes[0] = 9;
        assertThatThrownBy(() -> BatchCodec.decode(bytes)).hasMessageContaining("version 9, not 1");
        assertThatThrownBy(() -> BatchCodec.decode(new byte[0])).hasMessageContaining("ends too early");
    }

    @Test
    void everyCutIsMalformed() {
        byte[] bytes = BatchCodec.encode(new Made(2).batch(3));
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> BatchCodec.decode(cut)).isInstanceOf(MalformedBatchException.class);
        }
    }

    @Test
    void everyByteMayBeAnyOther() {
        byte[] bytes = BatchCodec.encode(new Made(3).batch(2));
        for (int at = 0; at < bytes.length; at++) {
            byte real = bytes[at];
            for (int value : new int[] {0, 1, 2, 0x0f, 0x7e, 0x7f, 0x80, 0x81, 0xfe, 0xff, real + 1, real - 1, ~real}) {
                bytes[at] = (byte) value;
                survive(bytes);
            }
            bytes[at] = real;
        }
    }

    @Test
    void anyBytesTakeBoundedMemory() {
        Random random = new Random(5);
        byte[] real = BatchCodec.encode(new Made(4).batch(20));
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        survive(real);
        for (int i = 0; i < 1_000; i++) {
            byte[] bytes = real.clone();
            for (int n = random.nextInt(8); n >= 0; n--) {
                bytes[random.nextInt(bytes.length)] = (byte) (random.nextBoolean() ? 0xff : random.nextInt());
            }
            long before = threads.getCurrentThreadAllocatedBytes();
            survive(bytes);
            assertThat(threads.getCurrentThreadAllocatedBytes() - before)
                    .isLessThan(MEMORY + MEMORY_PER_BYTE * bytes.length);
        }
    }

    private static void survive(byte[] bytes) {
        try {
            Batch batch = BatchCodec.decode(bytes);
            assertThat(BatchCodec.encode(batch)).isNotEmpty();
        } catch (MalformedBatchException e) {
            assertThat(e).hasMessageStartingWith("at byte ");
        }
    }
}
