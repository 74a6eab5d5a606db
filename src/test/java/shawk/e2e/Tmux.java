package shawk.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import shawk.screen.Key;

/**
 * A real terminal: a tmux server of its own with one window, in which a shell runs. Waits for what is on the screen,
 * never for time.
 */
final class Tmux {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final long POLL_MILLIS = 30;
    /** Escape sequences, one of which sets the background to cyan. */
    private static final Pattern CURSOR = Pattern.compile("(\033\\[[0-9;]*m)*\033\\[46m");

    private final Path folder;

    Tmux(int columns, int rows) throws IOException, InterruptedException {
        folder = Files.createTempDirectory("shawk-tmux");
        tmux(
                "-f",
                "/dev/null",
                "new-session",
                "-d",
                "-x",
                "" + columns,
                "-y",
                "" + rows,
                "env -i"
                        + " PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 HOME=/nonexistent"
                        + " TERM=screen-256color PS1='$ ' bash --norc --noprofile -i");
        until("the prompt", screen -> screen.startsWith("$"));
    }

    /** Sends keys under tmux's names, e.g. {@code C-z}, {@code Down}, {@code F4}. */
    void keys(String... keys) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("send-keys"));
        command.addAll(List.of(keys));
        tmux(command.toArray(String[]::new));
    }

    /** What tmux calls a key. */
    static String name(Key key) {
        return switch (key.kind()) {
            case CHAR -> key.codePoint() == ' ' ? "Space" : Character.toString(key.codePoint());
            case CTRL -> "C-" + Character.toString(key.codePoint());
            case PAGE_UP -> "PPage";
            case PAGE_DOWN -> "NPage";
            case ESCAPE -> "Escape";
            case BACKSPACE -> "BSpace";
            case DELETE -> "DC";
            case BACK_TAB -> "BTab";
            case UP, DOWN, LEFT, RIGHT, HOME, END, ENTER, TAB -> key.label();
            default -> key.kind().name();
        };
    }

    /** Types text as it is. */
    void type(String text) throws IOException, InterruptedException {
        tmux("send-keys", "-l", text);
    }

    /** Types a line into the shell. */
    void line(String text) throws IOException, InterruptedException {
        type(text);
        keys("Enter");
    }

    /** What is on the screen. */
    String screen() throws IOException, InterruptedException {
        return tmux("capture-pane", "-p");
    }

    /** The line, from {@code from} on, that begins in the colour of the cursor's row; -1 where there is none. */
    int cursorLine(int from) throws IOException, InterruptedException {
        List<String> lines = tmux("capture-pane", "-p", "-e").lines().toList();
        for (int i = from; i < lines.size(); i++) {
            if (CURSOR.matcher(lines.get(i)).lookingAt()) {
                return i;
            }
        }
        return -1;
    }

    /** The value of one of tmux' format variables of the window. */
    String variable(String name) throws IOException, InterruptedException {
        return tmux("display-message", "-p", "#{" + name + "}").strip();
    }

    void resize(int columns, int rows) throws IOException, InterruptedException {
        tmux("resize-window", "-x", "" + columns, "-y", "" + rows);
    }

    /** Waits until the screen is as {@code wanted}; gives it. Fails with the last screen at the deadline. */
    String until(String what, Predicate<String> wanted) throws IOException, InterruptedException {
        return until(what, wanted, DEADLINE);
    }

    /** The same with a deadline of its own. */
    String until(String what, Predicate<String> wanted, Duration deadline) throws IOException, InterruptedException {
        long end = System.nanoTime() + deadline.toNanos();
        String screen = screen();
        while (!wanted.test(screen)) {
            if (System.nanoTime() > end) {
                throw new AssertionError("never saw " + what + "; the screen is\n" + screen);
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            screen = screen();
        }
        return screen;
    }

    private String tmux(String... arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("tmux", "-S", folder.resolve("socket").toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + ": " + output);
        }
        return output;
    }

    /** Ends the server, and with it all that runs in its window. */
    void end() throws IOException, InterruptedException {
        tmux("kill-server");
        Files.deleteIfExists(folder.resolve("socket"));
        Files.delete(folder);
    }
}
