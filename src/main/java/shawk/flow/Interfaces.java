package shawk.flow;

import java.util.Arrays;
import shawk.model.HashIndex;
import shawk.model.InterfaceRecord;
import shawk.model.RawSample;
import shawk.model.RawSection;
import shawk.model.SafeText;
import shawk.model.SocketTable;

/** Names of the interfaces of one sample, as numbers of texts. Used by one thread. */
final class Interfaces {
    private final HashIndex index = new HashIndex(16);
    private long[] spaces = new long[16];
    private int[] ifindexes = new int[16];
    private int[] numbers = new int[16];

    void read(RawSample sample, Texts texts) {
        index.clear();
        int count = sample.count(RawSection.INTERFACES);
        if (count > spaces.length) {
            spaces = Arrays.copyOf(spaces, 2 * count);
            ifindexes = Arrays.copyOf(ifindexes, 2 * count);
            numbers = Arrays.copyOf(numbers, 2 * count);
        }
        InterfaceRecord r = new InterfaceRecord(sample.buffer(RawSection.INTERFACES));
        for (int i = 0; i < count; i++) {
            r.at(i);
            spaces[i] = r.netns();
            ifindexes[i] = r.ifindex();
            numbers[i] = texts.number(SafeText.of(r.name()));
            index.add(hash(spaces[i], ifindexes[i]), i);
        }
    }

    /** Number of the interface's name, absent where the sample does not have it. */
    long text(long space, int ifindex) {
        int hashed = hash(space, ifindex);
        for (int slot = index.first(hashed); index.id(slot) >= 0; slot = index.next(slot)) {
            int i = index.id(slot);
            if (spaces[i] == space && ifindexes[i] == ifindex) {
                return numbers[i];
            }
        }
        return SocketTable.ABSENT;
    }

    private static int hash(long space, int ifindex) {
        return HashIndex.fold(HashIndex.mix(space, ifindex));
    }
}
