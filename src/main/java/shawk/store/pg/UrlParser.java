package shawk.store.pg;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import shawk.model.SafeText;
import shawk.store.pg.CmdbUrl.Server;

/** Takes a URL apart. No message has more of it than names of options and hosts: any other part may be the password. */
final class UrlParser {
    private static final String JDBC = "jdbc:postgresql:";
    private static final String FORM = "write postgres://user:password@host:5432/database";
    private static final int SHOWN = 60;

    private final String text;
    private final String defaultUser;
    private final boolean jdbc;
    private final Map<UrlOption, String> options = new EnumMap<>(UrlOption.class);
    private String hosts = "";
    private @Nullable String database;

    UrlParser(String text, String defaultUser) {
        this.text = text;
        this.defaultUser = defaultUser;
        this.jdbc = text.startsWith(JDBC);
    }

    CmdbUrl run() throws CmdbUrlException {
        String rest = withoutScheme();
        int question = rest.indexOf('?');
        if (question >= 0) {
            query(rest.substring(question + 1));
            rest = rest.substring(0, question);
        }
        authority(rest);
        List<Server> servers = servers();
        fixTls(servers);
        checkTimeout();
        String user = options.getOrDefault(UrlOption.USER, defaultUser);
        String name = options.getOrDefault(UrlOption.DATABASE, database == null ? user : database);
        if (user.indexOf(0) >= 0 || name.indexOf(0) >= 0) {
            throw new CmdbUrlException("the URL has a NUL in it; " + FORM);
        }
        String password = options.get(UrlOption.PASSWORD);
        return new CmdbUrl(servers, name, user, password == null || password.isEmpty() ? null : password, options);
    }

    private String withoutScheme() throws CmdbUrlException {
        for (String scheme : List.of("postgres://", "postgresql://", JDBC + "//")) {
            if (text.startsWith(scheme)) {
                return text.substring(scheme.length());
            }
        }
        if (jdbc) {
            return '/' + text.substring(JDBC.length());
        }
        throw new CmdbUrlException("the URL does not begin with postgres:// or jdbc:postgresql:; " + FORM);
    }

    private void authority(String rest) throws CmdbUrlException {
        String before = rest;
        int slash = rest.indexOf('/', Math.max(rest.lastIndexOf('@'), 0));
        if (slash >= 0) {
            before = rest.substring(0, slash);
            String path = decode(rest.substring(slash + 1));
            database = path.isEmpty() ? null : path;
        }
        int at = before.lastIndexOf('@');
        if (at >= 0) {
            if (jdbc) {
                throw new CmdbUrlException(
                        "a jdbc: URL names the user behind the question mark: ?user=…&password=…; or " + FORM);
            }
            String who = before.substring(0, at);
            int colon = who.indexOf(':');
            putIfGiven(UrlOption.USER, decode(colon < 0 ? who : who.substring(0, colon)));
            putIfGiven(UrlOption.PASSWORD, colon < 0 ? "" : decode(who.substring(colon + 1)));
        }
        hosts = before.substring(at + 1);
    }

    private void putIfGiven(UrlOption option, String value) {
        if (!value.isEmpty()) {
            options.putIfAbsent(option, value);
        }
    }

    private void query(String query) throws CmdbUrlException {
        for (String each : query.split("&", -1)) {
            if (each.isEmpty()) {
                continue;
            }
            int equals = each.indexOf('=');
            String name = decode(equals < 0 ? each : each.substring(0, equals));
            UrlOption option = UrlOption.find(name, jdbc);
            if (equals < 0 || option == null) {
                throw new CmdbUrlException("the URL has an option " + quoted(name)
                        + (option == null ? ", which is not known" : " without =") + "; there are "
                        + String.join(", ", UrlOption.names(jdbc)));
            }
            String value = decode(each.substring(equals + 1));
            if (!option.choices().isEmpty() && !option.choices().contains(value)) {
                throw new CmdbUrlException("the URL says " + name + "=" + SafeText.of(cut(value)) + "; expected one of "
                        + String.join(", ", option.choices()));
            }
            if (!value.isEmpty()) {
                options.put(option, value);
            }
        }
    }

    private List<Server> servers() throws CmdbUrlException {
        String named = options.containsKey(UrlOption.HOST) ? options.get(UrlOption.HOST) : hosts;
        String[] names = named.split(",", -1);
        String[] ports = options.getOrDefault(UrlOption.PORT, "").split(",", -1);
        if (ports.length > 1 && ports.length != names.length) {
            throw new CmdbUrlException("the URL names " + names.length + " hosts and " + ports.length
                    + " ports; give one port, or one for each host");
        }
        List<Server> servers = new ArrayList<>();
        for (int i = 0; i < names.length; i++) {
            servers.add(server(names[i], ports[ports.length == 1 ? 0 : i]));
        }
        if (servers.stream().anyMatch(Server::unix) && servers.size() > 1) {
            throw new CmdbUrlException("the URL names a folder of a socket beside other hosts; name one of them");
        }
        return servers;
    }

    private Server server(String named, String separatePort) throws CmdbUrlException {
        if (options.containsKey(UrlOption.HOST)) {
            return new Server(checkedHost(named.isEmpty() ? "localhost" : named), portNumber(separatePort));
        }
        int colon = named.indexOf(':');
        if (named.startsWith("[")) {
            int end = named.indexOf(']');
            if (end < 0 || end + 1 < named.length() && named.charAt(end + 1) != ':') {
                throw new CmdbUrlException("the URL has an address without its ]; write [::1]:5432");
            }
            colon = end + 1 < named.length() ? end + 1 : -1;
        } else if (colon != named.lastIndexOf(':')) {
            throw new CmdbUrlException("the URL has an IPv6 address without brackets; write [::1]:5432");
        }
        String host = colon < 0 ? named : named.substring(0, colon);
        String bare = decode(host.startsWith("[") ? host.substring(1, host.length() - 1) : host);
        return new Server(
                checkedHost(bare.isEmpty() ? "localhost" : bare),
                portNumber(colon < 0 ? separatePort : named.substring(colon + 1)));
    }

    private static String checkedHost(String host) throws CmdbUrlException {
        boolean fits = host.startsWith("/")
                ? host.indexOf(0) < 0 && host.length() < 90
                : host.chars().allMatch(c -> c > ' ' && c != 0x7f && "/?#[]@\\\"'".indexOf(c) < 0);
        if (!fits) {
            throw new CmdbUrlException("the URL names a host " + quoted(host)
                    + ", which cannot be one; a password with @, / or ? has to be written with %40, %2F, %3F");
        }
        return host;
    }

    private static int portNumber(String port) throws CmdbUrlException {
        if (port.isEmpty()) {
            return CmdbUrl.PORT;
        }
        int number = port.matches("[0-9]{1,5}") ? Integer.parseInt(port) : 0;
        if (number < 1 || number > 65_535) {
            // It may be the second half of a password.
            throw new CmdbUrlException("the URL has a port that is no number from 1 to 65535; " + FORM
                    + ", and %3A, %40, %2F for : @ / in a password");
        }
        return number;
    }

    /** As libpq: with a certificate to go by, {@code require} checks it; JDBC's {@code ssl=true} checks all. */
    private void fixTls(List<Server> servers) {
        if ("true".equals(options.remove(UrlOption.SSL))) {
            options.putIfAbsent(UrlOption.SSL_MODE, "verify-full");
        }
        if ("require".equals(options.get(UrlOption.SSL_MODE)) && options.containsKey(UrlOption.SSL_ROOT_CERT)) {
            options.put(UrlOption.SSL_MODE, "verify-ca");
        }
        if (servers.get(0).unix()) {
            options.put(UrlOption.SSL_MODE, "disable");
        }
    }

    private void checkTimeout() throws CmdbUrlException {
        String given = options.get(UrlOption.CONNECT_TIMEOUT);
        if (given == null) {
            return;
        }
        if (!given.matches("[0-9]{1,4}") || Integer.parseInt(given) > 600) {
            throw new CmdbUrlException(
                    "the URL says connect_timeout=" + SafeText.of(cut(given)) + "; expected seconds, 1 to 600");
        }
        // For ever to libpq; a program that has to answer waits as long as it ever does.
        if (Integer.parseInt(given) == 0) {
            options.put(UrlOption.CONNECT_TIMEOUT, "600");
        }
    }

    /** Percent signs decoded, strictly. */
    private static String decode(String part) throws CmdbUrlException {
        if (part.indexOf('%') < 0) {
            return part;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] raw = part.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < raw.length; i++) {
            if (raw[i] != '%') {
                bytes.write(raw[i]);
                continue;
            }
            boolean whole = i + 2 < raw.length;
            int high = whole ? Character.digit(raw[i + 1], 16) : -1;
            int low = whole ? Character.digit(raw[i + 2], 16) : -1;
            if (high < 0 || low < 0 || high + low == 0) {
                throw new CmdbUrlException("the URL has a % that no two hexadecimal digits follow; write %25 for %");
            }
            bytes.write(high << 4 | low);
            i += 2;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new CmdbUrlException("the URL has bytes behind percent signs that are no UTF-8; encode it as UTF-8");
        }
    }

    private static String quoted(String value) {
        return '\'' + SafeText.of(cut(value)).value() + '\'';
    }

    private static String cut(String value) {
        return value.length() > SHOWN ? value.substring(0, SHOWN) + "…" : value;
    }
}
