package shawk.pivot;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import shawk.field.KeyField;
import shawk.model.Address;
import shawk.model.SafeText;
import shawk.model.SocketTable;
import shawk.model.TextDictionary;

/** Numbers that compare as the values of a field are to be ordered: by the high half's rank, then by the low one's. */
final class Ranks {
    private static final Comparator<SafeText> TEXT_ORDER = Comparator.comparing(
                    SafeText::value, String.CASE_INSENSITIVE_ORDER)
            .thenComparing(Comparator.naturalOrder());

    private static final Ranks NUMBERS = new Ranks(KeyField.Type.NUMBER, new int[0]);

    private final KeyField.Type type;
    private final int[] ranks;

    private Ranks(KeyField.Type type, int[] ranks) {
        this.type = type;
        this.ranks = ranks;
    }

    /** Of plain numbers: each is its own rank. */
    static Ranks ofNumbers() {
        return NUMBERS;
    }

    /** Of the values (or their low halves) that are to be ordered. */
    static Ranks of(KeyField field, TextDictionary texts, long[] lows) {
        return switch (field.type()) {
            case TEXT -> new Ranks(field.type(), ofTexts(texts, lows));
            case ENUM -> new Ranks(field.type(), ofNames(field));
            default -> new Ranks(field.type(), new int[0]);
        };
    }

    /** Of an amount that is not {@code NaN}; 0 and -0 are one. */
    static long ofAmount(double amount) {
        long bits = Double.doubleToRawLongBits(amount + 0.0);
        return bits ^ bits >> 63 & Long.MAX_VALUE;
    }

    /** IPv4 before IPv6; 0 for what has no high half. */
    long high(long high, long low) {
        return switch (type) {
            case ADDRESS ->
                Address.isV4(high, low) ? Long.MIN_VALUE : Math.max(high ^ Long.MIN_VALUE, Long.MIN_VALUE + 1);
            case TIMER -> high;
            default -> 0;
        };
    }

    long low(long low) {
        return switch (type) {
            case TEXT, ENUM -> ranks[(int) low];
            case ADDRESS, HEX -> low ^ Long.MIN_VALUE;
            case PORT, NUMBER, TIMER -> low;
        };
    }

    /** By letters whatever their case; each text is looked at once, however many entries have it. */
    private static int[] ofTexts(TextDictionary texts, long[] numbers) {
        int[] ranks = new int[texts.size()];
        int count = 0;
        for (long number : numbers) {
            if (number != SocketTable.ABSENT && ranks[(int) number] == 0) {
                ranks[(int) number] = 1;
                count++;
            }
        }
        SafeText[] used = new SafeText[count];
        for (int number = 0, i = 0; i < count; number++) {
            if (ranks[number] != 0) {
                used[i++] = texts.text(number);
            }
        }
        Arrays.sort(used, TEXT_ORDER);
        for (int rank = 0; rank < count; rank++) {
            ranks[texts.find(used[rank])] = rank;
        }
        return ranks;
    }

    /** By name; ordinals of which the greatest is the worst go by themselves. */
    private static int[] ofNames(KeyField field) {
        List<String> names = field.names();
        int[] ranks = new int[names.size()];
        for (int ordinal = 0; ordinal < ranks.length; ordinal++) {
            String name = names.get(ordinal);
            ranks[ordinal] = field.rollup() == KeyField.Rollup.WORST
                    ? ordinal
                    : (int) names.stream()
                            .filter(other -> other.compareTo(name) < 0)
                            .count();
        }
        return ranks;
    }
}
