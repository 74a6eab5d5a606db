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
        check("bake", "there is no command 'bake'; there are: " + String.join(", ", Command.ids()));
        check("cmdb", "shawk cmdb is to do what? type start, stop, status or url behind it");
        check("cmdb stat", "shawk cmdb does not know 'stat'; type start, stop, status or url instead");
        check("record", "a recording needs a file; type shawk record web01.shawk");
        check("-i 2s dump", "the command comes first; type shawk dump and then the options");
        check("dump now", "shawk dump does not take 'now'; shawk help dump says what it takes");
        check("version now", "shawk version does not take 'now'; shawk help version says what it takes");
        check("help dmup", "there is no help on 'dmup'; did you mean 'dump'?");
        check("help top dump", "shawk help does not take 'dump'; shawk help help says what it takes");
    }

    @Test
    void options() {
        check("dump --formt json", "shawk dump has no option '--formt'; did you mean '--format'?");
        check("assert x --budget 5", "shawk assert does not take --budget; shawk top does");
        check("dump -z", "shawk dump has no option '-z'; shawk help dump lists them");
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
        check(
                "dump --source pcap",
                "--source 'pcap': there is no such value; there are: auto, ebpf, netlink, proc, replay:FILE");
        check("dump --budget 0", "--budget '0': expected percent of one core, from 0.1 to 10000; type --budget 5");
        check("dump --budget x", "--budget 'x': expected percent of one core, from 0.1 to 10000; type --budget 5");
        check("top --budget 1e3%", "--budget '1e3%': expected percent of one core, from 0.1 to 10000; type --budget 5");
        check(
                "dump --source replay:a --budget 5%",
                "--budget says how often this host is looked at; a recording has its samples: leave it away");
        check(
                "dump --budget 5",
                "--budget says how often samples are taken, and this takes one: leave it away, or type -c 0");
        check("dump --source netlnk", "--source 'netlnk': there is no such value; did you mean 'netlink'?");
        check("dump --format xml", "--format 'xml': there is no such value; there are: table, json, ndjson, csv");
        check("dump --format jsn", "--format 'jsn': there is no such value; did you mean 'json'?");
        check("dump --color maybe", "--color 'maybe': there is no such value; there are: auto, always, never");
        check("dump -c -1", "--count '-1': expected a whole number from 0 to 999999999; type --count 10");
        check("dump -c 1e3", "--count '1e3': expected a whole number from 0 to 999999999; type --count 10");
        check("dump --source replay:", "--source replay: needs a file; type --source replay:web01.shawk");
        check(
                "top --source replay:a -i 2s",
                "--interval: the monitor plays a recording at its own pace; leave the option away, the keys { and }"
                        + " change the speed");
        check(
                "record -",
                "a recording cannot go to standard output: it is written in more than one place; type shawk record"
                        + " web01.shawk");
        check("record a --max-size 5k", "--max-size '5k' is too small; type --max-size 1MiB or more");
        check("record a --max-size x", "--max-size: 'x' is no size; expected one such as 500kB or 64MiB");
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
    void shells() {
        check("completion", "completion needs a shell; type shawk completion bash or zsh");
        check("completion fish", "there is no completion for 'fish'; there are: bash, zsh");
        check("completion bahs", "there is no completion for 'bahs'; did you mean 'bash'?");
    }

    @Test
    void assertions() {
        check("assert", "an assertion needs an expression; type shawk assert 'state = close-wait' --max 10");
        check("assert port=1", "an assertion needs a bound; type --max 10, or --min 1");
        check("assert port=1 --min 3 --max 2", "--min 3 is more than --max 2: no count is both");
        check("assert port=1 --max x", "--max 'x': expected a whole number from 0 to 999999999; type --max 10");
        check("assert port = 1 --max 2", "shawk assert does not take '='; quote what belongs together, as in 'port …'");
        check("assert prot=1 --max 2", "expression: unknown field 'prot' at column 1; did you mean 'proto'?");
        check("assert port=1 --max 2 --for 5", "--for: '5' is no duration; expected one such as 500ms, 1s, 2m or 1h");
        check("assert port=1 --format json", "shawk assert does not take --format; shawk dump does");
        check(
                "assert closed>5 --max 0",
                "no single connection has closed, so that the assertion would never see one; "
                        + "shawk-fields(7) has what they have");
    }

    @Test
    void looks() {
        String time = ": this is no time; type one such as 5m or 2h45m (ago), now, or 2026-11-17T14:00";
        check("look --ip 10.0.0.300", "--ip '10.0.0.300': this is no address; type --ip 10.0.0.10, or --ip fd00::10");
        check(
                "look --ipv4 fd00::1",
                "--ipv4 'fd00::1': this is no IPv4 address; type --ipv4 10.0.0.10, or --ip fd00::1");
        check(
                "look --cidr 10.0.0.0/33",
                "--cidr '10.0.0.0/33': this is no network; type --cidr 10.0.0.0/8, or --cidr" + " fd00::/8");
        check("look --port 65536", "--port '65536': expected a port from 0 to 65535; type --port 443");
        check("look --process=", "--process '': expected a value; type --process NAME");
        check("look --depth 0", "--depth '0': expected a whole number from 1 to 999999999; type --depth 10");
        check(
                "look --depth 99999999999",
                "--depth '99999999999': expected a whole number from 1 to 999999999; type --depth 10");
        check("look --limit 0", "--limit '0': expected a whole number from 1 to 100000; type --limit 10");
        check("look --limit 100001", "--limit '100001': expected a whole number from 1 to 100000; type --limit 10");
        check(
                "look --since 1h --until 2h",
                "--since '1h' is not before --until '2h'; the earlier time comes first: --since 2h --until 1h");
        check("look --since yesterday", "--since 'yesterday'" + time);
        check("look --until 1960-01-01", "--until '1960-01-01' is before 1970; type a later time");
        check("look --diff yesterday", "--diff 'yesterday'" + time);
        check(
                "look --diff ..now",
                "--diff '..now': expected two times; type --diff 1d..now, or --diff"
                        + " 2026-11-17T14:00..2026-11-18T14:00");
        check("look --diff now..1h", "--diff 'now..1h': the first time is not before the second; type --diff 1d..now");
        check(
                "look --diff 1d --since 30s",
                "--since '30s': with --diff it is how long a time is compared, a minute at least; type --since 1h");
        check("look --diff 1d --until 1h", "--until means nothing with --diff, which says when; leave it away");
        check("look --diff 1d --format svg", "--diff has no picture; leave --format svg away, or type --format json");
        check("look --watch --format csv", "--watch draws a tree; leave --format csv away");
        check("look --watch", "--watch draws on a terminal, and standard output is none; leave --watch away");
        check("look --long --format json", "--long is for a tree; --format json has all of it: leave --long away");
        check("look -i 5s", "--interval is how often --watch draws; leave it away, or add --watch");
        check("look --watch -i 1ms", "--interval '1ms' is out of range; type 500ms to 24h");
        check(
                "look --ip 10.0.0.1 --host web",
                "--ip and --host exclude each other; leave one of them away and narrow by --filter");
        check("look --filter prt=1", "--filter: unknown field 'prt' at column 1; did you mean 'port'?");
        check("look --direction sideways", "--direction 'sideways': there is no such value; there are: both, up, down");
    }

    @Test
    void expressions() {
        check("dump -i 5", "--interval: '5' is no duration; expected one such as 500ms, 1s, 2m or 1h");
        check("dump -i 1parsec", "--interval: '1parsec' is no duration; expected one such as 500ms, 1s, 2m or 1h");
        check("dump -i 1ms", "--interval '1ms' is out of range; type 50ms to 24h");
        check("dump -i 2d", "--interval '2d' is out of range; type 50ms to 24h");
        check("dump -F conns,rrt", "--fields: unknown field 'rrt' at column 7; did you mean 'rtt'?");
        check(
                "dump -F +rtt,conns",
                "--fields: names with and without a sign at column 6; type either pid,process or +rtt,-state");
        check("dump --geoip=", "--geoip '': expected a file; type --geoip GeoLite2-Country.mmdb");
        check("dump --geoip a,,b", "--geoip 'a,,b': expected a file; type --geoip GeoLite2-Country.mmdb");
        check("dump -n -r", "--numeric and --resolve exclude each other; leave one of them away");
        check("dump --redact --resolve", "--redact hides what --resolve would show; leave one of them away");
        check("dump -g proces", "--group-by: unknown field 'proces' at column 1; did you mean 'process'?");
        check(
                "dump -g conns",
                "--group-by: rows cannot be grouped by 'conns' at column 1; these can: "
                        + "proto, family, state, dir, laddr, lport, raddr, rport, iface, peer, port, service, netns, "
                        + "path, mptcp, pid, pgid, ppid, process, exe, uid, user, container, unit, cgroup, pod, "
                        + "owner_proof, peer_process, peer_host, country, asn, verdict, close_reason, fail_reason, "
                        + "reason");
        check("dump --proto udpp", "--proto 'udpp': there is no such protocol; did you mean 'udp'?");
        check("dump --proto tcp,", "--proto '': there is no such protocol; there are: tcp, udp, mptcp, unix, all");
        check("dump -g process,process", "--group-by: 'process' stands twice at column 9; once is enough");
        check("dump -s cons", "--sort: unknown field 'cons' at column 1; did you mean 'conns'?");
        check("dump -s conns:down", "--sort: unknown direction 'down' at column 7; expected conns:asc or conns:desc");
        check("dump -f prot=443", "--filter: unknown field 'prot' at column 1; did you mean 'proto'?");
        check("dump -f port=(443", "--filter: expected a value after '=', not '(', at column 6");
        check(
                "dump -f rtt>100parsec",
                "--filter: '100parsec' is no value of rtt at column 5; expected a time such as 300us, 100ms, 5s or 2m");
        check(
                "dump -f raddr=10.0.0.0/33",
                "--filter: '10.0.0.0/33' is no address at column 7; expected one such as "
                        + "10.0.0.1, 10.0.0.0/8 or fe80::/10");
        check("top -f port=", "--filter: expected a value after '=', not the end, at column 6");
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
