package shawk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What is typed wrong: status 2, nothing on standard output, one line that says what, and what to type instead. */
class BadInputTest {
    private static void check(String line, String expected) {
        Run run = Run.of(line.split(" "));
        assertThat(run.err()).as(line).isEqualTo("shawk: " + expected + "\n");
        assertThat(run.status()).as(line).isEqualTo(2);
        assertThat(run.out()).as(line).isEmpty();
        assertThat(run.samples().taken()).as(line).isZero();
    }

    @Test
    void commands() {
        check("dmup", "there is no command 'dmup'; did you mean 'dump'?");
        check("events", "there is no command 'events'; there are: top, dump, version, credits, help");
        check("-i 2s dump", "the command comes first; type shawk dump and then the options");
        check("dump now", "shawk dump does not take 'now'; shawk help dump says what it takes");
        check("version now", "shawk version does not take 'now'; shawk help version says what it takes");
        check("help dmup", "there is no help on 'dmup'; did you mean 'dump'?");
        check("help top dump", "shawk help does not take 'dump'; shawk help help says what it takes");
    }

    @Test
    void options() {
        check("dump --formt json", "shawk dump has no option '--formt'; did you mean '--format'?");
        check("dump --budget 5", "shawk dump has no option '--budget'; shawk help dump lists them");
        check("dump -n", "shawk dump has no option '-n'; shawk help dump lists them");
        check("dump -ax", "shawk dump has no option '-x'; shawk help dump lists them");
        check("top --format json", "shawk top does not take --format; shawk dump does");
        check("-c 5", "shawk top does not take -c; shawk dump does");
        check("version --interval 1s", "shawk version does not take --interval; shawk top does");
        check("dump --interval", "--interval needs a value; type --interval DURATION");
        check("dump -i", "-i needs a value; type -i DURATION");
        check("dump --levels=yes", "--levels takes no value: 'yes'; type --levels");
        check("dump -c 1 -c 2", "--count is given twice: '1' and '2'; type it once");
    }

    @Test
    void values() {
        check("dump --source ebpf", "--source 'ebpf': there is no such value; there are: auto, netlink, proc");
        check("dump --source netlnk", "--source 'netlnk': there is no such value; did you mean 'netlink'?");
        check("dump --format xml", "--format 'xml': there is no such value; there are: table, json, ndjson, csv");
        check("dump --format jsn", "--format 'jsn': there is no such value; did you mean 'json'?");
        check("dump --color maybe", "--color 'maybe': there is no such value; there are: auto, always, never");
        check("dump -c -1", "--count '-1': expected a whole number from 0 to 999999999; type --count 10");
        check("dump -c 1e3", "--count '1e3': expected a whole number from 0 to 999999999; type --count 10");
        check("dump -l 0", "--limit '0': expected a whole number from 1 to 999999999; type --limit 10");
        check(
                "dump -l 99999999999",
                "--limit '99999999999': expected a whole number from 1 to 999999999; type --limit 10");
        check("dump --levels -g none", "--levels needs a grouping, and --group-by is none; leave one of them away");
        check(
                "dump --netns ../x",
                "--netns '../x': expected all, self, an inode number or a name under /run/netns; type --netns all");
    }

    @Test
    void whatIsTypedCannotForgeALine() {
        Run run = Run.of("dump", "--\u001b[31m\nshawk: all is well\u202e");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err())
                .isEqualTo("shawk: shawk dump has no option '--\\x1b[31m\\x0ashawk: all is well\\u{202e}'; "
                        + "shawk help dump lists them\n");
        Run longOne = Run.of("dump", "--" + "x".repeat(5000));
        assertThat(longOne.err()).hasLineCount(1).hasSizeLessThan(200);
    }
}
