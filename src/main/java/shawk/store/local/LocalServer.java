package shawk.store.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The embedded PostgreSQL of this user, or of the host where this user is root. It is started by whoever needs it
 * first, shared by all of that user's processes, and stops when nobody has used it for ten minutes. All waiting is
 * bounded. Any thread may use it.
 */
public final class LocalServer {
    private static final int IDLE_SECONDS = 600;

    /** Another process' first start is waited for. */
    private static final long USE_SECONDS = 120;

    /** The supervisor becomes harsher after 20 s and after 30 s. */
    private static final long STOP_SECONDS = 40;

    /** A server whose supervisor was killed ends by itself; one that does not is killed after so long. */
    private static final long ORPHAN_SECONDS = 20;

    private final Setting setting;
    private final Consumer<String> notices;

    LocalServer(Setting setting, Consumer<String> notices) {
        this.setting = setting;
        this.notices = notices;
    }

    /** The use of the server: while one is open, it does not stop for want of use. */
    public static final class Lease implements AutoCloseable {
        private final @Nullable Path locks;
        private final Path socketFolder;
        private final Credentials credentials;
        private boolean open = true;

        /**
         * @param locks where its lock is; null = it has none, being a guest's: what the server sees are its sessions
         */
        private Lease(@Nullable Path locks, Path socketFolder, Credentials credentials) {
            this.locks = locks;
            this.socketFolder = socketFolder;
            this.credentials = credentials;
        }

        /** Holds the Unix socket {@code .s.PGSQL.5432}. */
        public Path socketFolder() {
            return socketFolder;
        }

        /** Part of the socket's name. */
        public int port() {
            return Places.PORT;
        }

        /** The database. */
        public String database() {
            return Founder.DATABASE;
        }

        /** The role to log in as. */
        public String user() {
            return credentials.user();
        }

        /** Of that role; the caller's own copy. */
        public char[] password() {
            return credentials.password().toCharArray();
        }

        /** Whether it is root's server, and may only be read. */
        public boolean guest() {
            return credentials.user().equals(Founder.GUEST);
        }

        @Override
        public synchronized void close() {
            if (open && locks != null) {
                open = false;
                try {
                    Locks.leave(locks);
                } catch (IOException e) {
                    // The end of this process lets go of it.
                }
            }
        }
    }

    /** By who runs this process and its environment; {@code notices} are lines for a person. */
    public static LocalServer of(Map<String, String> environment, Consumer<String> notices)
            throws LocalServerException {
        Path built =
                Path.of(System.getProperty("shawk.native.dir", "target/native")).toAbsolutePath();
        Commands commands = new Commands(built.resolve("shawk-cmdb"));
        try {
            // Followed: the link itself is always root's.
            long uid = ((Number) Files.getAttribute(Path.of("/proc/self"), "unix:uid")).longValue();
            String sudo = environment.getOrDefault("SUDO_UID", "");
            long invoker = uid == 0 && sudo.matches("[1-9]\\d{0,8}") ? Long.parseLong(sudo) : 0;
            Path home = Path.of(System.getProperty("user.home", "/")).toAbsolutePath();
            Places places = uid == 0 ? Places.ofRoot() : Places.ofUser(environment, home);
            Setting setting = new Setting(
                    places,
                    uid == 0 ? null : Places.ofRoot(),
                    built.resolveSibling("postgres").resolve("newest"),
                    commands,
                    new Accounts(commands, notices, !"?".equals(System.getProperty("user.name")))::choose,
                    uid,
                    invoker,
                    IDLE_SECONDS,
                    uid == 0,
                    Starter.ROOM_FOR_DATA);
            return new LocalServer(setting, notices);
        } catch (IOException e) {
            throw new LocalServerException("procfs is needed: " + DataFolder.reason(e), e);
        }
    }

    /** Has the server answer: finds it, or starts it. */
    public Lease use(Access access) throws LocalServerException {
        try {
            Programs built = Programs.query(setting.programs());
            DataFolder folder = folder(built);
            Places host = setting.host();
            if (access == Access.READ && host != null && !folder.founded()) {
                Credentials guest = Credentials.ofGuest(host, setting.uid());
                if (guest != null) {
                    return useHost(host, guest);
                }
            }
            folder.check();
            folder.claim();
            Places places = setting.places();
            OwnFiles.makeFolder(places.locks(), setting.uid() == 0 ? "rwxr-xr-x" : "rwx------");
            Path sockets = await(places, built);
            Credentials.letIn(setting, folder);
            return new Lease(places.locks(), sockets, Credentials.ofOwner(folder));
        } catch (IOException e) {
            String reason = DataFolder.reason(e);
            throw new LocalServerException(
                    reason.contains("No space left")
                            ? Starter.noRoom(setting.places().root(), reason)
                            : "the embedded PostgreSQL cannot be used: " + reason,
                    e);
        }
    }

    private DataFolder folder(Programs programs) {
        return new DataFolder(setting.places().root(), programs.major(), setting.uid());
    }

    /**
     * Another's server: it is read while somebody else, or this session, has it run, and never started. Its lock is not
     * for everybody: one that anybody may hold keeps it from ever stopping.
     */
    private static Lease useHost(Places host, Credentials guest) throws IOException, LocalServerException {
        ServerState state = Files.exists(host.locks().resolve("users.lock")) ? state(host) : ServerState.NONE;
        if (!state.ready() || !Processes.isSupervisor(state.supervisor())) {
            throw new LocalServerException("the CMDB of this host does not run; type: sudo shawk cmdb start");
        }
        return new Lease(null, host.sockets(), guest);
    }

    /** The folder of its socket, once it answers; then this process is one of its users. */
    private Path await(Places places, Programs built) throws IOException, LocalServerException {
        long end = deadline(USE_SECONDS);
        while (true) {
            if (Locks.use(places.locks(), end)) {
                boolean used = false;
                try {
                    if (Locks.held(places.locks(), Locks.SUPERVISOR)) {
                        ServerState state = state(places);
                        used = state.ready();
                        if (used) {
                            return Path.of(state.note()
                                    .getOrDefault("socket", places.sockets().toString()));
                        }
                    } else {
                        startUnlessThere(places, built, end);
                        continue;
                    }
                } finally {
                    if (!used) {
                        Locks.leave(places.locks());
                    }
                }
            }
            if (System.nanoTime() > end) {
                throw new LocalServerException("the embedded PostgreSQL is still "
                        + (state(places).phase().isEmpty()
                                ? "being started"
                                : state(places).phase()) + " after "
                        + USE_SECONDS + " s; see: shawk cmdb status");
            }
            Locks.pause();
        }
    }

    private void startUnlessThere(Places places, Programs built, long end) throws IOException, LocalServerException {
        try (Locks.Start start = Locks.start(places.locks(), end)) {
            if (start == null) {
                throw new LocalServerException("another shawk has been starting the embedded PostgreSQL for "
                        + USE_SECONDS + " s; try again later");
            }
            if (!Locks.held(places.locks(), Locks.SUPERVISOR)) {
                endOrphan(places, folder(built).data());
                new Starter(setting, notices).start(built);
            }
        }
    }

    /** Its supervisor was killed. It ends by itself; else it is killed, which it survives as a loss of power. */
    private static void endOrphan(Places places, Path data) throws IOException, LocalServerException {
        long end = deadline(ORPHAN_SECONDS);
        boolean killed = false;
        while (Locks.held(places.locks(), Locks.SERVER)) {
            if (System.nanoTime() > end) {
                long pid = pid(data);
                if (killed || pid == 0 || !Processes.worksIn(pid, data)) {
                    throw new LocalServerException("an earlier PostgreSQL in " + data + " does not end"
                            + (pid == 0 ? "" : " (pid " + pid + ")") + "; end it, and try again");
                }
                ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
                killed = true;
                end = deadline(ORPHAN_SECONDS);
            }
            Locks.pause();
        }
    }

    /** The server's first process, as it wrote it down; 0 = none. */
    private static long pid(Path data) throws IOException {
        Path file = data.resolve("postmaster.pid");
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return 0;
        }
        String first = OwnFiles.read(file).lines().findFirst().orElse("").strip();
        return first.matches("\\d{1,9}") ? Long.parseLong(first) : 0;
    }

    /** Stops the server, whoever uses it; false = it did not run. */
    public boolean stop() throws LocalServerException {
        Places places = setting.places();
        try {
            if (!Files.exists(places.locks().resolve("server.lock"), LinkOption.NOFOLLOW_LINKS)) {
                return false;
            }
            boolean supervised = Locks.held(places.locks(), Locks.SUPERVISOR);
            long pid = state(places).supervisor();
            if (supervised && Processes.isSupervisor(pid)) {
                ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy);
            } else if (!supervised) {
                boolean there = Locks.held(places.locks(), Locks.SERVER);
                endOrphan(places, folder(Programs.query(setting.programs())).data());
                return there;
            }
            long end = deadline(STOP_SECONDS);
            while (Locks.held(places.locks(), Locks.SUPERVISOR)) {
                if (System.nanoTime() > end) {
                    throw new LocalServerException(
                            "the embedded PostgreSQL (pid " + state(places).server() + ") has not ended after "
                                    + STOP_SECONDS + " s; see: shawk cmdb status");
                }
                Locks.pause();
            }
            return true;
        } catch (IOException e) {
            throw new LocalServerException("the embedded PostgreSQL cannot be stopped: " + DataFolder.reason(e), e);
        }
    }

    /** What there is of it; starts nothing. */
    public ServerStatus status() throws LocalServerException {
        Programs built = Programs.query(setting.programs());
        DataFolder folder = folder(built);
        folder.check();
        Places places = setting.places();
        try {
            boolean runs = Files.exists(places.locks(), LinkOption.NOFOLLOW_LINKS)
                    && Locks.held(places.locks(), Locks.SUPERVISOR);
            ServerState state = runs ? state(places) : ServerState.NONE;
            Path sockets =
                    Path.of(state.note().getOrDefault("socket", places.sockets().toString()));
            List<Long> users = runs ? Processes.readersOf(places.locks().resolve("users.lock")) : List.of();
            return new ServerStatus(
                    runs ? state.phase() : null,
                    state.note().getOrDefault("version", built.version()),
                    folder.data(),
                    folder.founded() ? OwnFiles.bytes(folder.data()) : -1,
                    Places.socketIn(sockets),
                    folder.version().resolve("log/postgres.log"),
                    state.server(),
                    state.supervisor(),
                    users,
                    Processes.sessions(state.server()),
                    state.since(),
                    state.unused(),
                    state.idleSeconds());
        } catch (IOException e) {
            throw new LocalServerException("the embedded PostgreSQL cannot be looked at: " + DataFolder.reason(e), e);
        }
    }

    /** The file with the password of the server's owner, as libpq reads it; there once the server was started. */
    public Path passwordFile() throws LocalServerException {
        return folder(Programs.query(setting.programs())).version().resolve("pgpass");
    }

    private static ServerState state(Places places) throws IOException {
        Path file = places.locks().resolve("state");
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS)
                ? ServerState.parse(OwnFiles.read(file))
                : ServerState.NONE;
    }

    private static long deadline(long seconds) {
        return System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    }
}
