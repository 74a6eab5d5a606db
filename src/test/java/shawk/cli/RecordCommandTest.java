package shawk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What a recording says of itself when it begins. */
final class RecordCommandTest {
    private static void check(String expected, String... args) throws Failure {
        RecordSettings settings = new SettingsParser(ArgumentParser.parse(args)).parseRecord();
        assertThat(RecordCommand.beginning(settings, "ebpf")).isEqualTo(expected);
    }

    @Test
    void whatIntoWhichFileAndHowItEnds() throws Failure {
        check("recording into 'web01': what ebpf sees, every 1 s until Ctrl-C", "record", "web01");
        check(
                "recording into 'a b': what ebpf sees, port = 443, every 250 ms 10 times, or until Ctrl-C",
                "record",
                "a b",
                "-f",
                "port = 443",
                "-i",
                "250ms",
                "-c",
                "10");
    }
}
