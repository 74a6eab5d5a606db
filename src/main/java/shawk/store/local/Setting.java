package shawk.store.local;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * All that differs between a run as root, one as another user, and a test.
 *
 * @param places where things are
 * @param host root's places, for who may be let in there; null = there are none
 * @param programs folder of the PostgreSQL server, as built
 * @param commands runs programs
 * @param users decides as whom the server runs
 * @param uid who runs this program
 * @param invoker whom root works for through sudo; 0 = nobody
 * @param idleSeconds after so long without use the server stops
 * @param copies whether the server runs a copy of its programs, which everybody may read and nobody but root may write
 * @param roomBytes that have to be free for a first start
 */
record Setting(
        Places places,
        @Nullable Places host,
        Path programs,
        Commands commands,
        Users users,
        long uid,
        long invoker,
        int idleSeconds,
        boolean copies,
        long roomBytes) {

    /** Decides as whom the server runs. */
    @FunctionalInterface
    interface Users {
        /** For {@code uid}; {@code data} that are there decide, null = there are none. */
        ServerUser choose(long uid, @Nullable Path data) throws IOException, LocalServerException;
    }
}
