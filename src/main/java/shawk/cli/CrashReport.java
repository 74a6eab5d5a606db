package shawk.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import shawk.model.SafeText;

/** What is kept of a fault of this program: everything in a private file, one line for the terminal. */
final class CrashReport {
    private CrashReport() {}

    /** Writes the file, and returns the line for the terminal. */
    static String write(Throwable fault, String version, String commandLine) {
        StringWriter trace = new StringWriter();
        fault.printStackTrace(new PrintWriter(trace));
        StringBuilder text = new StringBuilder("shawk " + version + ", Java " + System.getProperty("java.version")
                + "\n" + "command line: " + SafeText.of(commandLine).value() + "\n");
        for (String line : trace.toString().split("\n", -1)) {
            text.append(SafeText.of(line.replace("\t", "    ")).value()).append('\n');
        }
        Path file = PrivateFile.create(text.toString());
        return "internal error: " + fault.getClass().getSimpleName()
                + (file == null ? "; its log could not be written under /tmp" : "; the log is " + file);
    }
}
