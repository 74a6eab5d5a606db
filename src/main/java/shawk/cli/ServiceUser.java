package shawk.cli;

import java.util.List;

/** How the user of the service stands in the user table. */
enum ServiceUser {
    ABSENT,
    /** Made by {@code shawk install-service}. */
    OURS,
    /** One of the system, who cannot log in, made by something else: the embedded PostgreSQL of root does. */
    OTHER,
    /** Somebody who can log in. */
    TAKEN;

    static final String NAME = "shawk";

    static final List<String> MAKE = List.of(
            "/usr/sbin/useradd",
            "--system",
            "--user-group",
            "--no-create-home",
            "--home-dir",
            "/nonexistent",
            "--shell",
            "/usr/sbin/nologin",
            "--comment",
            ServiceItems.USER_COMMENT,
            NAME);

    static final List<String> REMOVE = List.of("/usr/sbin/userdel", NAME);

    /** In the text of a user table. */
    static ServiceUser find(String users) {
        for (String line : users.split("\n")) {
            String[] parts = line.split(":", -1);
            if (parts.length >= 7 && parts[0].equals(NAME)) {
                boolean service = parts[6].endsWith("/nologin") || parts[6].endsWith("/false");
                boolean root = !parts[2].matches("[1-9]\\d{0,8}") || !parts[3].matches("[1-9]\\d{0,8}");
                if (!service || root) {
                    return TAKEN;
                }
                return parts[4].equals(ServiceItems.USER_COMMENT) ? OURS : OTHER;
            }
        }
        return ABSENT;
    }
}
