package shawk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is typed wrong to the ZooKeeper tools: status 2, one line that says what, and what to type instead. */
final class ZkInputTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            zk dmp                                      | there is no zk 'dmp'; did you mean 'dump'?
            zk dump --iface lo --offline a              | --iface is where packets are captured, and --offline reads
            zk dump --include-host a --exclude-host b   | --include-host and --exclude-host exclude each other;
            zk dump --zookeeper-port 0                  | --zookeeper-port '0': expected ports from 1 to 65535; type
            zk dump --zookeeper-port 5-3                | --zookeeper-port '5-3': expected ports from 1 to 65535; type
            zk dump --zookeeper-port 2181,x             | --zookeeper-port '2181,x': expected ports from 1 to 65535;
            zk dump --client-port 70000                 | --client-port 70000: expected a port up to 65535; type
            zk dump --format xml                        | --format 'xml': there is no such value; there are: text,
            zk dump --format json -c                    | --colors is for text; leave it away, or --format
            zk dump --body-bytes 5                      | --body-bytes is for JSON and CSV: text has no bodies; add
            zk dump --group-by type                     | --group-by is for tables; add --count-requests 1000 or
            zk dump --count-requests 5 --count 5        | --count is for messages; leave it away, or --count-requests
            zk dump --count-requests 5 --measure-latency 5 | --count-requests and --measure-latency exclude each other;
            zk dump --count-requests 5 --sort-by avg    | --sort-by avg is for --measure-latency; of counts type
            zk dump --measure-latency 5 --sort-by path  | --sort-by path is for --count-requests; of latencies type
            zk dump --count-requests 5 --sort-by type --group-by client | --sort-by type is the same as --group-by type
            zk dump --measure-latency 5 --group-by none | --group-by 'none': there is no such value; there are: path,
            zk dump --count-requests 5 --seconds        | --seconds is for --measure-latency; leave it away
            zk dump --count-requests -5                 | --count-requests '-5': expected a whole number from 0 to
            zk dump --max-buffer 1                      | --max-buffer '1' is out of range; type 1MiB to 16GiB
            zk dump --max-message 64MiB                 | --max-buffer 64MiB has no room for a message of --max-message
            zk dump --max-buffer 1MiB                   | --max-buffer 1MiB has no room for a message of --max-message
            zk dump --offline src/test/resources/zk/java-mix.pcap --packet-filter prt | the packet filter 'prt' does not
            zk dump --max-message 9GB                   | --max-message '9GB' is out of range; type 1024B to 512MiB
            zk dump --duration 5                        | --duration: '5' is no duration; expected one such as
            zk dump --timeout 0ms                       | --timeout '0ms' is too short; type 1ms or more
            zk dump -f opp=create                       | --filter: unknown field 'opp' at column 1; did you mean 'op'?
            zk dump -f op=creat                         | --filter: there is no op 'creat'; did you mean 'create'?
            zk zab -f op=PROPOSALL                      | --filter: there is no op 'PROPOSALL'; did you mean 'PROPOSAL'?
            zk dump -f error=NoNod                      | --filter: unknown error 'NoNod' at column 7; did you mean
            zk dump -f client=x:1                       | --filter: 'x:1' is no address at column 8; expected one such
            zk dump -f rtt>5ms                          | --filter: field 'rtt' means nothing of a message at column
            zk dump --app_daemonize                     | shawk zk dump has no option '--app_daemonize'; it runs in
            zk dump --log_to_disk                       | shawk zk dump has no option '--log_to_disk';
            zk top --offline -                          | --offline -: keys come by standard input here; name a file,
            zk dump --long-help                         | shawk zk dump has no option '--long-help'; type --help
            """)
    void oneLine(String line, String expected) {
        Run run = Run.of(line.split(" +"));
        assertThat(run.err()).as(line).startsWith("shawk: " + expected).hasLineCount(1);
        assertThat(run.status()).as(line).isEqualTo(2);
        assertThat(run.out()).as(line).isEmpty();
    }
}
