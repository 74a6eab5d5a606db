package shawk.store.pg;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import shawk.store.pg.CmdbUrl.Server;

/** What a URL is to the driver. The password is a property alone, never part of the text that the driver gets. */
final class ConnectionProperties {
    private static final Map<String, String> TARGETS = Map.of(
            "any", "any",
            "read-write", "primary",
            "read-only", "secondary",
            "primary", "primary",
            "standby", "secondary",
            "prefer-standby", "preferSecondary",
            "master", "primary",
            "slave", "secondary",
            "preferSlave", "preferSecondary");

    private ConnectionProperties() {}

    static String jdbcUrl(CmdbUrl url) {
        List<String> hosts = new ArrayList<>();
        for (Server server : url.servers()) {
            // A Unix socket is the factory's matter: the driver wants the name of a host and shows it to nobody.
            hosts.add(server.unix() ? "localhost:" + server.port() : server.toString());
        }
        return "jdbc:postgresql://" + String.join(",", hosts) + "/"
                + URLEncoder.encode(url.database(), StandardCharsets.UTF_8).replace("+", "%20");
    }

    static Properties of(CmdbUrl url) {
        Properties properties = new Properties();
        properties.setProperty("user", url.user());
        String password = url.password();
        if (password != null) {
            properties.setProperty("password", password);
        }
        for (UrlOption option : UrlOption.values()) {
            String value = url.option(option);
            if (value != null && !option.property().isEmpty()) {
                properties.setProperty(option.property(), value);
            }
        }
        targets(url, properties);
        certificates(url, properties);
        int connect = url.connectTimeoutSeconds();
        properties.setProperty("connectTimeout", Integer.toString(connect));
        // All of it, TLS and password included, for each of the servers.
        properties.setProperty(
                "loginTimeout", Integer.toString(connect * url.servers().size() + 1));
        properties.setProperty("socketTimeout", Integer.toString(connect));
        properties.setProperty("tcpKeepAlive", "true");
        properties.putIfAbsent("ApplicationName", "shawk");
        // A statement prepared in the server belongs to one of a pooler's connections, and the next may be another.
        properties.setProperty("prepareThreshold", "0");
        properties.setProperty("raiseExceptionOnSilentRollback", "true");
        properties.setProperty("logServerErrorDetail", "false");
        properties.setProperty("gssEncMode", "disable");
        Server first = url.servers().get(0);
        if (first.unix()) {
            properties.setProperty("socketFactory", "shawk.store.pg.UnixSocketFactory");
            properties.setProperty("socketFactoryArg", first.toString());
        }
        return properties;
    }

    private static void targets(CmdbUrl url, Properties properties) {
        String asked = url.option(UrlOption.TARGET);
        if (asked != null) {
            properties.setProperty("targetServerType", TARGETS.getOrDefault(asked, asked));
        }
    }

    /** As libpq: {@code system} stands for the certificates that the host trusts. */
    private static void certificates(CmdbUrl url, Properties properties) {
        @Nullable String root = url.option(UrlOption.SSL_ROOT_CERT);
        if ("system".equals(root)) {
            properties.remove("sslrootcert");
            properties.setProperty("sslfactory", "org.postgresql.ssl.DefaultJavaSSLFactory");
            properties.setProperty("sslmode", "verify-full");
        }
    }
}
