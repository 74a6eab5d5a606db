package shawk.model;

import java.util.Arrays;
import java.util.Objects;

/**
 * Texts of a snapshot under small numbers, so that rows hold numbers, and equal texts have equal numbers. Immutable.
 * Number 0 is the empty text.
 *
 * <p>A dictionary shares its arrays with the builder that goes on collecting, and with the dictionaries built later:
 * entries are only ever added, and each dictionary looks at its own alone. So one new text costs one entry, not a copy
 * of all. What another thread has added meanwhile is seen as a number that is too high, or not at all.
 */
public final class TextDictionary {
    /** Holds only the empty text. */
    public static final TextDictionary EMPTY = new Builder().build();

    private static final int FREE = -1;

    private final SafeText[] texts;
    private final int[] slots;
    private final long seed;
    private final int size;

    private TextDictionary(Builder builder) {
        this.texts = builder.texts;
        this.slots = builder.slots;
        this.seed = builder.seed;
        this.size = builder.size;
    }

    /** The text of a number that this dictionary gave. */
    public SafeText text(long number) {
        return texts[Objects.checkIndex((int) number, size)];
    }

    /** The number of {@code text}, -1 where no row has it. */
    public int find(SafeText text) {
        return find(text, texts, slots, seed, size);
    }

    /** How many texts there are; numbers are below this. */
    public int size() {
        return size;
    }

    /** A slot that was taken after {@code size} texts were there ends the search as a free one does. */
    private static int find(SafeText text, SafeText[] texts, int[] slots, long seed, int size) {
        int slot = first(text, slots, seed);
        while (true) {
            int number = slots[slot];
            if (number == FREE || number >= size) {
                return FREE;
            }
            if (texts[number].equals(text)) {
                return number;
            }
            slot = slot + 1 & slots.length - 1;
        }
    }

    /** Of a hash that nobody outside can guess: names are chosen by whoever starts a process. */
    private static int first(SafeText text, int[] slots, long seed) {
        String value = text.value();
        long hash = seed;
        for (int i = 0; i < value.length(); i++) {
            hash = (hash ^ value.charAt(i)) * 0x9e3779b97f4a7c15L;
            hash ^= hash >>> 32;
        }
        return (int) (hash * 0xd6e8feb86659fd93L >>> 32) & slots.length - 1;
    }

    /** Collects texts. Used by one thread. */
    public static final class Builder {
        private final long seed;
        private SafeText[] texts = new SafeText[16];
        private int[] slots = new int[64];
        private int size;

        /** Holds the empty text as number 0. */
        public Builder() {
            this(0);
        }

        /** The same; {@code seed} changes which texts collide, so that nobody can choose names that all do. */
        public Builder(long seed) {
            this.seed = seed;
            Arrays.fill(slots, FREE);
            number(SafeText.EMPTY);
        }

        /** The number of {@code text}, a new one where it has none yet. */
        public int number(SafeText text) {
            int known = find(text, texts, slots, seed, size);
            if (known != FREE) {
                return known;
            }
            if (size == texts.length) {
                grow();
            }
            texts[size] = text;
            place(size);
            return size++;
        }

        private void place(int number) {
            int slot = first(texts[number], slots, seed);
            while (slots[slot] != FREE) {
                slot = slot + 1 & slots.length - 1;
            }
            slots[slot] = number;
        }

        private void grow() {
            texts = Arrays.copyOf(texts, 2 * size);
            slots = new int[4 * texts.length];
            Arrays.fill(slots, FREE);
            for (int number = 0; number < size; number++) {
                place(number);
            }
        }

        /** How many texts there are so far. */
        public int size() {
            return size;
        }

        /** What was collected so far; collecting may go on. */
        public TextDictionary build() {
            return new TextDictionary(this);
        }
    }
}
