package shawk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import shawk.support.ManPage;
import shawk.view.tui.TuiOptions;

/** The pages have the commands, options, variables and exit statuses of this program, and no others. */
final class OptionsPageTest {
    private static final ManPage SHAWK = ManPage.query("shawk.1");
    private static final Pattern PLACEHOLDER = Pattern.compile("[A-Z]+");
    private static final Map<String, Integer> SIGNALS = Map.of("HUP", 1, "INT", 2, "TERM", 15);

    /** The commands that have a page with options, and that page. */
    private enum Page {
        TOP(Command.TOP, "shawk.1"),
        DUMP(Command.DUMP, "shawk-dump.1"),
        EVENTS(Command.EVENTS, "shawk-events.1"),
        ASSERT(Command.ASSERT, "shawk-assert.1"),
        DOCTOR(Command.DOCTOR, "shawk-doctor.1"),
        RECORD(Command.RECORD, "shawk-record.1"),
        SHELL(Command.SHELL, "shawk-shell.1"),
        CREATE_SCHEME(Command.CREATE_SCHEME, "shawk-create-scheme.1"),
        PROBE(Command.PROBE, "shawk-probe.1"),
        INSTALL_SERVICE(Command.INSTALL_SERVICE, "shawk-install-service.1"),
        LOOK(Command.LOOK, "shawk-look.1"),
        ZK_DUMP(Command.ZK_DUMP, "shawk-zk-dump.1"),
        ZK_TOP(Command.ZK_TOP, "shawk-zk-top.1"),
        ZK_ZAB(Command.ZK_ZAB, "shawk-zk-zab.1"),
        ZK_FLE(Command.ZK_FLE, "shawk-zk-fle.1"),
        ZK_OMNI(Command.ZK_OMNI, "shawk-zk-omni.1"),
        ZK_STATS(Command.ZK_STATS, "shawk-zk-stats.1"),
        COMPLETION(Command.COMPLETION, "shawk-completion.1");

        final Command command;
        final ManPage page;

        Page(Command command, String name) {
            this.command = command;
            this.page = ManPage.query(name);
        }

        /** The entries that explain options. */
        List<ManPage.Entry> options() {
            return page.section("DESCRIPTION").entries().stream()
                    .filter(entry -> entry.head().words().indexOf("Fl") == 0)
                    .toList();
        }

        ManPage.Entry entry(Opt option) {
            return options().stream()
                    .filter(entry -> entry.head()
                            .arguments("Fl")
                            .contains(option.longName().substring(1)))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(option.longName() + " has no entry"));
        }
    }

    private static List<String> flags(List<String> arguments) {
        return arguments.stream().map(flag -> "-" + flag).toList();
    }

    private static List<String> names(Opt option) {
        return Stream.of(option.shortName(), option.longName())
                .filter(name -> !name.isEmpty())
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void everyOptionIsExplainedAndNoOther(Page page) {
        List<List<String>> written = page.options().stream()
                .map(entry -> flags(entry.head().arguments("Fl")))
                .toList();
        List<List<String>> taken =
                Opt.of(page.command).stream().map(OptionsPageTest::names).toList();
        assertThat(written).containsExactlyInAnyOrderElementsOf(taken);
    }

    @ParameterizedTest
    @EnumSource
    void everyOptionIsInTheSynopsisAndNoOther(Page page) {
        Set<String> written = new TreeSet<>(flags(page.page.section("SYNOPSIS").arguments("Fl")));
        Set<String> taken = new TreeSet<>();
        for (Opt option : Opt.of(page.command)) {
            taken.add(names(option).get(0));
            if (option.aboutProgram()) {
                taken.addAll(names(option));
            }
        }
        assertThat(written).isEqualTo(taken);
    }

    @ParameterizedTest
    @EnumSource
    void everyOptionInTheTextExists(Page page) {
        List<String> known = Opt.of(page.command).stream()
                .flatMap(option -> names(option).stream())
                .toList();
        assertThat(known).containsAll(flags(page.page.arguments("Fl")));
    }

    @ParameterizedTest
    @EnumSource
    void defaultsAndValuesAreThoseOfTheTable(Page page) {
        for (Opt option : Opt.of(page.command)) {
            ManPage.Entry entry = page.entry(option);
            List<String> literals = entry.body().arguments("Cm");
            if (!option.fallback().isEmpty()) {
                assertThat(entry.body().text()).as(option.longName()).contains("The default is " + option.fallback());
            }
            for (String value : option.param().split("[|:\\[\\]]+")) {
                boolean placeholder = PLACEHOLDER.matcher(value).matches();
                if (option.param().contains("|") && !placeholder && !value.isEmpty()) {
                    assertThat(Stream.concat(literals.stream(), entry.head().arguments("Cm").stream()))
                            .as(option.longName())
                            .contains(value);
                } else if (option.param().equals(value) && placeholder) {
                    assertThat(entry.head().arguments("Ar"))
                            .as(option.longName())
                            .contains(value.toLowerCase());
                }
            }
            assertThat(entry.head().arguments("Ar").isEmpty())
                    .as(option.longName())
                    .isEqualTo(!option.takesValue());
        }
    }

    @Test
    void everyCommandIsExplainedAndNoOther() {
        List<String> written = SHAWK.section("DESCRIPTION").entries().stream()
                .filter(entry -> entry.head().words().indexOf("Ic") == 0)
                .map(entry -> entry.head().arguments("Ic").get(0))
                .toList();
        assertThat(written)
                .containsExactlyElementsOf(
                        Arrays.stream(Command.values()).map(Command::id).toList());
    }

    @Test
    void everyVariableIsExplainedAndNoOther() throws Exception {
        Set<String> known = new TreeSet<>(Set.of("JAVA_HOME", "TERM", "LC_ALL", "LC_CTYPE", "LANG"));
        assertThat(Path.of("src/build/tools.sh")).content().contains("${JAVA_HOME:-}");
        assertThat(TuiOptions.refusal(null, "shawk dump")).contains("TERM");
        for (String locale : List.of("LC_ALL", "LC_CTYPE", "LANG")) {
            assertThat(TuiOptions.ascii(Map.of(locale, "C.UTF-8"))).as(locale).isFalse();
        }
        for (Field constant : Environment.class.getDeclaredFields()) {
            boolean isName = constant.getType() == String.class && Modifier.isStatic(constant.getModifiers());
            if (isName && !Modifier.isPrivate(constant.getModifiers())) {
                known.add((String) constant.get(null));
            }
        }
        Set<String> written = new TreeSet<>();
        SHAWK.section("ENVIRONMENT")
                .entries()
                .forEach(entry -> written.addAll(entry.head().arguments("Ev")));
        assertThat(written).isEqualTo(known).contains(Environment.DEBUG);
    }

    @ParameterizedTest
    @EnumSource
    void exitStatusesAreThoseOfTheCode(Page page) throws Exception {
        Set<String> known = new TreeSet<>();
        for (Field constant : ExitStatus.class.getDeclaredFields()) {
            if (constant.getType() == int.class && constant.getInt(null) != ExitStatus.SIGNAL) {
                known.add(String.valueOf(constant.getInt(null)));
            }
        }
        assertThat(known).hasSize(5);
        if (page != Page.TOP && page != Page.ASSERT && page != Page.LOOK && page != Page.SHELL) {
            known.remove(String.valueOf(ExitStatus.BROKEN));
        }
        List<String> ends = page == Page.TOP || page == Page.ZK_TOP
                ? List.of("HUP", "TERM")
                : page == Page.PROBE || page == Page.ZK_STATS ? List.of("HUP", "INT") : List.of("HUP", "INT", "TERM");
        for (String signal : ends) {
            known.add(String.valueOf(ExitStatus.SIGNAL + SIGNALS.get(signal)));
        }
        Set<String> written = new TreeSet<>();
        page.page
                .section("EXIT STATUS")
                .entries()
                .forEach(entry -> written.add(entry.head().text()));
        assertThat(written).isEqualTo(known);
    }
}
