package shawk.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import shawk.model.Address;
import shawk.model.Direction;
import shawk.model.Protocol;
import shawk.model.SafeText;

/** Batches of any content, the same ones for the same seed. */
final class Made {
    /** An hour begins. */
    static final long BEGIN = 1_699_999_200_000_000L;

    private static final String[] TEXTS = {
        "",
        "nginx",
        "a'b\"c;--",
        "\\x00",
        "tab\tand\nline",
        "ключ",
        "\uD83D\uDE00",
        "e\u0301\u0301\u0301\u0301\u0301",
        "\uD800"
    };

    private final Random random;

    Made(long seed) {
        random = new Random(seed);
    }

    Batch batch(int size) {
        return new Batch(
                new HostIdentity("0123456789abcdef0123456789abcdef", text(), "b-" + random.nextInt(9)),
                new AgentStatus(number(), text().value(), "ebpf", random.nextBoolean(), number(), number(), number()),
                list(size, this::process),
                list(size, this::flow),
                list(size, () -> new ListenerSeen(id(), protocol(), text(), present(), random.nextInt(65_536))),
                list(size, () -> new AddressSeen(text(), present())),
                chunks(size),
                chunks(size),
                list(size, () -> new Gap(number(), number(), text().value(), number(), -1)));
    }

    private static <T> List<T> list(int size, Supplier<T> one) {
        List<T> list = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            list.add(one.get());
        }
        return list;
    }

    private ProcessSeen process() {
        ProcessIdentity identity = new ProcessIdentity(text(), text(), text(), text(), text());
        return new ProcessSeen(identity.id(), identity, random.nextInt(), random.nextInt(), number(), number());
    }

    private FlowSeen flow() {
        FlowIdentity identity = new FlowIdentity(
                id(),
                Direction.values()[random.nextInt(4)],
                protocol(),
                text(),
                address(),
                address(),
                random.nextInt(65_537) - 1,
                address(),
                address(),
                random.nextInt(65_537) - 1);
        return new FlowSeen(identity.id(), identity, number(), number());
    }

    /** Chunks of few flows and hours, each key at most once. */
    List<Chunk> chunks(int size) {
        List<Chunk> list = new ArrayList<>();
        List<Integer> keys = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            int key = random.nextInt(4 * 18 * 2);
            if (!keys.contains(key)) {
                keys.add(key);
                list.add(chunk(key % 4, key / 4 % 18, key / 72));
            }
        }
        return list;
    }

    Chunk chunk(long flow, int at, int run) {
        int count = 1 + random.nextInt(10);
        short[] minutes = new short[count];
        int first = random.nextInt(11 - count);
        for (int i = 0; i < count; i++) {
            minutes[i] = (short) (first + i);
        }
        return new Chunk(
                flow,
                BEGIN + at * Chunk.LENGTH_MICROS,
                run,
                1,
                minutes,
                ints(count),
                ints(count),
                ints(count),
                ints(count),
                longs(count),
                longs(count),
                ints(count),
                ints(count),
                evidence(),
                random.nextBoolean());
    }

    private int[] ints(int count) {
        return random.nextInt(3) == 0
                ? new int[0]
                : random.ints(count, 0, 1 << 20).toArray();
    }

    private long[] longs(int count) {
        return random.nextInt(3) == 0
                ? new long[0]
                : random.longs(count, 0, 1L << 50).toArray();
    }

    private long[] evidence() {
        long[] hashes = random.longs(random.nextInt(9), 0, 30).distinct().toArray();
        Arrays.sort(hashes);
        return hashes;
    }

    private SafeText text() {
        return SafeText.of(TEXTS[random.nextInt(TEXTS.length)]);
    }

    private Protocol protocol() {
        return Protocol.values()[random.nextInt(3)];
    }

    private long id() {
        return random.nextLong() >>> 1;
    }

    private long number() {
        return random.nextLong() >> random.nextInt(64);
    }

    private @Nullable Address address() {
        return random.nextInt(3) == 0 ? null : present();
    }

    private Address present() {
        return random.nextBoolean()
                ? Address.ofV4(random.nextInt())
                : new Address(random.nextLong(), random.nextLong());
    }
}
