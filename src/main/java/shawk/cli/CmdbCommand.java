package shawk.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import shawk.store.local.Access;
import shawk.store.local.LocalServer;
import shawk.store.local.LocalServerException;
import shawk.store.local.ServerStatus;

/** {@code shawk cmdb start|stop|status|url}: the embedded PostgreSQL, by hand. */
final class CmdbCommand {

    private static final String WORDS = "start, stop, status or url";

    private final Notices notices;
    private final boolean elsewhere;

    /** In {@code environment}, which may name another server. */
    CmdbCommand(Environment environment, Notices notices) {
        this.notices = notices;
        this.elsewhere = environment.value(Environment.CMDB_URL) != null;
    }

    /** Does what {@code word} says. Returns the exit status: 1 where {@code status} finds that it does not run. */
    int run(@Nullable String word, OutputStream out) throws Failure, IOException {
        if (word == null) {
            throw Failure.usage("shawk cmdb is to do what? type " + WORDS + " behind it");
        }
        try {
            // By this process' own environment: a file of variables names no home.
            LocalServer server = LocalServer.of(System.getenv(), notices::say);
            return switch (word) {
                case "start" -> start(server, out);
                case "stop" -> stop(server, out);
                case "status" -> status(server, out);
                case "url" -> url(server, out);
                default ->
                    throw Failure.usage(
                            "shawk cmdb does not know " + Failure.quote(word) + "; type " + WORDS + " instead");
            };
        } catch (LocalServerException e) {
            throw Failure.missing(Failure.plain(e.line()));
        }
    }

    private void refuseElsewhere(String word) throws Failure {
        if (elsewhere) {
            throw Failure.usage(
                    Environment.CMDB_URL + " is set, so that server is used and not the embedded one; type: env -u "
                            + Environment.CMDB_URL + " shawk cmdb " + word);
        }
    }

    private int start(LocalServer server, OutputStream out) throws Failure, LocalServerException, IOException {
        refuseElsewhere("start");
        server.use(Access.WRITE).close();
        ServerStatus status = server.status();
        return print(
                out,
                "PostgreSQL " + status.version() + " answers at " + plain(status.socket()) + ", and stops after "
                        + span(status.idleSeconds()) + " without use\n");
    }

    private int stop(LocalServer server, OutputStream out) throws Failure, LocalServerException, IOException {
        refuseElsewhere("stop");
        return print(out, server.stop() ? "stopped\n" : "it does not run\n");
    }

    private int url(LocalServer server, OutputStream out) throws Failure, LocalServerException, IOException {
        refuseElsewhere("url");
        try (LocalServer.Lease lease = server.use(Access.WRITE)) {
            Path passwords = server.passwordFile();
            notices.say("the password is in " + plain(passwords) + ", which libpq finds by this URL; for programs that"
                    + " do not: PGPASSFILE=" + plain(passwords));
            return print(
                    out,
                    "postgres://" + lease.user() + "@/" + lease.database() + "?host=" + encoded(lease.socketFolder())
                            + "&passfile=" + encoded(passwords) + "\n");
        }
    }

    private int status(LocalServer server, OutputStream out) throws LocalServerException, IOException {
        if (elsewhere) {
            notices.say(Environment.CMDB_URL + " is set: that server is used, not the embedded one");
        }
        ServerStatus status = server.status();
        print(out, text(status, Instant.now().getEpochSecond()));
        return status.phase() == null ? ExitStatus.BROKEN : ExitStatus.OK;
    }

    /** A line for each fact; {@code now} in seconds since 1970. */
    static String text(ServerStatus status, long now) {
        StringBuilder out = new StringBuilder();
        String phase = status.phase();
        line(out, "state", phase == null ? "stopped" : phase.isEmpty() ? "starting" : phase);
        line(out, "version", "PostgreSQL " + status.version());
        line(
                out,
                "data",
                plain(status.data()) + (status.bytes() < 0 ? ", not there yet" : ", " + size(status.bytes())));
        line(out, "socket", plain(status.socket()));
        line(out, "log", plain(status.log()));
        if (phase == null) {
            return out.toString();
        }
        line(out, "pid", status.server() + ", its supervisor " + status.supervisor());
        line(
                out,
                "since",
                status.since() == 0
                        ? "-"
                        : Instant.ofEpochSecond(status.since()).toString());
        line(out, "users", users(status));
        line(out, "stops", stops(status, now));
        return out.toString();
    }

    private static String users(ServerStatus status) {
        List<Long> pids = status.users();
        String processes = pids.isEmpty()
                ? "no process"
                : (pids.size() == 1 ? "pid " : "pids ")
                        + pids.stream().map(String::valueOf).collect(Collectors.joining(" "));
        return processes + "; sessions: " + status.sessions();
    }

    private static String stops(ServerStatus status, long now) {
        if (!status.users().isEmpty() || status.sessions() > 0 || status.unused() == 0) {
            return "after " + span(status.idleSeconds()) + " without use; it is used";
        }
        return "in " + span(Math.max(0, status.unused() + status.idleSeconds() - now)) + ", unless it is used";
    }

    private static void line(StringBuilder out, String name, String value) {
        out.append(name).append(" ".repeat(9 - name.length())).append(value).append('\n');
    }

    private static String size(long bytes) {
        return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }

    private static String span(long seconds) {
        Duration duration = Duration.ofSeconds(seconds);
        String minutes = duration.toMinutes() == 0 ? "" : duration.toMinutes() + " min";
        String rest = duration.toSecondsPart() == 0 && !minutes.isEmpty() ? "" : duration.toSecondsPart() + " s";
        return minutes + (minutes.isEmpty() || rest.isEmpty() ? "" : " ") + rest;
    }

    private static String plain(Path path) {
        return Failure.plain(path.toString());
    }

    private static String encoded(Path path) {
        return URLEncoder.encode(path.toString(), StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static int print(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
        return ExitStatus.OK;
    }
}
