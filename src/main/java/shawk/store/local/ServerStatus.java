package shawk.store.local;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What there is of the embedded server.
 *
 * @param phase {@code starting}, {@code ready}, {@code stopping}; null = it does not run
 * @param version of the server, e.g. {@code 18.4.0}
 * @param data folder of its data
 * @param bytes that the data take; -1 = there are none yet
 * @param socket file of its Unix socket
 * @param log file that it writes
 * @param server its first process; 0 = none
 * @param supervisor that process' parent; 0 = none
 * @param users processes of this program that use it
 * @param sessions connections that it has
 * @param since when it was started; seconds since 1970, 0 = it does not run
 * @param unused since when nobody has used it; seconds since 1970, 0 = it is used
 * @param idleSeconds after so long without use it stops
 */
public record ServerStatus(
        @Nullable String phase,
        String version,
        Path data,
        long bytes,
        Path socket,
        Path log,
        long server,
        long supervisor,
        List<Long> users,
        int sessions,
        long since,
        long unused,
        long idleSeconds) {
    /** Copies the list. */
    public ServerStatus {
        users = List.copyOf(users);
    }
}
