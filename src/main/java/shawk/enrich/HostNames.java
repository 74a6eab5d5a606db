package shawk.enrich;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import shawk.model.Names;
import shawk.model.Protocol;
import shawk.model.RawText;
import shawk.model.SafeText;

/**
 * Names out of {@code /etc/passwd} and {@code /etc/services}, read once; no other database is asked, so that no call
 * ever waits. Malformed lines are skipped; of two lines for one number the first counts. Immutable.
 */
public final class HostNames implements Names {
    /** Bytes read of each file at most; what follows has no names. */
    static final int BYTES_MAX = 8 << 20;

    /** Names kept of each file at most. */
    static final int NAMES_MAX = 100_000;

    private static final long UID_MAX = 0xffff_ffffL;

    private final Map<Long, SafeText> users;
    private final Map<Integer, SafeText> services;

    private HostNames(Map<Long, SafeText> users, Map<Integer, SafeText> services) {
        this.users = users;
        this.services = services;
    }

    /** The names in the files {@code passwd} and {@code services} of folder {@code etc}; a missing file has none. */
    public static HostNames query(Path etc) {
        return parse(queryFile(etc.resolve("passwd")), queryFile(etc.resolve("services")));
    }

    private static byte[] queryFile(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(BYTES_MAX);
        } catch (IOException e) {
            return new byte[0];
        }
    }

    static HostNames parse(byte[] passwd, byte[] services) {
        Map<Long, SafeText> users = new HashMap<>();
        for (String line : lines(passwd)) {
            String[] parts = line.split(":", 4);
            if (users.size() < NAMES_MAX && parts.length == 4 && !parts[0].isEmpty()) {
                long uid = parseNumber(parts[2], UID_MAX);
                if (uid >= 0) {
                    users.putIfAbsent(uid, name(parts[0]));
                }
            }
        }
        Map<Integer, SafeText> named = new HashMap<>();
        for (String line : lines(services)) {
            int comment = line.indexOf('#');
            String[] parts =
                    (comment < 0 ? line : line.substring(0, comment)).trim().split("[ \t]+");
            if (named.size() < NAMES_MAX && parts.length >= 2) {
                addService(named, parts[0], parts[1]);
            }
        }
        return new HostNames(Map.copyOf(users), Map.copyOf(named));
    }

    private static void addService(Map<Integer, SafeText> named, String name, String end) {
        int slash = end.indexOf('/');
        if (slash < 0 || name.isEmpty()) {
            return;
        }
        long port = parseNumber(end.substring(0, slash), 65_535);
        for (Protocol protocol : Protocol.values()) {
            if (port >= 0 && end.substring(slash + 1).equals(protocol.id())) {
                named.putIfAbsent(key(protocol, (int) port), name(name));
            }
        }
    }

    /** Lines as one character a byte, so that bytes of any value survive until {@link #name}. */
    private static String[] lines(byte[] file) {
        return new String(file, StandardCharsets.ISO_8859_1).split("\n");
    }

    private static SafeText name(String bytes) {
        return SafeText.of(RawText.of(bytes.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private static long parseNumber(String text, long most) {
        if (!text.matches("[0-9]{1,10}")) {
            return -1;
        }
        long value = Long.parseLong(text);
        return value <= most ? value : -1;
    }

    private static int key(Protocol protocol, int port) {
        return protocol.ordinal() << 16 | port;
    }

    @Override
    public SafeText user(long uid) {
        return users.getOrDefault(uid, SafeText.EMPTY);
    }

    @Override
    public SafeText service(Protocol protocol, int port) {
        return services.getOrDefault(key(protocol, port), SafeText.EMPTY);
    }
}
