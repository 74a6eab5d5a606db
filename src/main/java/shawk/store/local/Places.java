package shawk.store.local;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the embedded server keeps what.
 *
 * @param root data that stay; ours alone
 * @param locks locks and the state of the running server
 * @param sockets holds the Unix socket
 */
record Places(Path root, Path locks, Path sockets) {
    /** Part of the socket's name, hence of a connection's options. */
    static final int PORT = 5432;

    private static final Path ROOT_DATA = Path.of("/var/lib/shawk/cmdb");
    private static final Path ROOT_LOCKS = Path.of("/run/shawk");

    /** What the kernel takes as the path of a Unix socket; bytes. */
    private static final int SOCKET_BYTES = 107;

    /** Of root, whose server is the host's. */
    static Places ofRoot() {
        return new Places(ROOT_DATA, ROOT_LOCKS, ROOT_LOCKS.resolve("cmdb"));
    }

    /** Of another user, by the environment; {@code home} where it says nothing. */
    static Places ofUser(Map<String, String> environment, Path home) {
        Path data = absolute(environment.get("XDG_DATA_HOME"));
        Path own = absolute(environment.get("HOME"));
        Path base = data != null ? data : (own != null ? own : home).resolve(".local/share");
        Places places = in(base.resolve("shawk").resolve("cmdb"));
        Path runtime = absolute(environment.get("XDG_RUNTIME_DIR"));
        if (places.fits() || runtime == null) {
            return places;
        }
        // Others of the same user have to come to the same place.
        String name = "shawk-" + Integer.toHexString(places.root.toString().hashCode());
        return new Places(places.root, places.locks, runtime.resolve(name));
    }

    /** All below one folder. */
    static Places in(Path root) {
        Path run = root.resolve("run");
        return new Places(root, run, run.resolve("socket"));
    }

    /** The file of the socket. */
    Path socket() {
        return socketIn(sockets);
    }

    static Path socketIn(Path folder) {
        return folder.resolve(".s.PGSQL." + PORT);
    }

    /** Whether the kernel takes the path of the socket. */
    boolean fits() {
        return socketBytes() <= SOCKET_BYTES;
    }

    void checkSocket() throws LocalServerException {
        if (!fits()) {
            throw new LocalServerException(socket() + " is longer than a socket's path may be (" + socketBytes()
                    + " bytes, the kernel takes " + SOCKET_BYTES + "); set XDG_DATA_HOME or XDG_RUNTIME_DIR to a"
                    + " shorter folder");
        }
    }

    private int socketBytes() {
        return socket().toString().getBytes(StandardCharsets.UTF_8).length;
    }

    private static @Nullable Path absolute(@Nullable String value) {
        return value == null || !value.startsWith("/") || value.indexOf('\0') >= 0 ? null : Path.of(value);
    }
}
