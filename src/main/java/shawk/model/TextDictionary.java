package shawk.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Texts of a snapshot under small numbers, so that rows hold numbers, and equal texts have equal numbers. Immutable.
 * Number 0 is the empty text.
 */
public final class TextDictionary {
    /** Holds only the empty text. */
    public static final TextDictionary EMPTY = new Builder().build();

    private final SafeText[] texts;
    private final Map<SafeText, Integer> numbers;

    private TextDictionary(Builder builder) {
        this.texts = builder.texts.toArray(SafeText[]::new);
        this.numbers = Map.copyOf(builder.numbers);
    }

    /** The text of a number that this dictionary gave. */
    public SafeText text(long number) {
        return texts[(int) number];
    }

    /** The number of {@code text}, -1 where no row has it. */
    public int find(SafeText text) {
        return numbers.getOrDefault(text, -1);
    }

    /** How many texts there are; numbers are below this. */
    public int size() {
        return texts.length;
    }

    /** Collects texts. Used by one thread. */
    public static final class Builder {
        private final List<SafeText> texts = new ArrayList<>();
        private final Map<SafeText, Integer> numbers = new HashMap<>();

        /** Holds the empty text as number 0. */
        public Builder() {
            number(SafeText.EMPTY);
        }

        /** The number of {@code text}, a new one where it has none yet. */
        public int number(SafeText text) {
            Integer known = numbers.putIfAbsent(text, texts.size());
            if (known != null) {
                return known;
            }
            texts.add(text);
            return texts.size() - 1;
        }

        /** How many texts there are so far. */
        public int size() {
            return texts.size();
        }

        /** What was collected so far; collecting may go on. */
        public TextDictionary build() {
            return new TextDictionary(this);
        }
    }
}
