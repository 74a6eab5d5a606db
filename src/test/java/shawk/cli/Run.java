package shawk.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * One run of the program within the test.
 *
 * @param status its exit status
 * @param out what it wrote to standard output
 * @param err what it wrote to standard error
 * @param samples what it looked at
 */
record Run(int status, String out, String err, MadeUpSamples samples) {
    /** Runs over a host of four connections. */
    static Run of(String... args) {
        return over(new MadeUpSamples(4), args);
    }

    static Run over(MadeUpSamples samples, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream errors = new PrintStream(err, true, StandardCharsets.UTF_8);
        int status = new Main(out, errors, (view, environment, log) -> samples).run(args);
        return new Run(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8), samples);
    }

    /** Runs over a recording. */
    static Run playing(String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream errors = new PrintStream(err, true, StandardCharsets.UTF_8);
        Main main = new Main(
                out, errors, (view, environment, log) -> ReplaySamples.open(String.valueOf(view.recording()), view));
        int status = main.run(args);
        return new Run(
                status,
                out.toString(StandardCharsets.UTF_8),
                err.toString(StandardCharsets.UTF_8),
                new MadeUpSamples(0));
    }
}
