package shawk.store.pg;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import shawk.look.FlowRow;
import shawk.model.Address;
import shawk.model.Direction;
import shawk.model.SafeText;

/** A statement whose parameters are bound in order, and readers of what comes back. Used by one thread. */
final class Bound implements AutoCloseable {
    private static final int FETCH = 2_000;

    private final PreparedStatement statement;
    private final Binder binder;

    Bound(Connection connection, String sql) throws SQLException {
        this.statement = connection.prepareStatement(sql);
        this.binder = new Binder(connection, statement);
        statement.setFetchSize(FETCH);
    }

    Bound text(String text) throws SQLException {
        binder.text(text);
        return this;
    }

    Bound number(int number) throws SQLException {
        binder.number(number);
        return this;
    }

    Bound longNumber(long number) throws SQLException {
        binder.number(number);
        return this;
    }

    Bound address(Address address) throws SQLException {
        return text(address.toString());
    }

    Bound moment(long micros) throws SQLException {
        binder.value(time(micros));
        return this;
    }

    Bound longs(Collection<Long> numbers) throws SQLException {
        binder.longs(numbers.stream().mapToLong(Long::longValue).toArray());
        return this;
    }

    Bound numbers(Collection<Integer> numbers) throws SQLException {
        binder.ints(numbers.stream().mapToInt(Integer::intValue).toArray());
        return this;
    }

    Bound addresses(Collection<Address> addresses) throws SQLException {
        binder.array("inet", addresses.stream().map(Address::toString).toArray(String[]::new));
        return this;
    }

    Bound moments(Collection<Long> micros) throws SQLException {
        binder.array(
                "timestamptz",
                micros.stream().map(each -> time(each).toString()).toArray(String[]::new));
        return this;
    }

    ResultSet query() throws SQLException {
        return statement.executeQuery();
    }

    private static OffsetDateTime time(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1000)
                .atOffset(ZoneOffset.UTC);
    }

    /** Microseconds since the epoch; 0 where there is none. */
    static long micros(ResultSet rows, int column) throws SQLException {
        OffsetDateTime time = rows.getObject(column, OffsetDateTime.class);
        return time == null ? 0 : time.toEpochSecond() * 1_000_000 + time.getNano() / 1000;
    }

    /** The address; null where there is none. */
    static @Nullable Address address(ResultSet rows, int column) throws SQLException {
        String text = rows.getString(column);
        if (text == null) {
            return null;
        }
        int slash = text.indexOf('/');
        return Address.parse(slash < 0 ? text : text.substring(0, slash));
    }

    private static int port(ResultSet rows, int column) throws SQLException {
        int port = rows.getInt(column);
        return rows.wasNull() ? -1 : port;
    }

    /** The flow of a row with the columns of {@link LookSql}. */
    static FlowRow flow(ResultSet rows) throws SQLException {
        int direction = rows.getInt(4);
        return new FlowRow(
                rows.getLong(1),
                rows.getLong(2),
                rows.getLong(3),
                direction == 0 ? Direction.IN : direction == 1 ? Direction.OUT : Direction.UNKNOWN,
                rows.getInt(5),
                SafeText.of(rows.getString(6)),
                address(rows, 7),
                address(rows, 8),
                port(rows, 9),
                address(rows, 10),
                address(rows, 11),
                port(rows, 12),
                micros(rows, 13),
                micros(rows, 14));
    }

    @Override
    public void close() throws SQLException {
        statement.close();
    }
}
