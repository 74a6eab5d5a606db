package shawk.store.pg;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Puts values into a statement, one after the other; arrays go in the server's own binary form. */
final class Binder {
    private final Connection connection;
    private final PreparedStatement statement;
    private int next = 1;

    Binder(Connection connection, PreparedStatement statement) {
        this.connection = connection;
        this.statement = statement;
    }

    Binder number(long value) throws SQLException {
        statement.setLong(next++, value);
        return this;
    }

    Binder number(int value) throws SQLException {
        statement.setInt(next++, value);
        return this;
    }

    Binder text(String value) throws SQLException {
        statement.setString(next++, value);
        return this;
    }

    Binder flag(boolean value) throws SQLException {
        statement.setBoolean(next++, value);
        return this;
    }

    Binder value(Object value) throws SQLException {
        statement.setObject(next++, value);
        return this;
    }

    Binder longs(long[] values) throws SQLException {
        return array("int8", values);
    }

    Binder ints(int[] values) throws SQLException {
        return array("int4", values);
    }

    Binder shorts(short[] values) throws SQLException {
        return array("int2", values);
    }

    Binder booleans(boolean[] values) throws SQLException {
        return array("bool", values);
    }

    <T> Binder longs(List<T> rows, ToLongFunction<T> value) throws SQLException {
        return longs(rows.stream().mapToLong(value).toArray());
    }

    <T> Binder ints(List<T> rows, ToIntFunction<T> value) throws SQLException {
        return ints(rows.stream().mapToInt(value).toArray());
    }

    <T> Binder shorts(List<T> rows, ToIntFunction<T> value) throws SQLException {
        short[] values = new short[rows.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (short) value.applyAsInt(rows.get(i));
        }
        return shorts(values);
    }

    <T> Binder texts(List<T> rows, Function<T, @Nullable Object> value) throws SQLException {
        @Nullable String[] values = new String[rows.size()];
        for (int i = 0; i < values.length; i++) {
            Object each = value.apply(rows.get(i));
            values[i] = each == null ? null : each.toString();
        }
        return array("text", values);
    }

    /** {@code values}: an array of what the type is here, or of texts. */
    Binder array(String type, Object values) throws SQLException {
        statement.setArray(
                next++, connection.unwrap(org.postgresql.PGConnection.class).createArrayOf(type, values));
        return this;
    }
}
