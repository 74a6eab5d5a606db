package shawk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import shawk.model.Degradation;

/** What an assertion says and how it ends, over made-up connections of two processes. */
final class AssertCommandTest {
    private static void check(int status, String out, String err, Run run) {
        assertThat(run.err()).isEqualTo(err);
        assertThat(run.out()).isEqualTo(out);
        assertThat(run.status()).isEqualTo(status);
        assertThat(run.samples().closed()).isTrue();
    }

    @Test
    void aBoundThatHolds() {
        check(0, "ok: 2 connections, expected at most 2\n", "", Run.of("assert", "process = nginx", "--max", "2"));
        check(0, "ok: 4 connections, expected at least 1\n", "", Run.of("assert", "rport = 443", "--min=1"));
        check(
                0,
                "ok: 1 connection, expected exactly 1\n",
                "",
                Run.of("assert", "raddr = 192.0.2.1", "--min", "1", "--max", "1"));
        check(0, "ok: 0 connections, expected at most 0\n".replace("at most", "exactly"), "", noSuchProcess());
    }

    private static Run noSuchProcess() {
        return Run.of("assert", "process = mysqld", "--max", "0");
    }

    @Test
    void aBoundThatIsBrokenNamesTheOffenders() {
        check(1, "", """
                shawk: assertion broken: 2 connections match 'process = nginx', expected at most 1
                  nginx (1)  10.0.0.5:30001 -> 192.0.2.1:443  ESTABLISHED
                  nginx (1)  10.0.0.5:30003 -> 192.0.2.3:443  ESTABLISHED
                """, Run.of("assert", "process = nginx", "--max", "1"));
        assertThat(Run.over(new MadeUpSamples(40), "assert", "process = nginx", "--max", "1")
                        .err())
                .hasLineCount(7)
                .endsWith("  and 15 more; shawk dump -g none -f 'process = nginx' lists them\n");
        check(
                1,
                "",
                "shawk: assertion broken: 4 connections match 'port = 443', expected at least 5\n",
                Run.of("assert", "port = 443", "--min", "5"));
    }

    private static Run recorded(String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream errors = new PrintStream(err, true, StandardCharsets.UTF_8);
        Main.Opener opener = (view, environment, log) -> ReplaySamples.open(String.valueOf(view.recording()), view);
        int status = new Main(out, errors, opener).run(args);
        return new Run(
                status,
                out.toString(StandardCharsets.UTF_8),
                err.toString(StandardCharsets.UTF_8),
                new MadeUpSamples(0));
    }

    @Test
    void everySampleOfARecordingHasToKeepIt() {
        String source = "--source=replay:src/test/resources/replay/load.shawk";
        Run run = recorded("assert", "proto = tcp", "--max", "1000", source);
        assertThat(run.out()).matches("ok: .* in each of 24 samples, expected at most 1000\n");
        assertThat(run.status()).isZero();
        run = recorded("assert", "proto = tcp", "--max", "1000", "--for", "2s", source);
        assertThat(run.out()).matches("ok: .* in each of [45] samples, expected at most 1000\n");
        run = recorded("assert", "tx_rate >= 0", "--min", "1", source);
        assertThat(run.out()).matches("ok: .* in each of 23 samples, expected at least 1\n");
        run = recorded("assert", "proto = tcp", "--max", "0", source);
        assertThat(run.err()).contains("shawk: assertion broken after 0.0 s, sample 1: ");
        assertThat(run.status()).isEqualTo(1);
    }

    @Test
    void everySampleHasToKeepIt() {
        Run run = Run.of("assert", "port = 443", "--max", "4", "--for", "200ms", "-i", "50ms");
        assertThat(run.out()).matches("ok: 4 connections in each of [2-5] samples, expected at most 4\n");
        assertThat(run.status()).isZero();
        assertThat(run.samples().taken()).isBetween(2L, 5L);
        run = Run.of("assert", "port = 443", "--max", "3", "--for", "1h");
        assertThat(run.err()).contains("assertion broken after 0.", " s, sample 1: 4 connections match");
        assertThat(run.samples().taken()).isEqualTo(1);
    }

    @Test
    void ratesTakeASampleBefore() {
        Run run = Run.of("assert", "tx_rate > 1GB", "--max", "0", "-i", "50ms");
        assertThat(run.status()).isZero();
        assertThat(run.samples().taken()).isEqualTo(2);
    }

    @Test
    void whatWasNotSeenIsNoAnswer() {
        MadeUpSamples samples =
                new MadeUpSamples(4, new Degradation("udp6", "UDP over IPv6", "no such file", "load it"));
        check(3, "", """
                shawk: UDP over IPv6: no such file; load it
                shawk: cannot tell whether the assertion holds: at least 4 connections match, expected at most 5; \
                not seen: UDP over IPv6: no such file; load it
                """, Run.over(samples, "assert", "port = 443", "--max", "5"));
    }
}
