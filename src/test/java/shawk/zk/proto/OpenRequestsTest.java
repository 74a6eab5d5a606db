package shawk.zk.proto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Many requests that wait: the first one with an xid is found, whatever went before. */
final class OpenRequestsTest {
    private static final int SEED = 1_234_567_891;

    private static OpenRequests fresh(int most) {
        return new OpenRequests(new DecodeLimits(1_000, most, 100, 0), true, SEED, new MessagePool(), new Told());
    }

    @Test
    void theFirstOneIsFound() {
        Random random = new Random(8);
        OpenRequests open = fresh(3_000);
        List<int[]> model = new ArrayList<>();
        for (int step = 0; step < 100_000; step++) {
            // Waves: up to thousands wait, and then none again.
            boolean grows = step % 20_000 < 8_000;
            int xid = random.nextInt(10) == 0 ? -2 : random.nextInt(5_000);
            if (random.nextInt(10) < (grows ? 8 : 3)) {
                if (model.size() == 3_000) {
                    model.remove(0);
                }
                open.add(xid, step, null, 100, step);
                model.add(new int[] {xid, step});
            }
            int asked = model.isEmpty() || random.nextInt(20) == 0 ? xid : model.get(random.nextInt(model.size()))[0];
            int[] expected =
                    model.stream().filter(each -> each[0] == asked).findFirst().orElse(null);
            int found = open.find(asked);
            assertThat(found == OpenRequests.NONE ? -1 : open.op(found)).isEqualTo(expected == null ? -1 : expected[1]);
            if (expected != null && random.nextInt(10) < (grows ? 3 : 9)) {
                open.answered(found, step);
                model.remove(expected);
            }
            assertThat(open.isEmpty()).isEqualTo(model.isEmpty());
        }
    }

    @Test
    void severalWithOneNumberAreNoneOfThem() {
        OpenRequests open = fresh(1_000);
        for (int i = 0; i < 200; i++) {
            open.add(i, 3, null, 100, i);
            open.add(-2, 11, null, 100, i);
        }
        assertThat(open.findOnly(7, 1_000)).isEqualTo(open.find(7)).isNotEqualTo(OpenRequests.NONE);
        assertThat(open.findOnly(-2, 1_000)).isEqualTo(OpenRequests.NONE);
        assertThat(open.find(-2)).isEqualTo(OpenRequests.NONE);
        assertThat(open.find(199)).isNotEqualTo(OpenRequests.NONE);
    }

    @Test
    void pingsBehindARequestThatWaitsAreNotGoneOverAgain() {
        // 1,000 that wait and as many pings as find room make it 2,048 places.
        XidIndex places = new XidIndex(2_048, SEED);
        places.add(0, -2);
        int head = 1_000;
        while (places.first(head) == XidIndex.NONE) {
            head++;
        }
        OpenRequests open = fresh(10_000);
        open.add(head, 3, null, 100, 0);
        for (int xid = 1; xid < 1_000; xid++) {
            open.add(xid, 3, null, 100, 0);
        }
        int most = 0;
        for (int i = 0; i < 5_000; i++) {
            open.add(-2, 11, null, 100, i);
            int ping = open.findOnly(-2, i);
            assertThat(open.op(ping)).isEqualTo(11);
            open.answered(ping, i);
            most = Math.max(most, open.steps(-2));
        }
        assertThat(open.room()).isEqualTo(2_048);
        assertThat(most).isBetween(2, 50);
        assertThat(open.find(head)).isNotEqualTo(OpenRequests.NONE);
    }

    @Test
    void roomOfABurstIsLetGo() {
        OpenRequests open = fresh(10_000);
        burst(open, 513);
        assertThat(open.room()).isEqualTo(1_024);
        for (int turn = 0; turn < 15; turn++) {
            burst(open, 1);
        }
        burst(open, 100);
        assertThat(open.room()).isEqualTo(1_024);
        for (int turn = 0; turn < 16; turn++) {
            burst(open, 1);
        }
        assertThat(open.room()).isEqualTo(8);
        burst(open, 513);
        assertThat(open.isEmpty()).isTrue();
    }

    private static void burst(OpenRequests open, int requests) {
        for (int xid = 0; xid < requests; xid++) {
            open.add(xid, 3, null, 100, xid);
        }
        for (int xid = 0; xid < requests; xid++) {
            open.answered(open.find(xid), xid);
        }
    }

    @Test
    void whatIsNotThereIsNotLookedForAmongAll() {
        XidIndex index = new XidIndex(1 << 14, SEED);
        for (int place = 0; place < 10_000; place++) {
            index.add(place, place * 1_024);
        }
        int longest = 0;
        for (int xid = 20_000; xid < 40_000; xid++) {
            int length = 0;
            for (int i = index.first(xid); i != XidIndex.NONE; i = index.after(i)) {
                length++;
            }
            longest = Math.max(longest, length);
        }
        assertThat(longest).isLessThan(1_000);
    }
}
