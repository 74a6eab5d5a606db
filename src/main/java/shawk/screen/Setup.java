package shawk.screen;

import java.util.ArrayList;
import java.util.List;

/**
 * What is set once for all views, by options, the config file or the palette. Immutable.
 *
 * @param mouse whether the terminal reports clicks and the wheel; else its own selection works
 * @param theme the colours
 * @param noKill why nothing may be killed; empty = it may
 * @param noWrite why no file may be written; empty = it may
 * @param history commands that were typed into the palette in this run, the newest last
 */
public record Setup(boolean mouse, Theme theme, String noKill, String noWrite, List<String> history) {
    /** Commands that are remembered; the oldest are forgotten. */
    static final int MAX_HISTORY = 100;

    /** With mouse, colours by the terminal's background, everything allowed. */
    public static final Setup DEFAULT = new Setup(true, Theme.AUTO, "", "", List.of());

    public Setup {
        history = List.copyOf(history);
    }

    /** The same with or without mouse. */
    public Setup withMouse(boolean changed) {
        return new Setup(changed, theme, noKill, noWrite, history);
    }

    /** The same in other colours. */
    public Setup withTheme(Theme changed) {
        return new Setup(mouse, changed, noKill, noWrite, history);
    }

    /** Kills are refused for this reason. */
    public Setup withoutKills(String why) {
        return new Setup(mouse, theme, why, noWrite, history);
    }

    /** Files are not written for this reason. */
    public Setup withoutWrites(String why) {
        return new Setup(mouse, theme, noKill, why, history);
    }

    /** A command was typed. */
    Setup remembering(String command) {
        List<String> longer = new ArrayList<>(history);
        longer.remove(command);
        longer.add(command);
        int from = Math.max(0, longer.size() - MAX_HISTORY);
        return new Setup(mouse, theme, noKill, noWrite, longer.subList(from, longer.size()));
    }
}
