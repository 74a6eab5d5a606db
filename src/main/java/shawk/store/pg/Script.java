package shawk.store.pg;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of SQL that the program brings: statements that end with a semicolon at the end of a line, comments between
 * them. A comment {@code -- only from 13:} or {@code -- only before 13:} is about the statement below it.
 *
 * @param text of the file
 */
record Script(String text) {
    private static final Pattern ONLY = Pattern.compile("-- only (from|before) ([0-9]+):\\s*");

    /** The file of that name among the program's own. */
    static Script query(String name) {
        try (InputStream in = Script.class.getResourceAsStream("/db/" + name)) {
            if (in == null) {
                throw new IllegalStateException("db/" + name + " is missing in the build");
            }
            return new Script(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException("db/" + name + " cannot be read", e);
        }
    }

    /** The statements for a server of that major version, without semicolons at their ends. */
    List<String> statements(int version) {
        List<String> statements = new ArrayList<>();
        StringBuilder statement = new StringBuilder();
        boolean quoted = false;
        boolean meant = true;
        for (String line : text.split("\n")) {
            if (statement.isEmpty() && (line.isBlank() || line.startsWith("--"))) {
                Matcher only = ONLY.matcher(line);
                if (only.matches()) {
                    meant = version >= Integer.parseInt(only.group(2))
                            == only.group(1).equals("from");
                }
                continue;
            }
            statement.append(line).append('\n');
            quoted ^= line.split("\\$\\$", -1).length % 2 == 0;
            if (!quoted && line.endsWith(";")) {
                if (meant) {
                    statements.add(statement.substring(0, statement.length() - 2));
                }
                statement.setLength(0);
                meant = true;
            }
        }
        if (!statement.isEmpty()) {
            throw new IllegalStateException("a statement without an end: " + statement);
        }
        return statements;
    }

    /** Tells this text from any other. */
    String checksum() {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
