package shawk.store.pg;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Types;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import shawk.model.SafeText;
import shawk.store.AgentStatus;
import shawk.store.Batch;
import shawk.store.Chunk;
import shawk.store.Gap;
import shawk.store.Store.Lease;
import shawk.store.Store.Written;
import shawk.store.StoreException;

/**
 * What one batch is within its transaction: the ledger's step first, which decides and locks, then the rows. Made for
 * one attempt. A careful one finds rows that the server does not take, by halves, and sets them aside.
 */
final class BatchWriter {
    /** Rows set aside of one batch; with more of them it is the batch that is wrong. */
    private static final int MOST_REJECTED = 500;

    private static final String NO_DAY = "its time is longer ago than chunks are kept, or more than three days ahead";
    private static final int MOST_TEXT = 2_000;
    private static final long HOUR_MICROS = 3_600_000_000L;

    private final Lease lease;
    private final long sequence;
    private final Batch batch;
    private final boolean careful;
    private final Set<LocalDate> noPartition;
    private final List<String[]> rejected = new ArrayList<>();
    private int stored;
    private int blamed;
    private int untold;

    /**
     * @param careful whether to look for rows that are not taken, which costs savepoints
     * @param noPartition days for which nothing can be stored
     */
    BatchWriter(Lease lease, long sequence, Batch batch, boolean careful, Set<LocalDate> noPartition) {
        this.lease = lease;
        this.sequence = sequence;
        this.batch = batch;
        this.careful = careful;
        this.noPartition = noPartition;
    }

    Written run(Connection connection) throws SQLException, StoreException {
        if (!step(connection)) {
            return new Written(true, 0, 0);
        }
        long now = batch.status().atMicros();
        store(connection, Upserts.PROCESSES, batch.processes());
        store(connection, Upserts.FLOWS, batch.flows());
        store(connection, Upserts.listeners(now), batch.listeners());
        store(connection, Upserts.LIVE, batch.live());
        List<Chunk> finished = storable(batch.finished());
        store(connection, Upserts.FINISHED, finished);
        gaps(connection, lease, sequence, batch.gaps());
        stored += batch.gaps().size();
        status(connection, lease.hostId(), batch.status(), firstHour(finished));
        setAside(connection, now);
        return new Written(false, stored, rejected.size() + untold);
    }

    /** False where the batch had been stored before. */
    private boolean step(Connection connection) throws SQLException, StoreException {
        try (PreparedStatement statement = connection.prepareStatement(Sql.LEDGER_STEP)) {
            new Binder(connection, statement)
                    .number(sequence)
                    .number(lease.hostId())
                    .value(lease.instance())
                    .number(lease.epoch())
                    .number(sequence);
            if (statement.executeUpdate() == 1) {
                return true;
            }
        }
        try (PreparedStatement statement = connection.prepareStatement(Sql.READ_LEDGER)) {
            new Binder(connection, statement).number(lease.hostId()).value(lease.instance());
            try (ResultSet rows = statement.executeQuery()) {
                if (!rows.next() || rows.getLong(1) < lease.epoch()) {
                    throw new StoreException(
                            StoreException.Kind.AWAY,
                            "the CMDB does not know this agent any more, as if it were another database");
                }
                if (rows.getLong(1) == lease.epoch() && rows.getLong(2) >= sequence) {
                    return false;
                }
                throw PgStore.takenOver();
            }
        }
    }

    private List<Chunk> storable(List<Chunk> chunks) {
        if (noPartition.isEmpty()) {
            return chunks;
        }
        List<Chunk> storable = new ArrayList<>();
        long opened = 0;
        for (Chunk chunk : chunks) {
            if (!noPartition.contains(Partitions.day(chunk))) {
                storable.add(chunk);
            } else if (rejected.size() < MOST_REJECTED) {
                reject(Upserts.FINISHED.kind(), NO_DAY, chunk);
            } else {
                untold++;
                opened += Upserts.opened(chunk);
            }
        }
        if (untold > 0) {
            // It is one row, and counts as one.
            untold--;
            reject(Upserts.FINISHED.kind(), NO_DAY, untold + 1 + " more, opened " + opened);
        }
        return storable;
    }

    private <T> void store(Connection connection, Upserts.Upsert<T> upsert, List<T> given) throws SQLException {
        if (given.isEmpty()) {
            return;
        }
        List<T> rows = upsert.distinct(given);
        if (!careful) {
            upsert.storing().run(connection, lease.hostId(), rows);
            stored += rows.size();
        } else {
            storeCarefully(connection, upsert, rows);
        }
    }

    private <T> void storeCarefully(Connection connection, Upserts.Upsert<T> upsert, List<T> rows) throws SQLException {
        Savepoint before = connection.setSavepoint();
        try {
            upsert.storing().run(connection, lease.hostId(), rows);
            connection.releaseSavepoint(before);
            stored += rows.size();
        } catch (SQLException e) {
            if (!PgErrors.isAboutRows(e) || blamed >= MOST_REJECTED) {
                throw e;
            }
            connection.rollback(before);
            connection.releaseSavepoint(before);
            if (rows.size() == 1) {
                blamed++;
                reject(upsert.kind(), PgErrors.said(e), rows.get(0));
                return;
            }
            int middle = rows.size() / 2;
            storeCarefully(connection, upsert, rows.subList(0, middle));
            storeCarefully(connection, upsert, rows.subList(middle, rows.size()));
        }
    }

    private void reject(String kind, String reason, Object row) {
        rejected.add(new String[] {kind, plain(reason), plain(Upserts.describe(row))});
    }

    /** ASCII alone, whatever the database's encoding, and short: what sets rows aside must not fail for their sake. */
    private static String plain(String text) {
        StringBuilder out = new StringBuilder();
        SafeText.of(text).value().codePoints().limit(MOST_TEXT).forEach(c -> {
            if (c < 0x7f) {
                out.append((char) c);
            } else {
                out.append("\\u{").append(Integer.toHexString(c)).append('}');
            }
        });
        return out.toString();
    }

    private void setAside(Connection connection, long now) throws SQLException {
        if (rejected.isEmpty()) {
            return;
        }
        int[] numbers = new int[rejected.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = i;
        }
        try (PreparedStatement statement = connection.prepareStatement(Sql.REJECTED)) {
            new Binder(connection, statement)
                    .number(lease.hostId())
                    .value(lease.instance())
                    .number(sequence)
                    .number(now)
                    .ints(numbers)
                    .texts(rejected, row -> row[0])
                    .texts(rejected, row -> row[1])
                    .texts(rejected, row -> row[2]);
            statement.executeUpdate();
        }
    }

    private static void gaps(Connection connection, Lease lease, long sequence, List<Gap> gaps) throws SQLException {
        if (gaps.isEmpty()) {
            return;
        }
        int[] numbers = new int[gaps.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = i;
        }
        UUID instance = lease.instance();
        try (PreparedStatement statement = connection.prepareStatement(Sql.GAP)) {
            new Binder(connection, statement)
                    .number(lease.hostId())
                    .value(instance)
                    .number(sequence)
                    .ints(numbers)
                    .longs(gaps, Gap::fromMicros)
                    .longs(gaps, Gap::toMicros)
                    .texts(gaps, gap -> SafeText.of(gap.reason()))
                    .longs(gaps, Gap::flows)
                    .longs(gaps, Gap::connections);
            statement.executeUpdate();
        }
    }

    /**
     * When the hour of the first of them began, microseconds since the epoch: from there on hours are summed up anew.
     */
    private static long firstHour(List<Chunk> chunks) {
        long first = Long.MAX_VALUE;
        for (Chunk chunk : chunks) {
            first = Math.min(first, chunk.atMicros());
        }
        return first == Long.MAX_VALUE ? first : Math.floorDiv(first, HOUR_MICROS) * HOUR_MICROS;
    }

    private static void status(Connection connection, long hostId, AgentStatus status, long firstHour)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(Sql.STATUS)) {
            new Binder(connection, statement)
                    .number(hostId)
                    .number(status.atMicros())
                    .text(SafeText.of(status.version()).value())
                    .text(SafeText.of(status.source()).value())
                    .flag(status.exact())
                    .number(status.intervalMicros())
                    .number(status.lost())
                    .number(status.spoolBytes());
            if (firstHour == Long.MAX_VALUE) {
                statement.setNull(9, Types.BIGINT);
            } else {
                statement.setLong(9, firstHour);
            }
            statement.executeUpdate();
        }
    }
}
