package shawk.cli;

import java.io.IOException;
import java.nio.file.Path;

/** Work on a file that failed, with the file's name. */
final class FileFailure extends IOException {
    private static final long serialVersionUID = 1L;

    FileFailure(Path file, IOException cause) {
        super(file + ": " + FileTrouble.text(cause), cause);
    }

    /** Work on files. */
    @FunctionalInterface
    interface Work {
        void run() throws IOException;
    }

    /** Does {@code work}; what goes wrong is told with {@code file}. */
    static void in(Path file, Work work) throws FileFailure {
        try {
            work.run();
        } catch (IOException e) {
            throw new FileFailure(file, e);
        }
    }

    /** The file and the reason. */
    String line() {
        return String.valueOf(getMessage());
    }
}
