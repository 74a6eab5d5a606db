package shawk.store.pg;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import shawk.store.AddressSeen;
import shawk.store.Batch;
import shawk.store.Chunk;
import shawk.store.HostIdentity;
import shawk.store.Store;
import shawk.store.StoreException;
import shawk.store.StoreException.Kind;

/**
 * The store in PostgreSQL. A batch is one transaction, its first statement the step of the ledger; what is rarely
 * written and shared by all nodes of a cluster (the host, its addresses) is a transaction of its own before it.
 */
final class PgStore implements Store {
    private final Session session;
    private final TimeLimits limits;
    private final Partitions partitions;
    private final Upkeep upkeep;
    private @Nullable HostIdentity host;

    PgStore(Session session, TimeLimits limits) {
        this.session = session;
        this.limits = limits;
        this.partitions = new Partitions(session);
        this.upkeep = new Upkeep(session, partitions);
    }

    @Override
    public Lease register(HostIdentity identity, UUID instance) throws StoreException {
        long hostId = identity.id();
        // The database may be another one by now, or an older copy of it.
        host = null;
        partitions.forget();
        return session.transact(limits, connection -> {
            Scheme.check(connection, session.url());
            lockHost(connection, hostId);
            return takeOver(connection, hostId, instance);
        });
    }

    @Override
    public Lease registerIfFree(HostIdentity identity, UUID instance) throws StoreException {
        long hostId = identity.id();
        return session.transact(limits, connection -> {
            Scheme.check(connection, session.url());
            lockHost(connection, hostId);
            try (PreparedStatement statement = connection.prepareStatement(Sql.IS_STORED_BY_ANOTHER)) {
                new Binder(connection, statement).number(hostId).value(instance);
                try (ResultSet rows = statement.executeQuery()) {
                    if (rows.next()) {
                        throw new StoreException(
                                Kind.FENCED, "the agent of this host stores it already: it did within two minutes");
                    }
                }
            }
            return takeOver(connection, hostId, instance);
        });
    }

    @Override
    public Lease resume(HostIdentity identity, Lease held) throws StoreException {
        return session.transact(limits, connection -> {
            Scheme.check(connection, session.url());
            lockHost(connection, held.hostId());
            try (PreparedStatement statement = connection.prepareStatement(Sql.READ_LEDGER)) {
                new Binder(connection, statement).number(held.hostId()).value(held.instance());
                try (ResultSet rows = statement.executeQuery()) {
                    // Less than was held: the database was restored to what it was before.
                    if (!rows.next() || rows.getLong(1) < held.epoch()) {
                        return takeOver(connection, held.hostId(), held.instance());
                    }
                    if (rows.getLong(1) > held.epoch()) {
                        throw takenOver();
                    }
                    return new Lease(held.hostId(), held.instance(), held.epoch(), rows.getLong(2));
                }
            }
        });
    }

    static StoreException takenOver() {
        return new StoreException(
                Kind.FENCED,
                "another agent has taken this host over in the CMDB: one that runs here too, or one on a copy"
                        + " of this machine with the same /etc/machine-id; stop one of them, or give the copy"
                        + " an id of its own");
    }

    private static Lease takeOver(Connection connection, long hostId, UUID instance) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(Sql.ADD_AGENT)) {
            new Binder(connection, statement).number(hostId).value(instance);
            statement.executeUpdate();
        }
        long epoch = queryLong(connection, Sql.LAST_EPOCH, hostId) + 1;
        try (PreparedStatement statement = connection.prepareStatement(Sql.TAKE_HOST)) {
            new Binder(connection, statement).number(epoch).number(hostId);
            statement.executeUpdate();
        }
        try (PreparedStatement statement = connection.prepareStatement(Sql.READ_LEDGER)) {
            new Binder(connection, statement).number(hostId).value(instance);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return new Lease(hostId, instance, epoch, rows.getLong(2));
            }
        }
    }

    /** Two that take the same host over at once do so one after the other. */
    private static void lockHost(Connection connection, long hostId) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(Sql.LOCK_HOST)) {
            new Binder(connection, statement).number((int) (hostId ^ hostId >>> 32));
            statement.executeQuery().close();
        }
    }

    private static long queryLong(Connection connection, String sql, long hostId) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            new Binder(connection, statement).number(hostId);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? rows.getLong(1) : 0;
            }
        }
    }

    @Override
    public Written write(Lease lease, long sequence, Batch batch) throws StoreException {
        int refused = writeHost(batch);
        Set<LocalDate> days = new HashSet<>();
        for (Chunk chunk : batch.finished()) {
            days.add(Partitions.day(chunk));
        }
        Written written;
        try {
            written = write(lease, sequence, batch, false, partitions.ensure(days));
        } catch (StoreException e) {
            if (e.kind() != Kind.CONTENT) {
                throw e;
            }
            // A partition that somebody has dropped looks like a bad row.
            partitions.forget();
            written = write(lease, sequence, batch, true, partitions.ensure(days));
        }
        int addresses = batch.addresses().size() - refused;
        return written.before()
                ? written
                : new Written(false, written.rows() + addresses, written.rejected() + refused);
    }

    private Written write(Lease lease, long sequence, Batch batch, boolean careful, Set<LocalDate> noPartition)
            throws StoreException {
        return session.transact(
                limits, connection -> new BatchWriter(lease, sequence, batch, careful, noPartition).run(connection));
    }

    /**
     * The host and its addresses, where there is something new; harmless when repeated. Addresses that are not taken.
     */
    private int writeHost(Batch batch) throws StoreException {
        int refused = 0;
        if (!batch.host().equals(host)) {
            session.transact(limits, connection -> storeHost(connection, batch));
            host = batch.host();
        }
        if (!batch.addresses().isEmpty()) {
            Upserts.Upsert<AddressSeen> upsert =
                    Upserts.addresses(batch.status().atMicros());
            List<AddressSeen> rows = upsert.distinct(batch.addresses());
            try {
                session.transact(limits, connection -> {
                    upsert.storing().run(connection, batch.host().id(), rows);
                    return rows.size();
                });
            } catch (StoreException e) {
                if (e.kind() != Kind.CONTENT) {
                    throw e;
                }
                refused = writeOneByOne(batch.host().id(), upsert, rows);
            }
        }
        return refused;
    }

    private int writeOneByOne(long hostId, Upserts.Upsert<AddressSeen> upsert, List<AddressSeen> rows)
            throws StoreException {
        int refused = 0;
        for (AddressSeen row : rows) {
            try {
                session.transact(limits, connection -> {
                    upsert.storing().run(connection, hostId, List.of(row));
                    return row;
                });
            } catch (StoreException e) {
                if (e.kind() != Kind.CONTENT) {
                    throw e;
                }
                refused++;
            }
        }
        return refused;
    }

    private static Batch storeHost(Connection connection, Batch batch) throws SQLException {
        HostIdentity identity = batch.host();
        try (PreparedStatement statement = connection.prepareStatement(Sql.HOST)) {
            new Binder(connection, statement)
                    .number(identity.id())
                    .text(identity.machineId())
                    .text(identity.name().value())
                    .text(identity.bootId())
                    .number(batch.status().atMicros());
            statement.executeUpdate();
        }
        return batch;
    }

    @Override
    public void maintain(Lease lease) throws StoreException {
        upkeep.run(lease.hostId());
    }

    @Override
    public void close() {
        session.close();
    }
}
