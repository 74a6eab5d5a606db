package shawk.cli;

import java.nio.file.Path;

/** One thing that {@code shawk install-service} puts into the system; its path is below the root, without the slash. */
sealed interface ServiceItem {
    Path path();

    /**
     * A file that everybody may read.
     *
     * @param mark a line of it by which it is known again as one of ours
     */
    record Text(Path path, String mark, String text) implements ServiceItem {}

    /** A symbolic link. */
    record Link(Path path, Path target) implements ServiceItem {}
}
