package shawk.zk.proto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Many requests that wait: the first one with an xid is found, whatever went before. */
final class OpenRequestsTest {
    private static OpenRequests fresh(int most) {
        return new OpenRequests(new DecodeLimits(1_000, most, 100, 0), true, new MessagePool(), new Told());
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
    void whatIsNotThereIsNotLookedForAmongAll() {
        XidIndex index = new XidIndex(1 << 14);
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
