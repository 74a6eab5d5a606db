package shawk.view.tui;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/** Text for the clipboard of the terminal, by OSC 52. Pure. */
final class Clipboard {
    /** Of longer texts the beginning is copied. */
    static final int MAX_BYTES = 8_192;

    private Clipboard() {}

    /**
     * The sequence; within tmux also in the form that it hands on to the terminal it runs in.
     *
     * @param term type of the terminal
     */
    static String sequence(String text, String term) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        byte[] taken = bytes.length <= MAX_BYTES ? bytes : Arrays.copyOf(bytes, wholeCharacters(bytes));
        String set = "\033]52;c;" + Base64.getEncoder().encodeToString(taken) + "\007";
        boolean multiplexer = term.startsWith("tmux") || term.startsWith("screen");
        return multiplexer ? set + "\033Ptmux;\033" + set + "\033\\" : set;
    }

    /** No character is cut in the middle. */
    private static int wholeCharacters(byte[] bytes) {
        int end = MAX_BYTES;
        while ((bytes[end] & 0xc0) == 0x80) {
            end--;
        }
        return end;
    }
}
