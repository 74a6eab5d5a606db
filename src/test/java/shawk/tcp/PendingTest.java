package shawk.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Against a stream of bytes of which it is known which ones came, and when first. */
final class PendingTest {
    private static final int LENGTH = 200_000;

    @Test
    void keepsWhatCameFirst() {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            Pending pending = new Pending(new SpareBytes());
            ByteLedger ledger = new ByteLedger();
            byte[] model = new byte[LENGTH];
            boolean[] there = new boolean[LENGTH];
            int gone = 0;
            int most = 1 + random.nextInt(random.nextBoolean() ? 50 : 5_000);
            for (int step = 0; step < 400; step++) {
                if (pending.isEmpty() || random.nextInt(5) > 0) {
                    add(random, pending, ledger, model, there, gone, most);
                } else {
                    gone = removeFirst(pending, model, there, gone, "seed " + seed + ", step " + step);
                }
            }
            while (!pending.isEmpty()) {
                gone = removeFirst(pending, model, there, gone, "seed " + seed);
            }
            assertThat(ledger.in).isGreaterThan(0);
            assertThat(pending.memory()).isLessThan(100_000);
            for (int i = gone; i < LENGTH; i++) {
                assertThat(there[i]).isFalse();
            }
        }
    }

    private static void add(
            Random random, Pending pending, ByteLedger ledger, byte[] model, boolean[] there, int gone, int most) {
        byte[] bytes = new byte[1 + random.nextInt(most)];
        random.nextBytes(bytes);
        int at = gone + random.nextInt(Math.min(20 * most, LENGTH - gone - bytes.length));
        ByteLedger before = copy(ledger);
        int fresh = 0;
        int differing = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (!there[at + i]) {
                there[at + i] = true;
                model[at + i] = bytes[i];
                fresh++;
            } else if (model[at + i] != bytes[i]) {
                differing++;
            }
        }
        pending.add(bytes, 0, bytes.length, at, 7, ledger);
        assertThat(ledger.in - before.in).isEqualTo(fresh);
        assertThat(ledger.repeated - before.repeated).isEqualTo(bytes.length - fresh);
        assertThat(ledger.differing - before.differing).isEqualTo(differing);
    }

    private static ByteLedger copy(ByteLedger ledger) {
        ByteLedger copy = new ByteLedger();
        copy.in = ledger.in;
        copy.repeated = ledger.repeated;
        copy.differing = ledger.differing;
        return copy;
    }

    private static int removeFirst(Pending pending, byte[] model, boolean[] there, int gone, String what) {
        int at = (int) pending.firstAt();
        int n = pending.firstLength();
        int from = pending.firstFrom();
        for (int i = gone; i < at; i++) {
            assertThat(there[i]).as(what).isFalse();
        }
        assertThat(Arrays.copyOfRange(pending.bytes(), from, from + n))
                .as(what)
                .isEqualTo(Arrays.copyOfRange(model, at, at + n));
        for (int i = at; i < at + n; i++) {
            assertThat(there[i]).as(what).isTrue();
        }
        Arrays.fill(there, at, at + n, false);
        pending.removeFirst();
        return at + n;
    }
}
