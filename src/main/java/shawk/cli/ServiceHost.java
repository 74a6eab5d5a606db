package shawk.cli;

import java.io.IOException;
import java.util.List;

/** What {@code shawk install-service} asks of the host that it runs on, besides its files. */
interface ServiceHost {
    /** Whether this process is root. */
    boolean root();

    /** Whether systemd runs this host. */
    boolean systemd();

    /** The text of the user table. */
    String queryUsers() throws IOException;

    /**
     * Runs a program by its absolute path, without anything of the environment, for at most half a minute.
     *
     * @return empty = it ended well; else one line of what it said
     */
    String run(List<String> command);
}
