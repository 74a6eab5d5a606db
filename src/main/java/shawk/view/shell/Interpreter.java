package shawk.view.shell;

import java.util.List;

/** What stands behind the prompt. Used by one thread, but for {@link #mistake}. */
public interface Interpreter {
    /** Whether {@code text} is no whole command yet, so that Enter begins a further line. */
    boolean unfinished(String text);

    /** Runs what was typed; false where that was to end the prompt. Whatever goes wrong is said by itself. */
    boolean run(String text, Paper paper);

    /**
     * What may stand in place of the word that the cursor is in.
     *
     * @param words of the line, quotes taken off, the last one up to the cursor; empty where a word begins there
     */
    List<Suggestion> complete(List<String> words);

    /**
     * Where {@code text} stops making sense, index of a character; -1 where it does make sense, or is not looked at.
     */
    int mistake(String text);

    /** What was typed before, the oldest first. */
    List<String> remembered();

    /** A line was typed; returns whether it is to be had again by the key. */
    boolean remember(String line);
}
