package shawk.store.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/** Makes the data of a server: aside, and given their name when they are whole. */
final class Founder {
    /** Superuser, and owner of the database. */
    static final String USER = "shawk";

    static final String DATABASE = "shawk";

    /** Reads, and nothing else. */
    static final String GUEST = "shawk_guest";

    private static final int SECONDS = 300;
    private static final String FULL = "No space left on device";

    /** The server's files grow by as much at once, and do not always say why they cannot. */
    private static final long FULL_BYTES = 16 << 20;

    /** What stands before the message. */
    private static final Pattern LABEL = Pattern.compile("^.*?(PANIC|FATAL|ERROR|DETAIL|error): +");

    private static final int SECRET_BYTES = 24;

    private final Commands commands;
    private final Programs programs;
    private final ServerUser user;

    Founder(Commands commands, Programs programs, ServerUser user) {
        this.commands = commands;
        this.programs = programs;
        this.user = user;
    }

    /** Makes {@code folder}; on failure nothing of it is there. */
    void found(Path folder) throws IOException {
        Path fresh = folder.resolveSibling(folder.getFileName() + ".new");
        OwnFiles.remove(fresh);
        try {
            OwnFiles.makeFolder(fresh, user.uid() < 0 ? "rwx------" : "rwx--x--x");
            for (String name : List.of("data", "log")) {
                OwnFiles.makeFolder(fresh.resolve(name), "rwx------");
                OwnFiles.give(fresh.resolve(name), user);
            }
            String password = secret();
            String guest = secret();
            OwnFiles.write(fresh.resolve("pgpass"), "rw-------", passLine(USER, password));
            OwnFiles.write(fresh.resolve("guest"), "rw-------", passLine(GUEST, guest));
            initialise(fresh, password);
            order(fresh, guest);
            OwnFiles.rename(fresh, folder);
        } catch (IOException e) {
            boolean full = Files.exists(fresh) && Files.getFileStore(fresh).getUsableSpace() < FULL_BYTES;
            OwnFiles.remove(fresh);
            throw full ? new IOException(FULL, e) : e;
        }
    }

    /** As libpq's password file has it. */
    private static String passLine(String name, String password) {
        return "*:" + Places.PORT + ":" + DATABASE + ":" + name + ":" + password + "\n";
    }

    private void initialise(Path fresh, String password) throws IOException {
        Path given = fresh.resolve("given");
        OwnFiles.write(given, "rw-------", password + "\n");
        OwnFiles.give(given, user);
        run(
                List.of(
                        programs.program("initdb").toString(),
                        "--pgdata=" + fresh.resolve("data"),
                        "--username=" + USER,
                        "--pwfile=" + given,
                        "--auth=scram-sha-256",
                        "--no-clean",
                        "--encoding=UTF8",
                        "--locale=C",
                        "--locale-provider=builtin",
                        "--builtin-locale=C.UTF-8"),
                "");
        Files.delete(given);
    }

    /** The server alone, without sockets: a statement is a line. */
    private void order(Path fresh, String guest) throws IOException {
        String said = run(
                List.of(
                        programs.program("postgres").toString(),
                        "--single",
                        "-D",
                        fresh.resolve("data").toString(),
                        "-c",
                        "log_min_error_statement=panic",
                        "-c",
                        "log_checkpoints=off",
                        "postgres"),
                "create role shawk_reader nologin\n"
                        + "create role shawk_writer nologin\n"
                        + "create role " + GUEST + " login password '" + guest + "' in role shawk_reader\n"
                        + "alter role " + GUEST + " set default_transaction_read_only = on\n"
                        + "create database " + DATABASE + "\n"
                        + "revoke all on database " + DATABASE + " from public\n"
                        + "grant connect on database " + DATABASE + " to shawk_reader, shawk_writer\n");
        if (said.contains("ERROR:") || said.contains("FATAL:")) {
            throw new IOException(said.lines()
                    .filter(line -> line.contains("ERROR:") || line.contains("FATAL:"))
                    .findFirst()
                    .orElse(said));
        }
    }

    private String run(List<String> command, String input) throws IOException {
        Commands.Outcome outcome = commands.run(user, command, input, SECONDS);
        if (outcome.failed()) {
            throw new IOException(blame(outcome.output()));
        }
        return outcome.output();
    }

    /** Of all that initdb says, what is wrong. A full disk is the reason of whatever else it complains of. */
    static String blame(String output) {
        List<String> lines = output.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        for (String mark : List.of(FULL, "PANIC:", "FATAL:", "error:", "could not")) {
            for (String line : lines) {
                if (line.contains(mark)) {
                    return LABEL.matcher(line).replaceFirst("");
                }
            }
        }
        return lines.isEmpty() ? "it ended without a word" : lines.get(lines.size() - 1);
    }

    private static String secret() {
        byte[] bytes = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
