package shawk.store.local;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Starts the server, with data or without. Called by who has the right to ({@link Locks#start}) while none runs. */
final class Starter {
    /** The server's data after the first start, with its log of writes; with room to work. Bytes. */
    static final long ROOM_FOR_DATA = 100L << 20;

    /** A copy of its programs. */
    private static final long ROOM_FOR_PROGRAMS = 70L << 20;

    /** A server that was killed reads its log of writes first. */
    private static final int SECONDS = 60;

    /** Fifty clients, and some who look. Small: it runs beside what it is about. */
    private static final List<String> OPTIONS = List.of(
            "listen_addresses=",
            "port=" + Places.PORT,
            "max_connections=64",
            "shared_buffers=64MB",
            "work_mem=8MB",
            "maintenance_work_mem=64MB",
            "effective_cache_size=512MB",
            "max_wal_size=512MB",
            "wal_level=minimal",
            "max_wal_senders=0",
            "max_logical_replication_workers=0",
            "io_method=sync",
            "jit=off",
            "logging_collector=off",
            "log_checkpoints=off",
            "log_min_error_statement=panic",
            "log_line_prefix=%m [%p] ",
            "log_timezone=UTC",
            "password_encryption=scram-sha-256");

    private final Setting setting;
    private final Consumer<String> notices;

    Starter(Setting setting, Consumer<String> notices) {
        this.setting = setting;
        this.notices = notices;
    }

    void start(Programs built) throws IOException, LocalServerException {
        Places places = setting.places();
        places.checkSocket();
        DataFolder folder = new DataFolder(places.root(), built.major(), setting.uid());
        boolean founded = folder.founded();
        ServerUser user = setting.users().choose(setting.uid(), founded ? folder.data() : null);
        Programs programs = built;
        if (!founded) {
            checkRoom(places.root(), setting.copies());
        }
        if (setting.copies()) {
            programs = built.sharedIn(places.root());
        }
        if (!founded) {
            notices.accept("first start of the embedded PostgreSQL " + built.version() + ", data in " + folder.data());
            new Founder(setting.commands(), programs, user).found(folder.version());
        }
        clearUp(places, folder.data(), user);
        String report = setting.commands().serve(arguments(places, folder, programs, user), SECONDS);
        if (!report.equals("ready")) {
            throw new LocalServerException(failure(report, folder));
        }
    }

    private static String failure(String report, DataFolder folder) {
        Path log = folder.version().resolve("log/postgres.log");
        if (report.isEmpty()) {
            return "the embedded PostgreSQL does not answer after " + SECONDS + " s, and still starts; try again later;"
                    + " its log: " + log;
        }
        String reason = report.replaceFirst("^failed ", "");
        return reason.contains("No space left")
                ? noRoom(folder.data(), reason)
                : "the embedded PostgreSQL does not start: " + reason + "; its log: " + log;
    }

    static String noRoom(Path folder, String reason) {
        return "no room for the embedded PostgreSQL in " + folder + " (" + reason + "); make some, and try again";
    }

    private void checkRoom(Path root, boolean copies) throws IOException, LocalServerException {
        FileStore store = Files.getFileStore(root);
        long needed = setting.roomBytes() + (copies ? ROOM_FOR_PROGRAMS : 0);
        if (store.getUsableSpace() < needed) {
            throw new LocalServerException(noRoom(
                    root, (store.getUsableSpace() >> 20) + " MiB are free, the first start takes " + (needed >> 20)));
        }
    }

    /** No process of a server is left, as the lock shows; so what one has left behind says nothing true. */
    private static void clearUp(Places places, Path data, ServerUser user) throws IOException {
        Files.deleteIfExists(data.resolve("postmaster.pid"));
        Path sockets = places.sockets();
        if (!Files.isDirectory(sockets, LinkOption.NOFOLLOW_LINKS)) {
            Files.deleteIfExists(sockets);
            OwnFiles.makeFolder(sockets, user.uid() < 0 ? "rwx------" : "rwxr-xr-x");
        }
        OwnFiles.give(sockets, user);
        Files.deleteIfExists(places.socket());
        Files.deleteIfExists(sockets.resolve(places.socket().getFileName() + ".lock"));
    }

    private List<String> arguments(Places places, DataFolder folder, Programs programs, ServerUser user) {
        List<String> all = new ArrayList<>(user.options());
        all.addAll(List.of("--folder", places.locks().toString()));
        all.addAll(List.of("--data", folder.data().toString()));
        all.addAll(List.of("--log", folder.version().resolve("log/postgres.log").toString()));
        all.addAll(List.of("--idle", String.valueOf(setting.idleSeconds())));
        all.addAll(List.of("--note", "version " + programs.version() + "\nsocket " + places.sockets()));
        all.addAll(List.of(
                "--",
                programs.program("postgres").toString(),
                "-D",
                folder.data().toString()));
        for (String option : OPTIONS) {
            all.addAll(List.of("-c", option));
        }
        all.addAll(List.of("-c", "unix_socket_directories=" + quoted(places.sockets())));
        // Whom root lets in has a password; another's server is behind its folder's rights, too.
        all.addAll(List.of("-c", "unix_socket_permissions=" + (setting.uid() == 0 ? "0777" : "0700")));
        return all;
    }

    /** The server splits this option at commas. */
    private static String quoted(Path folder) {
        return '"' + folder.toString().replace("\"", "\"\"") + '"';
    }
}
