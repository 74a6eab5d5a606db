package shawk.cli;

import org.jspecify.annotations.Nullable;

/** What {@code help} says at the prompt. */
final class ShellHelp {
    private static final int WIDTH = 36;

    private ShellHelp() {}

    /** All commands, or the one that {@code topic} names. */
    static String text(String topic) throws Failure {
        if (topic.isEmpty()) {
            return overview();
        }
        ShellVerb verb = ShellVerb.find(topic);
        if (verb == null) {
            return topic.equals(Help.FIELDS) ? Help.text(topic) : unknown(topic);
        }
        @Nullable Command command = verb.command();
        String usage = line(verb) + "\n";
        return command == null ? usage : usage + "\n" + Help.of(command);
    }

    private static String unknown(String topic) throws Failure {
        throw Failure.usage(
                "there is no help on " + Failure.quote(topic) + "; " + Choices.hint(topic, ShellVerb.ids()));
    }

    private static String overview() {
        StringBuilder out = new StringBuilder();
        for (ShellVerb verb : ShellVerb.values()) {
            out.append("  ").append(line(verb)).append('\n');
        }
        return out.append(
                        "\nTab completes, the arrow keys bring back what was typed, Ctrl-R searches it, Ctrl-C ends\n")
                .append("a command, Ctrl-D the shell. help fields lists the fields; shawk-shell(1) says more.\n")
                .toString();
    }

    private static String line(ShellVerb verb) {
        String usage = verb.operands().isEmpty() ? verb.id() : verb.id() + " " + verb.operands();
        return usage + " ".repeat(Math.max(2, WIDTH - usage.length())) + verb.summary();
    }
}
