package shawk.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** The program as tests start it in a terminal: the classes under test, with what the launcher gives the JVM. */
final class MonitorProgram {
    private static final long DEADLINE_SECONDS = 60;
    private static final long POLL_MILLIS = 10;

    private MonitorProgram() {}

    /** The command line that starts it, by a script that stands in {@code folder}. */
    static String in(Path folder) throws IOException {
        Path program = folder.resolve("shawk");
        Files.writeString(
                program,
                "exec " + Path.of(System.getProperty("java.home"), "bin", "java")
                        + " -XX:-UsePerfData -XX:TieredStopAtLevel=1 -Djava.awt.headless=true -Dshawk.native.dir="
                        + System.getProperty("shawk.native.dir") + " -cp " + System.getProperty("java.class.path")
                        + " shawk.cli.Main \"$@\"\n");
        return "sh " + program;
    }

    /** Waits until something holds. Fails at the deadline. */
    static void until(String what, Callable<Boolean> holds) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
        while (!holds.call()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("never saw: " + what);
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }
}
