package shawk.enrich;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shawk.model.Address;
import shawk.model.SafeText;

/** Who is asked for a name, how often, and that nobody ever waits for it. */
final class ReverseNamesTest {
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);

    @TempDir
    private Path etc;

    private final AtomicLong now = new AtomicLong(1);
    private final List<Address> asked = new ArrayList<>();
    private final AtomicInteger open = new AtomicInteger();
    private volatile boolean dead;
    private volatile Semaphore gate = new Semaphore(Integer.MAX_VALUE);

    /** Knows every address by its last byte. */
    private final class Dns implements ReverseNames.Resolver {
        Dns() {
            open.incrementAndGet();
        }

        @Override
        public SafeText query(Address address) throws IOException {
            gate.acquireUninterruptibly();
            synchronized (asked) {
                asked.add(address);
            }
            if (dead) {
                throw new IOException("no answer");
            }
            long last = address.low() & 0xff;
            return last == 99 ? SafeText.EMPTY : SafeText.of("host" + last);
        }

        @Override
        public void close() {
            open.decrementAndGet();
        }
    }

    private final ReverseNames names() {
        return new ReverseNames(etc.resolve("hosts"), Dns::new, now::get);
    }

    private static Address address(String text) {
        return Objects.requireNonNull(Address.parse(text));
    }

    private static SafeText find(ReverseNames names, String text) {
        Address address = address(text);
        return names.find(address.high(), address.low());
    }

    private void check(ReverseNames names, String text, String expected) throws InterruptedException {
        find(names, text);
        names.await(PATIENCE);
        assertThat(find(names, text)).isEqualTo(SafeText.of(expected));
    }

    private int questions() {
        synchronized (asked) {
            return asked.size();
        }
    }

    @Test
    void anAnswerComesLater() throws InterruptedException {
        gate = new Semaphore(0);
        ReverseNames names = names();
        CountDownLatch woken = new CountDownLatch(1);
        names.onNews(woken::countDown);
        long before = names.version();
        assertThat(find(names, "192.0.2.1")).isNull();
        assertThat(find(names, "192.0.2.1")).isNull();
        gate.release(Integer.MAX_VALUE - 10);
        assertThat(woken.await(PATIENCE, TimeUnit.NANOSECONDS)).isTrue();
        assertThat(find(names, "192.0.2.1")).isEqualTo(SafeText.of("host1"));
        assertThat(names.version()).isNotEqualTo(before);
        assertThat(questions()).isEqualTo(1);
    }

    @Test
    void namesAgeAndSoDoTheirAbsences() throws InterruptedException {
        ReverseNames names = names();
        check(names, "192.0.2.1", "host1");
        check(names, "192.0.2.99", "");
        assertThat(questions()).isEqualTo(2);
        now.addAndGet(ReverseNames.NO_NAME_NANOS);
        check(names, "192.0.2.99", "");
        check(names, "192.0.2.1", "host1");
        assertThat(questions()).isEqualTo(3);
        now.addAndGet(ReverseNames.NAME_NANOS);
        check(names, "192.0.2.1", "host1");
        assertThat(questions()).isEqualTo(4);
    }

    @Test
    void deadServersAreLeftAlone() throws InterruptedException {
        dead = true;
        ReverseNames names = names();
        for (int i = 1; i <= ReverseNames.FAILURES_MAX; i++) {
            check(names, "192.0.2." + i, "");
        }
        int before = questions();
        check(names, "198.51.100.1", "");
        assertThat(questions()).isEqualTo(before);
        now.addAndGet(ReverseNames.REST_NANOS);
        dead = false;
        check(names, "198.51.100.1", "host1");
        now.addAndGet(ReverseNames.FAILURE_NANOS);
        check(names, "192.0.2.1", "host1");
    }

    /** A name stays when it cannot be asked for again. */
    @Test
    void namesOutliveTheirServer() throws InterruptedException {
        ReverseNames names = names();
        check(names, "192.0.2.1", "host1");
        dead = true;
        now.addAndGet(ReverseNames.NAME_NANOS);
        check(names, "192.0.2.1", "host1");
        assertThat(questions()).isEqualTo(2);
    }

    @Test
    void whatWasAskedForLastComesFirst() throws InterruptedException {
        gate = new Semaphore(0);
        ReverseNames names = names();
        for (int i = 1; i <= ReverseNames.WORKERS; i++) {
            find(names, "198.51.100." + i);
        }
        awaitBusy();
        for (int i = 1; i <= 50; i++) {
            find(names, "192.0.2." + i);
        }
        find(names, "192.0.2.10");
        gate.release(Integer.MAX_VALUE - 10);
        names.await(PATIENCE);
        synchronized (asked) {
            assertThat(asked).hasSize(50 + ReverseNames.WORKERS);
            assertThat(asked.indexOf(address("192.0.2.10"))).isLessThan(3 * ReverseNames.WORKERS);
        }
    }

    /** Until each thread is at a question. */
    private void awaitBusy() {
        long end = System.nanoTime() + PATIENCE;
        while (gate.getQueueLength() < ReverseNames.WORKERS && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertThat(gate.getQueueLength()).isEqualTo(ReverseNames.WORKERS);
    }

    @Test
    void theQueueIsBoundedAndSoAreTheThreads() throws InterruptedException {
        gate = new Semaphore(0);
        ReverseNames names = names();
        for (int i = 0; i < 4 * ReverseNames.QUEUED_MAX; i++) {
            find(names, "10.0." + i / 256 + "." + i % 256);
        }
        gate.release(Integer.MAX_VALUE - 10);
        names.await(PATIENCE);
        assertThat(questions()).isBetween(ReverseNames.QUEUED_MAX, ReverseNames.QUEUED_MAX + ReverseNames.WORKERS);
        assertThat(open.get()).isBetween(1, ReverseNames.WORKERS);
    }

    @Test
    void whatNobodyWantsAnyMoreIsNotAskedFor() throws InterruptedException {
        gate = new Semaphore(0);
        ReverseNames names = names();
        for (int i = 1; i <= 50; i++) {
            find(names, "192.0.2." + i);
        }
        now.addAndGet(ReverseNames.WANTED_NANOS + 1);
        gate.release(Integer.MAX_VALUE - 10);
        names.await(PATIENCE);
        assertThat(questions()).isLessThanOrEqualTo(ReverseNames.WORKERS);
    }

    @Test
    void whatTheDnsCannotKnow() throws IOException, InterruptedException {
        Files.writeString(etc.resolve("hosts"), "127.0.0.1 localhost\n192.0.2.7\tdb01 db # x\n");
        ReverseNames names = names();
        check(names, "0.0.0.0", "");
        check(names, "::", "");
        check(names, "127.0.0.1", "localhost");
        check(names, "127.0.0.2", "");
        check(names, "169.254.1.1", "");
        check(names, "fe80::1", "");
        check(names, "192.0.2.7", "db01");
        assertThat(questions()).isZero();
    }

    @Test
    void hostsFiles() {
        String file = "127.0.0.1 localhost a\n::1 six\n10.0.0.1\n#10.0.0.2 x\n10.0.0.3 a\u001b[2J\n127.0.0.1 second\n";
        assertThat(HostsFile.parse(file.getBytes(StandardCharsets.ISO_8859_1)))
                .isEqualTo(Map.of(
                        address("127.0.0.1"), SafeText.of("localhost"),
                        address("::1"), SafeText.of("six"),
                        address("10.0.0.3"), SafeText.of("a\u001b[2J")));
    }
}
