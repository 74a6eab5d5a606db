package shawk.cli;

import java.util.List;
import java.util.Map;
import shawk.field.Field;
import shawk.screen.Keymap;
import shawk.screen.Setup;
import shawk.screen.View;

/**
 * How a user wants the monitor, besides the options.
 *
 * @param keys what the keys do
 * @param setup mouse and colours
 * @param columns those of the views that have others than usual
 * @param greeting what is to be read first; empty = nothing
 */
record Preferences(Keymap keys, Setup setup, Map<View, List<Field>> columns, String greeting) {
    /** Of a config file, whose problems it says. */
    static Preferences of(Config config) {
        Keymap keys = config.keys();
        Setup setup = config.setup(Setup.DEFAULT);
        Map<View, List<Field>> columns = config.columns();
        List<String> problems = config.problems();
        String more = problems.size() > 1 ? " (" + (problems.size() - 1) + " more on standard error)" : "";
        return new Preferences(keys, setup, columns, problems.isEmpty() ? "" : problems.get(0) + more);
    }

    /** The same, with what these options forbid. */
    Preferences within(Arguments arguments) {
        Setup allowed = setup;
        if (arguments.has(Opt.REDACT)) {
            allowed = allowed.withoutKills("nothing is killed with --redact: the addresses shown are pseudonyms");
        }
        if (arguments.valueOrFallback(Opt.SOURCE).startsWith("replay:")) {
            allowed = allowed.withoutKills("nothing is killed in a recording");
        }
        if (arguments.has(Opt.READONLY)) {
            allowed = allowed.withoutKills("--readonly forbids it").withoutWrites("--readonly forbids it");
        }
        return new Preferences(keys, allowed, columns, greeting);
    }
}
