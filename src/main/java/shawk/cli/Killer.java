package shawk.cli;

import java.util.List;
import shawk.model.ProcessId;
import shawk.screen.Victim;

/** What kills. */
interface Killer {
    /**
     * What came of one.
     *
     * @param killed whether it was killed now
     * @param gone whether it was gone before
     * @param text the outcome in words
     */
    record Outcome(boolean killed, boolean gone, String text) {}

    /** Kills connections; an outcome for each, in their order. */
    List<Outcome> kill(List<Victim> victims) throws Failure;

    /** Sends a signal to that process and no later one of its number; where it cannot, why. */
    void signal(ProcessId process, int number) throws Failure;
}
