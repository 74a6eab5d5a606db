package shawk.zk.stats;

import java.util.Arrays;
import java.util.function.Function;
import shawk.model.RawText;
import shawk.model.SafeText;
import shawk.zk.tally.KeyTable;

/**
 * Numbers for byte strings, from 1 on, and their harmless texts. Numbers are never given anew, so that whoever was
 * handed {@link #texts} reads on while further ones are added. Adding is for one thread.
 */
final class Names {
    /** The number of all that found no room. */
    static final int OTHER = 0;

    private static final SafeText OTHER_TEXT = SafeText.of("(other)");

    private final int most;
    private final int mostBytes;
    private final KeyTable table;
    private final Function<RawText, SafeText> naming;
    private SafeText[] texts = new SafeText[64];
    private int used;
    private int limit;

    /**
     * @param most strings
     * @param mostBytes of all strings together
     * @param naming the text of a string
     */
    Names(int most, int mostBytes, Function<RawText, SafeText> naming) {
        this.most = most;
        this.mostBytes = mostBytes;
        this.naming = naming;
        this.limit = most;
        table = new KeyTable(most, mostBytes);
        texts[OTHER] = OTHER_TEXT;
    }

    /** An empty one of the same size. */
    Names fresh() {
        return new Names(most, mostBytes, naming);
    }

    int size() {
        return table.size();
    }

    /** Whether less than half of the room is left. */
    boolean isCrowded() {
        return table.size() > most / 2 || used > mostBytes / 2;
    }

    /** Lets half of the room be taken from now on, so that as much is left for what comes after. */
    void beginMinute() {
        limit = Math.min(most, table.size() + most / 2);
    }

    /** The number of a string; {@link #OTHER} where there is no room for it. */
    int number(byte[] bytes, int from, int length) {
        int known = table.size();
        int number = known < limit ? table.number(bytes, from, length) : table.find(bytes, from, length);
        if (number == known) {
            begin(number);
        }
        return number == KeyTable.FULL ? OTHER : number + 1;
    }

    private void begin(int number) {
        if (number + 1 == texts.length) {
            texts = Arrays.copyOf(texts, 2 * texts.length);
        }
        RawText raw = table.text(number);
        used += raw.length();
        texts[number + 1] = naming.apply(raw);
    }

    /** Takes one of {@code this} over into {@code other}; its number there. */
    int moveTo(Names other, int number) {
        if (number == OTHER) {
            return OTHER;
        }
        byte[] bytes = table.text(number - 1).toBytes();
        return other.number(bytes, 0, bytes.length);
    }

    /** Texts by number; those of numbers that come later may appear in it. */
    SafeText[] texts() {
        return texts;
    }
}
