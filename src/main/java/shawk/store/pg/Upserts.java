package shawk.store.pg;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import shawk.model.Direction;
import shawk.store.AddressSeen;
import shawk.store.Chunk;
import shawk.store.FlowSeen;
import shawk.store.ListenerSeen;
import shawk.store.ProcessSeen;

/** Each kind of row of a batch: how some of them are stored at once, and what names one of them. */
final class Upserts {
    static final Upsert<ProcessSeen> PROCESSES = new Upsert<>("process", ProcessSeen::id, Upserts::storeProcesses);
    static final Upsert<FlowSeen> FLOWS = new Upsert<>("flow", FlowSeen::id, Upserts::storeFlows);
    static final Upsert<Chunk> LIVE =
            new Upsert<>("live chunk", Upserts::key, (c, host, rows) -> new ChunkColumns(rows).run(c, Sql.LIVE, host));
    static final Upsert<Chunk> FINISHED = new Upsert<>("chunk", Upserts::key, (c, host, rows) -> {
        ChunkColumns columns = new ChunkColumns(rows);
        columns.run(c, Sql.FINISHED, host);
        columns.removeLive(c, host);
    });

    /**
     * A kind of row.
     *
     * @param kind its name, for what is set aside
     * @param key tells rows apart: the same one twice in a statement is an error
     */
    record Upsert<T>(String kind, Function<T, Object> key, Storing<T> storing) {
        /** The rows of which no two have the same key, in the order of their keys; of two the later one. */
        List<T> distinct(List<T> rows) {
            return Upserts.distinct(rows, key, (first, second) -> second);
        }
    }

    /** Stores rows of one host in one statement. */
    @FunctionalInterface
    interface Storing<T> {
        void run(Connection connection, long hostId, List<T> rows) throws SQLException;
    }

    private record ChunkKey(long flowId, long atMicros, int run) {}

    private Upserts() {}

    private static Object key(Chunk chunk) {
        return new ChunkKey(chunk.flowId(), chunk.atMicros(), chunk.run());
    }

    static <T> List<T> distinct(List<T> rows, Function<T, Object> key, BinaryOperator<T> either) {
        Map<Object, T> byKey = new LinkedHashMap<>(rows.size() * 2);
        for (T row : rows) {
            byKey.merge(key.apply(row), row, either);
        }
        return byKey.size() == rows.size() ? rows : List.copyOf(byKey.values());
    }

    private static void storeProcesses(Connection connection, long hostId, List<ProcessSeen> rows) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(Sql.PROCESSES)) {
            new Binder(connection, statement)
                    .number(hostId)
                    .longs(rows, ProcessSeen::id)
                    .texts(rows, row -> row.identity().name())
                    .texts(rows, row -> row.identity().exe())
                    .texts(rows, row -> row.identity().unit())
                    .texts(rows, row -> row.identity().container())
                    .texts(rows, row -> row.identity().user())
                    .ints(rows, ProcessSeen::pid)
                    .ints(rows, ProcessSeen::pgid)
                    .longs(rows, ProcessSeen::startedMicros)
                    .longs(rows, ProcessSeen::seenMicros);
            statement.executeUpdate();
        }
    }

    private static void storeFlows(Connection connection, long hostId, List<FlowSeen> rows) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(Sql.FLOWS)) {
            new Binder(connection, statement)
                    .number(hostId)
                    .longs(rows, FlowSeen::id)
                    .longs(rows, row -> row.identity().processId())
                    .shorts(rows, row -> number(row.identity().direction()))
                    .shorts(rows, row -> row.identity().protocol().number())
                    .texts(rows, row -> row.identity().netns())
                    .texts(rows, row -> row.identity().local())
                    .texts(rows, row -> row.identity().peer())
                    .ints(rows, row -> row.identity().port())
                    .texts(rows, row -> row.identity().natLocal())
                    .texts(rows, row -> row.identity().natPeer())
                    .ints(rows, row -> row.identity().natPort())
                    .longs(rows, FlowSeen::firstMicros)
                    .longs(rows, FlowSeen::lastMicros);
            statement.executeUpdate();
        }
    }

    /** As in the scheme. */
    static int number(Direction direction) {
        return switch (direction) {
            case IN -> 0;
            case OUT -> 1;
            default -> 2;
        };
    }

    /** Listeners, as of {@code seenMicros}. */
    static Upsert<ListenerSeen> listeners(long seenMicros) {
        return new Upsert<>("listener", row -> row, (connection, hostId, rows) -> {
            try (PreparedStatement statement = connection.prepareStatement(Sql.LISTENERS)) {
                new Binder(connection, statement)
                        .number(hostId)
                        .longs(rows, ListenerSeen::processId)
                        .shorts(rows, row -> row.protocol().number())
                        .texts(rows, ListenerSeen::netns)
                        .texts(rows, ListenerSeen::local)
                        .ints(rows, ListenerSeen::port)
                        .longs(rows, row -> seenMicros);
                statement.executeUpdate();
            }
        });
    }

    /** Addresses, as of {@code seenMicros}. */
    static Upsert<AddressSeen> addresses(long seenMicros) {
        return new Upsert<>("address", row -> row, (connection, hostId, rows) -> {
            try (PreparedStatement statement = connection.prepareStatement(Sql.ADDRESSES)) {
                List<AddressSeen> ordered = new ArrayList<>(rows);
                ordered.sort(Comparator.comparing(AddressSeen::netns)
                        .thenComparing(row -> row.address().toString()));
                new Binder(connection, statement)
                        .number(hostId)
                        .texts(ordered, AddressSeen::netns)
                        .texts(ordered, AddressSeen::address)
                        .longs(ordered, row -> seenMicros);
                statement.executeUpdate();
            }
        });
    }

    static long opened(Chunk chunk) {
        long opened = 0;
        for (int each : chunk.opened()) {
            opened += each;
        }
        return opened;
    }

    /** What a row says, for what is set aside. */
    static String describe(@Nullable Object row) {
        if (row instanceof Chunk chunk) {
            return "flow " + chunk.flowId() + " at " + chunk.atMicros() + " run " + chunk.run() + " span "
                    + chunk.spanMinutes() + " opened " + opened(chunk);
        }
        return String.valueOf(row);
    }
}
