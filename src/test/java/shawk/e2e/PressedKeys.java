package shawk.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Keys for a program in a terminal that notes in its log when it has dealt with so many: after each one that is waited
 * for, or for the program's end. Used by one thread.
 */
final class PressedKeys {
    private final Tmux tmux;
    private final Path log;
    private int count;

    /** None has been pressed yet. */
    PressedKeys(Tmux tmux, Path folder) throws IOException {
        this.tmux = tmux;
        this.log = Files.createTempFile(folder, "debug", ".log");
    }

    /** The file that the program is to write its log into. */
    Path log() {
        return log;
    }

    /** So many were typed besides. */
    void typed(int keys) {
        count += keys;
    }

    /** Presses them one after the other, single characters or under tmux's names. */
    void press(String... keys) throws Exception {
        for (String key : keys) {
            if (key.length() == 1) {
                tmux.type(key);
            } else {
                tmux.keys(key);
            }
            count++;
            String idle = "idle after " + count + " keys";
            MonitorProgram.until(idle, () -> Files.readString(log).contains(idle) || isOver());
        }
    }

    private boolean isOver() throws Exception {
        String screen = tmux.screen();
        return screen.contains("status=") || screen.contains("Stopped");
    }
}
