package shawk.cli;

import java.util.List;
import java.util.stream.Stream;

/**
 * What an option is, as {@link Opt} has it.
 *
 * @param longName e.g. {@code --interval}
 * @param shortName e.g. {@code -i}; empty where it has none
 * @param param what its value is called in help; empty where it takes none
 * @param fallback value where it is not given; empty where there is none, or where it depends
 * @param help one line: what it does
 * @param repeatable whether it may be given again, for one more value
 * @param takers the commands that take it
 */
record OptSpec(
        String longName,
        String shortName,
        String param,
        String fallback,
        String help,
        boolean repeatable,
        List<Command> takers) {
    OptSpec {
        takers = List.copyOf(takers);
    }

    /** Of the ZooKeeper tools of these names, as far as there are any: {@code dump stats}. */
    static OptSpec ofZk(String tools, String longName, String shortName, String param, String fallback, String help) {
        List<String> names = List.of(tools.split(" "));
        List<Command> takers = Stream.of(Command.values())
                .filter(command -> command.isZk() && names.contains(command.tool()))
                .toList();
        return new OptSpec(longName, shortName, param, fallback, help, false, takers);
    }

    /** The same, which may be given again. */
    OptSpec again() {
        return new OptSpec(longName, shortName, param, fallback, help, true, takers);
    }
}
