package shawk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shawk.field.Fields;
import shawk.model.RawText;
import shawk.screen.Key;
import shawk.screen.Keymap;
import shawk.screen.Setup;
import shawk.screen.Theme;
import shawk.screen.View;
import shawk.support.HostileNames;

/** The config file: what it can say, what is said of what it cannot, and how it is changed. */
class ConfigTest {
    @TempDir
    Path folder;

    private static Config config(String... lines) {
        return Config.parse("config", String.join("\n", lines));
    }

    private static ViewSettings top(Config config, String... args) throws Failure {
        Arguments given = ArgumentParser.parse(args);
        Arguments under = config.under(given, each -> new SettingsParser(each).parseTop());
        return new SettingsParser(under).parseTop();
    }

    /** The one problem of a text, whose lines are numbered from 1. */
    private static void check(String expected, String... lines) throws Failure {
        Config config = config(lines);
        top(config);
        Preferences.of(config);
        assertThat(config.problems()).containsExactly("config" + expected);
    }

    @Test
    void optionsBeatTheFile() throws Failure {
        Config config = config("# mine", "", "interval = 2s", " sort=rtt:asc, conns ", "all = on", "group-by = none");
        assertThat(top(config).intervalNanos()).isEqualTo(2_000_000_000L);
        assertThat(top(config).sort()).hasSize(2);
        assertThat(top(config).all()).isTrue();
        assertThat(top(config).groupBy()).isEmpty();
        assertThat(top(config, "-i", "5s", "-g", "process").intervalNanos()).isEqualTo(5_000_000_000L);
        assertThat(top(config, "-g", "process").groupBy()).containsExactly(Fields.PROCESS);
        assertThat(config.problems()).isEmpty();
    }

    @Test
    void sectionsOfCommandsAreTheirs() throws Failure {
        Config config = config("format = json", "[top]", "interval = 3s", "[dump]", "interval = 4s");
        assertThat(top(config).intervalNanos()).isEqualTo(3_000_000_000L);
        Arguments dump =
                config.under(ArgumentParser.parse("dump"), each -> new SettingsParser(each).parseDump(false, null));
        assertThat(dump.value(Opt.INTERVAL)).isEqualTo("4s");
        assertThat(dump.value(Opt.FORMAT)).isEqualTo("json");
        assertThat(config.problems()).isEmpty();
    }

    @Test
    void whatMeansNothingIsSaidAndLeftOut() throws Failure {
        check(", line 2: there is no option 'intervall'; did you mean 'interval'?", "", "intervall = 2s");
        check(
                ", line 1: --interval '1y' is out of range; type 50ms to 24h"
                        .replace("'1y' is out of range; type", "'1ms' is out of range; type"),
                "interval = 1ms");
        check(", line 1: expected name = value, or a section such as [keys]", "what");
        check(", line 1: there is no section 'key'; did you mean 'keys'?", "[key]");
        check(", line 2: interval stands twice; once is enough", "interval = 1s", "interval = 2s");
        check(", line 1: all is on or off, not 'perhaps'", "all = perhaps");
        check(", line 1: there is no theme 'drak'; did you mean 'dark'?", "theme = drak");
        check(", line 1: mouse is on or off, not '1'", "mouse = 1");
        check(", line 2: there is no view 'flow'; did you mean 'flows'?", "[columns]", "flow = rtt");
        check(", line 1: there is no option 'help'; shawk help top lists them", "help = on");
    }

    /** One that is right by itself, but not beside what was typed. */
    @Test
    void aFileThatDoesNotGoWithTheOptions() throws Failure {
        Config config = config("[dump]", "levels = on");
        Arguments dump = config.under(
                ArgumentParser.parse("dump", "-g", "none"), each -> new SettingsParser(each).parseDump(false, null));
        assertThat(dump.has(Opt.LEVELS)).isFalse();
        assertThat(config.problems()).hasSize(1).first().asString().contains("does not go with these options");
    }

    @Test
    void keys() {
        Config config =
                config("[keys]", "sort-left = Left F3", "mouse = none", "page-down = PgDn Ctrl-F Space", "filter = F2");
        Keymap keys = config.keys();
        assertThat(label(keys, "sort-left")).isEqualTo("Left F3");
        assertThat(label(keys, "mouse")).isEmpty();
        assertThat(label(keys, "page-down")).isEqualTo("PgDn Ctrl-F Space");
        assertThat(label(keys, "pause")).as("Space is taken from it").isEqualTo("p");
        assertThat(config.problems())
                .as("Left was its only key")
                .containsExactly("config: 'fold' has no key any more: Left is now that of 'sort-left'");
    }

    private static String label(Keymap keys, String id) {
        return keys.bindings().stream()
                .filter(binding -> binding.id().equals(id))
                .findFirst()
                .orElseThrow()
                .label();
    }

    @Test
    void keysThatCannotBe() throws Failure {
        check(", line 2: there is no action 'sort-lef'; did you mean 'sort-left'?", "[keys]", "sort-lef = x");
        check(", line 3: x is the key of 'mouse' already", "[keys]", "mouse = x", "filter = x");
        check(", line 2: Ctrl-C is the key of 'quit-anywhere' already", "[keys]", "filter = Ctrl-C");
        check(", line 3: 'filter' has its keys already; name them in one line", "[keys]", "filter = x", "filter = y");
        for (String none : List.of("Ctrl-", "F13", "Ctrl-I", "\u001b", "xy")) {
            Config config = config("[keys]", "filter = " + none);
            assertThat(label(config.keys(), "filter")).isEqualTo("/ F4");
            assertThat(config.problems()).hasSize(1).first().asString().contains("there is no key");
        }
    }

    @Test
    void ctrlCQuitsWhateverIsBound() {
        Keymap keys = config("[keys]", "quit-anywhere = none", "quit = none").keys();
        assertThat(label(keys, "quit-anywhere")).isEqualTo("Ctrl-C");
    }

    @Test
    void everyLabelIsReadBack() {
        for (var binding : Keymap.DEFAULT.bindings()) {
            for (Key key : binding.keys()) {
                assertThat(Key.parse(key.label())).isEqualTo(key);
            }
        }
    }

    @Test
    void themeMouseAndColumns() {
        Config config = config("theme = colour-blind", "mouse = off", "[columns]", "flows = conns,rtt");
        Preferences preferences = Preferences.of(config);
        assertThat(preferences.setup())
                .isEqualTo(Setup.DEFAULT.withTheme(Theme.COLOUR_BLIND).withMouse(false));
        assertThat(preferences.columns().get(View.FLOWS)).hasSize(2);
        assertThat(preferences.greeting()).isEmpty();
    }

    /** Nothing that stands in it ends the program, or gets to a terminal as it is. */
    @Test
    void hostileFiles() throws Failure {
        for (RawText raw : HostileNames.ALL) {
            String name = new String(raw.toBytes(), StandardCharsets.UTF_8).replace("\ufffd", "?");
            for (String text : List.of(
                    name,
                    name + " = 1",
                    "theme = " + name,
                    "[keys]\n" + name + " = x",
                    "[keys]\nfilter = " + name,
                    "[" + name + "]",
                    "[columns]\nflows = " + name)) {
                Config config = Config.parse("config", text);
                top(config);
                Preferences.of(config);
                assertThat(HostileNames.harmIn(String.join("", config.problems())))
                        .as(text)
                        .isEqualTo(-1);
            }
        }
        Random random = new Random(1);
        String[] parts = {
            "[", "]", "=", "keys", "columns", "flows", "filter", " ", "\n", "interval", "x", "none", "#", "top"
        };
        for (int i = 0; i < 2_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int j = 0; j < 30; j++) {
                text.append(parts[random.nextInt(parts.length)]);
            }
            Config config = Config.parse("config", text.toString());
            top(config);
            Preferences.of(config);
            assertThat(config.problems()).hasSizeLessThan(100);
        }
    }

    @Test
    void whereItIs() {
        String users = "root:x:0:0:root:/root:/bin/sh\nann:x:1000:1001:,,,:/home/ann:/bin/sh\n";
        Map<String, String> sudo = Map.of("SUDO_UID", "1000", "HOME", "/root");
        Invoker ann = Invoker.of(0, 0, sudo, users);
        assertThat(ann).isEqualTo(new Invoker(1000, 1001, Path.of("/home/ann"), true));
        assertThat(ConfigFile.of(sudo, ann).path()).isEqualTo(Path.of("/home/ann/.config/shawk/config"));
        assertThat(Invoker.of(5, 5, sudo, users).sudo()).as("no root").isFalse();
        assertThat(Invoker.of(0, 0, Map.of("SUDO_UID", "77", "HOME", "/root"), users)
                        .home())
                .isNull();
        Invoker other = Invoker.of(1000, 1001, Map.of(), users);
        assertThat(other.home()).isEqualTo(Path.of("/home/ann"));
        assertThat(ConfigFile.of(Map.of("XDG_CONFIG_HOME", "/x"), other).path()).isEqualTo(Path.of("/x/shawk/config"));
        assertThat(ConfigFile.of(Map.of("XDG_CONFIG_HOME", "x"), other).path())
                .as("a relative one counts as none")
                .isEqualTo(Path.of("/home/ann/.config/shawk/config"));
    }

    private ConfigFile file() {
        Map<String, String> variables = Map.of("XDG_CONFIG_HOME", folder.toString(), "HOME", "/nonexistent");
        return ConfigFile.of(variables, new Invoker(0, 0, null, false));
    }

    private Path path() {
        return folder.resolve("shawk/config");
    }

    @Test
    void aSettingIsSavedAndTheRestStays() throws IOException {
        assertThat(file().query().problems()).isEmpty();
        assertThat(file().save("columns", "flows", "rtt,conns")).isEqualTo("saved in " + path());
        assertThat(Files.readString(path())).isEqualTo("[columns]\nflows = rtt,conns\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path())))
                .isEqualTo("rw-------");
        Files.writeString(path(), "# top\nwhat?\n\n[columns]\n# c\nflows=x\n\n[keys]\nfilter = f");
        Files.setPosixFilePermissions(path(), PosixFilePermissions.fromString("rw-r--r--"));
        file().save("columns", "flows", "rtt");
        file().save("columns", "peers", "conns");
        file().save("", "theme", "dark");
        assertThat(Files.readString(path()))
                .isEqualTo("# top\nwhat?\ntheme = dark\n\n"
                        + "[columns]\n# c\nflows = rtt\npeers = conns\n\n[keys]\nfilter = f\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path())))
                .isEqualTo("rw-r--r--");
        try (Stream<Path> files = Files.list(path().getParent())) {
            assertThat(files).containsExactly(path());
        }
    }

    @Test
    void aFileThatCannotBeReadIsSaid() throws IOException {
        Files.createDirectories(path());
        assertThat(file().query().problems()).containsExactly(path() + " is not used: it is no file");
        assertThat(file().save("", "theme", "dark")).startsWith("not saved in " + path());
        Files.delete(path());
        Files.write(path(), new byte[100_000]);
        assertThat(file().query().problems())
                .containsExactly(path() + " is not used: it is longer than 64 KiB; make it shorter");
        Files.delete(path().getParent().resolve("config"));
        Files.delete(path().getParent());
        Files.writeString(path().getParent(), "a file in place of the folder");
        assertThat(file().query().problems()).hasSize(1);
        assertThat(file().save("", "theme", "dark")).startsWith("not saved in ");
    }
}
