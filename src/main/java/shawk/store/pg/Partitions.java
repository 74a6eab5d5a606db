package shawk.store.pg;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import shawk.store.Chunk;
import shawk.store.StoreException;

/**
 * Which days have a partition, from version 13 on. Making one is a transaction of its own, so that nobody waits long.
 */
final class Partitions {
    /** From this version on the chunks are partitioned. */
    static final int FROM = 13;

    private static final long MICROS = 1_000_000L;

    private final Session session;
    private final Set<LocalDate> known = new HashSet<>();

    Partitions(Session session) {
        this.session = session;
    }

    /** The day (UTC) that a chunk belongs to. */
    static LocalDate day(Chunk chunk) {
        return day(chunk.atMicros());
    }

    static LocalDate day(long micros) {
        return LocalDate.ofInstant(Instant.ofEpochSecond(Math.floorDiv(micros, MICROS)), ZoneOffset.UTC);
    }

    /** Makes what is missing; those of {@code days} that there is none for: longer ago than is kept, or to come. */
    Set<LocalDate> ensure(Collection<LocalDate> days) throws StoreException {
        Set<LocalDate> missing = new TreeSet<>(days);
        if (session.version() < FROM) {
            return Set.of();
        }
        missing.removeAll(known);
        if (missing.isEmpty()) {
            return missing;
        }
        known.clear();
        known.addAll(session.read(TimeLimits.WRITE, Partitions::days));
        missing = new TreeSet<>(days);
        missing.removeAll(known);
        if (!missing.isEmpty()) {
            Set<LocalDate> asked = missing;
            known.addAll(session.transact(TimeLimits.WRITE, connection -> {
                for (LocalDate day : asked) {
                    add(connection, day, day);
                }
                return days(connection);
            }));
            missing = new TreeSet<>(days);
            missing.removeAll(known);
        }
        return missing;
    }

    /** What was known may be wrong: somebody has dropped one. */
    void forget() {
        known.clear();
    }

    /** Makes those of today and the next two days. */
    static int addNext(Connection connection) throws SQLException {
        LocalDate today = today(connection);
        return add(connection, today, today.plusDays(2));
    }

    static LocalDate today(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(Sql.TODAY)) {
            rows.next();
            return LocalDate.parse(rows.getString(1));
        }
    }

    private static int add(Connection connection, LocalDate first, LocalDate last) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(Sql.ADD_PARTITIONS)) {
            statement.setString(1, first.toString());
            statement.setString(2, last.toString());
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? rows.getInt(1) : 0;
            }
        }
    }

    private static Set<LocalDate> days(Connection connection) throws SQLException {
        Set<LocalDate> days = new HashSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(Sql.PARTITION_DAYS)) {
            while (rows.next()) {
                days.add(LocalDate.parse(rows.getString(1)));
            }
        }
        return days;
    }
}
