package shawk.expr;

import java.util.function.Predicate;
import shawk.model.Snapshot;
import shawk.model.SocketTable;
import shawk.model.TextDictionary;

/** A test of texts by their numbers, each text tested once, when it is first asked for. Used by one thread. */
final class TextMemo {
    private static final byte YES = 1;
    private static final byte NO = 2;

    private final TextDictionary texts;
    private final Predicate<String> test;
    private final byte[] answers;

    TextMemo(Snapshot snapshot, Predicate<String> test) {
        this.texts = snapshot.texts();
        this.test = test;
        this.answers = new byte[texts.size()];
    }

    /** Whether there is a text and it passes. */
    boolean passes(long number) {
        if (number == SocketTable.ABSENT) {
            return false;
        }
        int index = (int) number;
        if (answers[index] == 0) {
            answers[index] = test.test(texts.text(index).value()) ? YES : NO;
        }
        return answers[index] == YES;
    }
}
