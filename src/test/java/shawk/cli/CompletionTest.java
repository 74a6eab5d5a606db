package shawk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import shawk.field.EventFields;
import shawk.field.Field;
import shawk.field.Fields;
import shawk.support.Commands;

/** The scripts are good shell, and their tables are those of the program. */
final class CompletionTest {
    private static String script(String shell) {
        Run run = Run.of("completion", shell);
        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
        return run.out();
    }

    /** What a function of the script for bash prints, a line an element. */
    private static List<String> asked(String... call) throws Exception {
        List<String> command = new ArrayList<>(List.of("bash", "-c", script("bash") + "\n\"$@\" || echo none", "bash"));
        command.addAll(List.of(call));
        return Commands.output(command.toArray(String[]::new)).lines().toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh"})
    void isWhatASystemAcceptsAsAScript(String shell) {
        assertThat(script(shell)).isEqualTo(script(shell)).endsWith("\n").doesNotContain("\t");
        assertThat(script(shell).lines()).allMatch(line -> line.equals(line.stripTrailing()));
    }

    @Test
    void bashCanReadIt() throws Exception {
        assertThat(Commands.output("bash", "-n", "-c", script("bash"))).isEmpty();
    }

    @Test
    void everyCommand() throws Exception {
        assertThat(asked("_shawk_commands"))
                .extracting(line -> line.substring(0, line.indexOf(':')))
                .containsExactlyElementsOf(Command.ids());
    }

    @ParameterizedTest
    @EnumSource
    void everyOptionOfACommandAndItsValues(Command command) throws Exception {
        List<String> names = new ArrayList<>();
        for (String line : asked("_shawk_options", command.id())) {
            String name = line.substring(0, line.indexOf(':'));
            names.add(name);
            Opt option = Opt.find(command, name);
            assertThat(option).as(name).isNotNull();
            assertThat(line).isEqualTo(name + ":" + option.help());
        }
        assertThat(new TreeSet<>(names)).hasSize(names.size());
        for (Opt option : Opt.of(command)) {
            assertThat(names).contains(option.longName());
        }
    }

    @Test
    void onlyFieldsThatEventsHave() throws Exception {
        String offered = asked("_shawk_values", "events", "--fields").get(0);
        List<String> fields = List.of(offered.substring("fields all ".length()).split(" "));
        assertThat(fields).contains("close_reason", "process").doesNotContain("rwnd_limited", "conns");
        for (String field : fields) {
            assertThat(EventFields.has(Fields.find(field))).as(field).isTrue();
        }
        assertThat(asked("_shawk_values", "events", "-f").get(0)).isEqualTo("expr " + String.join(" ", fields));
        assertThat(asked("_shawk_values", "top", "-F").get(0)).contains(" rwnd_limited ");
    }

    @Test
    void valuesByTheirKind() throws Exception {
        assertThat(asked("_shawk_values", "dump", "--format")).containsExactly("words table json ndjson csv");
        assertThat(asked("_shawk_values", "doctor", "--format")).containsExactly("words text json");
        assertThat(asked("_shawk_values", "top", "--format")).containsExactly("none");
        assertThat(asked("_shawk_values", "top", "-i")).containsExactly("none");
        assertThat(asked("_shawk_values", "top", "--netns")).containsExactly("netns all self");
        assertThat(asked("_shawk_values", "top", "--redact")).containsExactly("none");
        assertThat(asked("_shawk_values", "top", "operand")).containsExactly("none");
        assertThat(asked("_shawk_values", "help", "operand").get(0))
                .startsWith("words top dump ")
                .endsWith(" fields");
        assertThat(asked("_shawk_values", "completion", "operand")).containsExactly("words bash zsh");
    }

    @Test
    void everyFieldWhereItCanStand() throws Exception {
        String all = String.join(" ", Fields.ALL.stream().map(Field::id).toList());
        String groupable = String.join(
                " ", Fields.ALL.stream().filter(Field::groupable).map(Field::id).toList());
        assertThat(asked("_shawk_values", "top", "-g")).containsExactly("list none " + groupable);
        assertThat(asked("_shawk_values", "dump", "--fields")).containsExactly("fields all " + all);
        assertThat(asked("_shawk_values", "dump", "-s")).containsExactly("sort " + all);
        assertThat(asked("_shawk_values", "assert", "operand")).containsExactly("expr " + all);
    }

    @Test
    void filesWhereHelpSaysFile() {
        assertThat(Completion.values("FILE")).isEqualTo("files");
        assertThat(Completion.values("auto|netlink|replay:FILE")).isEqualTo("replay auto netlink");
        assertThat(Completion.values("DURATION")).isEqualTo("none");
    }
}
