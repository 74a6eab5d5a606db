package shawk.store.pg;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What can stand behind the question mark of a URL: libpq's names, JDBC's beside them, and the driver's property. */
enum UrlOption {
    HOST("host", "", ""),
    PORT("port", "", ""),
    DATABASE("dbname", "", ""),
    USER("user", "user", ""),
    PASSWORD("password", "password", ""),
    PASSFILE("passfile", "", ""),
    SSL_MODE("sslmode", "sslmode", "sslmode", "disable", "allow", "prefer", "require", "verify-ca", "verify-full"),
    SSL("", "ssl", "", "true", "false"),
    SSL_ROOT_CERT("sslrootcert", "sslrootcert", "sslrootcert"),
    SSL_CERT("sslcert", "sslcert", "sslcert"),
    SSL_KEY("sslkey", "sslkey", "sslkey"),
    CONNECT_TIMEOUT("connect_timeout", "connectTimeout", "connectTimeout"),
    APPLICATION_NAME("application_name", "ApplicationName", "ApplicationName"),
    CHANNEL_BINDING("channel_binding", "channelBinding", "channelBinding", "disable", "prefer", "require"),
    TARGET(
            "target_session_attrs",
            "targetServerType",
            "targetServerType",
            "any",
            "read-write",
            "read-only",
            "primary",
            "standby",
            "prefer-standby",
            "master",
            "slave",
            "secondary",
            "preferSlave",
            "preferSecondary",
            "preferPrimary");

    private final String libpq;
    private final String jdbc;
    private final String property;
    private final List<String> choices;

    UrlOption(String libpq, String jdbc, String property, String... values) {
        this.libpq = libpq;
        this.jdbc = jdbc;
        this.property = property;
        this.choices = List.of(values);
    }

    /** The driver's own name of it; empty where it is no property. */
    String property() {
        return property;
    }

    /** The values that there are; empty = any. */
    List<String> choices() {
        return choices;
    }

    /** The option of that name; null where there is none. */
    static @Nullable UrlOption find(String name, boolean jdbc) {
        for (UrlOption option : values()) {
            if (!name.isEmpty() && name.equals(jdbc ? option.jdbc : option.libpq)) {
                return option;
            }
        }
        return null;
    }

    /** The names that there are. */
    static List<String> names(boolean jdbc) {
        List<String> names = new ArrayList<>();
        for (UrlOption option : values()) {
            String name = jdbc ? option.jdbc : option.libpq;
            if (!name.isEmpty()) {
                names.add(name);
            }
        }
        return names;
    }
}
