package shawk.store.pg;

import shawk.model.SafeText;

/** What a role needs in the CMDB, and what to type where it has not got that. */
enum Right {
    /** To be let in. */
    CONNECT,
    /** To read. */
    READER,
    /** To write. */
    WRITER,
    /** To build the scheme. */
    OWNER;

    /** What gives it, typed by somebody who may. {@code said} is what the server says that was refused. */
    String cure(CmdbUrl url, String said) {
        String database = quoted(url.database());
        String user = quoted(url.user());
        return switch (this) {
            case CONNECT -> "let its owner type: grant connect on database " + database + " to " + user;
            case READER -> "let its owner type: grant shawk_reader to " + user;
            case WRITER -> "let its owner type: grant shawk_writer to " + user;
            case OWNER ->
                said.contains("for database")
                        ? "let its owner type: grant create on database " + database + " to " + user
                        : "log in as who built the scheme, or as a superuser";
        };
    }

    /** A name as SQL has it. */
    private static String quoted(String name) {
        String safe = SafeText.of(name).value();
        return safe.matches("[a-z_][a-z0-9_]*") ? safe : '"' + safe.replace("\"", "\"\"") + '"';
    }
}
