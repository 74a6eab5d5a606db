package shawk.store.local;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Decides as whom the server runs. */
final class Accounts {
    static final String NAME = "shawk";

    private static final Path USERS = Path.of("/etc/passwd");
    private static final Path USERADD = Path.of("/usr/sbin/useradd");
    private static final int MOST_BYTES = 8 << 20;
    private static final int SECONDS = 30;
    private static final String FIX =
            "useradd --system --user-group --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin " + NAME;

    private final Commands commands;
    private final Consumer<String> notices;
    private final boolean known;

    /**
     * With shawk-cmdb and a place for notices.
     *
     * @param known whether whoever runs this program has a name, by whatever the system asks for names: initdb insists
     */
    Accounts(Commands commands, Consumer<String> notices, boolean known) {
        this.commands = commands;
        this.notices = notices;
        this.known = known;
    }

    /** For who runs this program as {@code uid}; {@code data} that are there decide, null = there are none. */
    ServerUser choose(long uid, @Nullable Path data) throws IOException, LocalServerException {
        String users = queryUsers();
        if (uid != 0) {
            return known ? new ServerUser.Same() : unknown(uid, users);
        }
        if (data != null) {
            int owner = (int) OwnFiles.owner(data);
            int group = ((Number) Files.getAttribute(data, "unix:gid", LinkOption.NOFOLLOW_LINKS)).intValue();
            return owner == 0 ? inSpace(users) : new ServerUser.Other(owner, group);
        }
        ServerUser account = account(users);
        return account != null ? account : made(users);
    }

    private static String queryUsers() throws IOException {
        try (InputStream in = Files.newInputStream(USERS)) {
            return new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
        }
    }

    /** The system's user for this; somebody who logs in under that name is not meant. */
    static @Nullable ServerUser account(String users) {
        String[] entry = entry(users, 0, NAME);
        if (entry == null || !entry[2].matches("[1-9]\\d{0,8}") || !entry[3].matches("[1-9]\\d{0,8}")) {
            return null;
        }
        boolean service = entry[6].endsWith("/nologin") || entry[6].endsWith("/false");
        return service ? new ServerUser.Other(Integer.parseInt(entry[2]), Integer.parseInt(entry[3])) : null;
    }

    private ServerUser made(String users) throws IOException, LocalServerException {
        String why = "there is no " + USERADD;
        if (entry(users, 0, NAME) != null) {
            why = "the user " + NAME + " is somebody who can log in";
        } else if (Files.isExecutable(USERADD)) {
            Commands.Outcome outcome = Commands.run(List.of(("/usr/sbin/" + FIX).split(" ")), "", SECONDS);
            ServerUser account = account(queryUsers());
            if (account != null) {
                notices.accept("made the system user " + NAME + ", as whom the embedded PostgreSQL runs");
                return account;
            }
            why = outcome.lastLine();
        }
        try {
            return inSpace(users);
        } catch (LocalServerException e) {
            throw new LocalServerException(
                    "PostgreSQL refuses to run as root; no user could be made for it (" + why + "), and " + e.line(),
                    e);
        }
    }

    private ServerUser unknown(long uid, String users) throws IOException, LocalServerException {
        try {
            return inSpace(users);
        } catch (LocalServerException e) {
            throw new LocalServerException(
                    "PostgreSQL refuses to run as user " + uid + ", who has no name; give it one in " + USERS
                            + ", for a systemd service with DynamicUser= by: apt-get install libnss-systemd",
                    e);
        }
    }

    /** Seems to be somebody else: nobody, or another one of the user table. */
    private ServerUser inSpace(String users) throws IOException, LocalServerException {
        String[] entry = entry(users, 0, "nobody");
        int id = entry != null && entry[2].matches("[1-9]\\d{0,8}") ? Integer.parseInt(entry[2]) : 65534;
        ServerUser user = new ServerUser.InSpace(id);
        Commands.Outcome outcome = commands.run(user, List.of("/bin/true"), "", SECONDS);
        if (outcome.failed()) {
            throw new LocalServerException(
                    "a user namespace is not allowed (" + outcome.lastLine() + "); type: " + FIX);
        }
        return user;
    }

    /** The line of the user table whose column is {@code value}; null = none. */
    private static String @Nullable [] entry(String users, int column, String value) {
        for (String line : users.split("\n")) {
            String[] parts = line.split(":", -1);
            if (parts.length >= 7 && parts[column].equals(value)) {
                return parts;
            }
        }
        return null;
    }
}
