package shawk.zk.tally;

import java.util.Arrays;
import shawk.model.SafeText;

/**
 * Paths put together by the names that they begin with: counts and times of all below. What it needs is kept from one
 * time to the next. Used by one thread.
 */
final class RollUp {
    private final TallyLimits limits;
    private final KeyTable table;
    private Entry[] entries = new Entry[64];
    private SafeText[] names = new SafeText[64];

    RollUp(TallyLimits limits) {
        this.limits = limits;
        this.table = new KeyTable(limits.keys(), limits.keys() * Tally.BYTES_PER_KEY);
    }

    /** Begins anew. */
    void clear() {
        for (int i = 0; i < table.size(); i++) {
            Entry entry = entries[i];
            entry.last.clear();
            entry.before.clear();
            entry.outstanding = 0;
            entry.lastMicros = 0;
        }
        table.clear();
    }

    /** Adds an entry to the one of the path's first {@code depth} names. There are no more of these than of paths. */
    void add(byte[] path, int depth, Entry entry) {
        int known = table.size();
        int number = table.number(path, 0, MessageKey.cut(path, 0, path.length, depth));
        if (number == known) {
            if (number == entries.length) {
                entries = Arrays.copyOf(entries, 2 * number);
                names = Arrays.copyOf(names, 2 * number);
            }
            if (entries[number] == null) {
                entries[number] = new Entry(limits.digits());
            }
            names[number] = SafeText.of(table.text(number));
        }
        Entry sum = entries[number];
        sum.last.add(entry.last);
        sum.before.add(entry.before);
        sum.outstanding += entry.outstanding;
        sum.lastMicros = Math.max(sum.lastMicros, entry.lastMicros);
    }

    int size() {
        return table.size();
    }

    Entry entry(int number) {
        return entries[number];
    }

    SafeText name(int number) {
        return names[number];
    }
}
