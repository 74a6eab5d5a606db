package shawk.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Why something with a file went wrong, in words that do not repeat its name. */
final class FileTrouble {
    private FileTrouble() {}

    static String text(IOException failure) {
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (failure instanceof NoSuchFileException) {
            return "no such file or folder";
        }
        if (failure instanceof FileAlreadyExistsException) {
            return "there is such a file already";
        }
        String reason = failure instanceof FileSystemException each ? each.getReason() : failure.getMessage();
        return Failure.plain(reason == null ? failure.getClass().getSimpleName() : reason);
    }
}
