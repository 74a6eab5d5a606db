package shawk.cli;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Where packets come from, as far as it matters for what can be counted. */
enum ZkTopInput {
    /** An interface: they come as time goes on. */
    LIVE,
    /** They come once, with times of their own. */
    PIPE,
    /** They can be read again. */
    FILE;

    static ZkTopInput query(CaptureSettings settings) {
        String offline = settings.offline();
        if (offline == null) {
            return LIVE;
        }
        try {
            return Files.isRegularFile(Path.of(offline)) ? FILE : PIPE;
        } catch (InvalidPathException e) {
            return PIPE;
        }
    }
}
