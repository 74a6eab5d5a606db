package shawk.fuzz;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import shawk.support.PacketMaker;

/** Makes hostile bytes of good ones; the same generator makes the same of them. */
final class Mutator {
    private static final int[] INTERESTING = {-1, 0, 1, Integer.MAX_VALUE, Integer.MIN_VALUE, 1 << 20, 0x7fff, 65_536};
    private static final int[] BYTES = {0, 0x7f, 0x80, 0xff};

    private Mutator() {}

    /** A changed copy. */
    static byte[] mutate(List<byte[]> seeds, Random random) {
        byte[] bytes = seeds.get(random.nextInt(seeds.size())).clone();
        for (int k = random.nextInt(4); k >= 0; k--) {
            bytes = once(bytes, seeds, random);
        }
        return bytes;
    }

    private static byte[] once(byte[] bytes, List<byte[]> seeds, Random random) {
        if (bytes.length < 8) {
            return noise(random);
        }
        int at = random.nextInt(bytes.length);
        switch (random.nextInt(8)) {
            case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> bytes[at] = (byte) BYTES[random.nextInt(BYTES.length)];
            case 2 -> put(bytes, at, INTERESTING[random.nextInt(INTERESTING.length)]);
            case 3 -> put(bytes, at, random.nextInt(2) * 2 - 1 + get(bytes, at));
            case 4 -> {
                return Arrays.copyOf(bytes, at);
            }
            case 5 -> {
                int to = at + random.nextInt(bytes.length - at);
                return PacketMaker.join(Arrays.copyOf(bytes, at), Arrays.copyOfRange(bytes, to, bytes.length));
            }
            case 6 -> {
                byte[] other = seeds.get(random.nextInt(seeds.size()));
                int from = random.nextInt(other.length);
                return PacketMaker.join(Arrays.copyOf(bytes, at), Arrays.copyOfRange(other, from, other.length));
            }
            default -> {
                byte[] noise = noise(random);
                System.arraycopy(noise, 0, bytes, at, Math.min(noise.length, bytes.length - at));
            }
        }
        return bytes;
    }

    private static byte[] noise(Random random) {
        byte[] noise = new byte[random.nextInt(64)];
        random.nextBytes(noise);
        return noise;
    }

    private static int get(byte[] bytes, int at) {
        int value = 0;
        for (int i = at; i < Math.min(bytes.length, at + 4); i++) {
            value = value << 8 | bytes[i] & 255;
        }
        return value;
    }

    private static void put(byte[] bytes, int at, int value) {
        for (int i = 0; i < 4 && at + i < bytes.length; i++) {
            bytes[at + i] = (byte) (value >> 24 - 8 * i);
        }
    }
}
