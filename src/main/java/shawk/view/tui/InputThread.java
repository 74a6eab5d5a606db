package shawk.view.tui;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import shawk.screen.Event;

/** Reads the terminal, so that a key is noticed whatever else is going on. A daemon: it ends with the program. */
final class InputThread extends Thread {
    /** An escape sequence comes in one go, or over a slow line in two; a finger is slower. */
    private static final int ESCAPE_WAIT_MILLIS = 25;

    private static final int IDLE_WAIT_MILLIS = 1_000;

    private final InputStream in;
    private final TerminalControl control;
    private final Mailbox mailbox;
    private final KeyDecoder decoder;
    private volatile boolean stopped;

    InputThread(InputStream in, TerminalControl control, Mailbox mailbox, KeyDecoder decoder) {
        super("terminal-input");
        this.in = in;
        this.control = control;
        this.mailbox = mailbox;
        this.decoder = decoder;
        setDaemon(true);
    }

    /** It ends when it next wakes up. */
    void finish() {
        stopped = true;
    }

    @Override
    public void run() {
        byte[] bytes = new byte[1_024];
        try {
            while (!stopped) {
                List<Event> input = new ArrayList<>();
                if (!control.waitForInput(decoder.pending() ? ESCAPE_WAIT_MILLIS : IDLE_WAIT_MILLIS)) {
                    decoder.timeout(input);
                } else {
                    int length = stopped ? -1 : in.read(bytes);
                    if (length < 0) {
                        break;
                    }
                    decoder.feed(bytes, length, input);
                }
                mailbox.input(input);
            }
        } catch (IOException e) {
            // The terminal is gone, as at the end of the input.
        } catch (InterruptedException e) {
            interrupt();
        } catch (RuntimeException | Error e) {
            // A fault of this program: nothing would print it but over the screen.
            mailbox.broken(e);
        } finally {
            // Whatever ended it: without keys nobody could quit.
            mailbox.gone();
        }
    }
}
