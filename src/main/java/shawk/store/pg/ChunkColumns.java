package shawk.store.pg;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import shawk.store.Chunk;

/** Chunks as the flat arrays that {@link Sql#LIVE} takes: a column is one array, each chunk a slice of all of them. */
final class ChunkColumns {
    private static final int COUNTERS = 8;

    private final long[] flowId;
    private final long[] at;
    private final int[] run;
    private final short[] span;
    private final boolean[] complete;
    private final int[] zero;
    private final int[] first;
    private final int[] last;
    private final int[] proofFirst;
    private final int[] proofLast;
    private final short[] minutes;
    private final int[][] numbers = new int[COUNTERS][];
    private final long[] txBytes;
    private final long[] rxBytes;
    private final long[] evidence;

    ChunkColumns(List<Chunk> chunks) {
        int rows = chunks.size();
        flowId = new long[rows];
        at = new long[rows];
        run = new int[rows];
        span = new short[rows];
        complete = new boolean[rows];
        zero = new int[rows];
        first = new int[rows];
        last = new int[rows];
        proofFirst = new int[rows];
        proofLast = new int[rows];
        int elements = 0;
        int proofs = 0;
        for (Chunk chunk : chunks) {
            elements += chunk.minutes().length;
            proofs += chunk.evidence().length;
        }
        minutes = new short[elements];
        txBytes = new long[elements];
        rxBytes = new long[elements];
        evidence = new long[proofs];
        for (int i : new int[] {0, 1, 2, 3, 6, 7}) {
            numbers[i] = new int[elements];
        }
        int element = 0;
        int proof = 0;
        for (int row = 0; row < rows; row++) {
            Chunk chunk = chunks.get(row);
            put(row, chunk, element, proof);
            element += chunk.minutes().length;
            proof += chunk.evidence().length;
        }
    }

    /** Slices count from 1 and hold their last element. */
    private void put(int row, Chunk chunk, int element, int proof) {
        int length = chunk.minutes().length;
        flowId[row] = chunk.flowId();
        at[row] = chunk.atMicros();
        run[row] = chunk.run();
        span[row] = (short) chunk.spanMinutes();
        complete[row] = chunk.complete();
        first[row] = element + 1;
        last[row] = element + length;
        proofFirst[row] = proof + 1;
        proofLast[row] = proof + chunk.evidence().length;
        System.arraycopy(chunk.minutes(), 0, minutes, element, length);
        System.arraycopy(chunk.evidence(), 0, evidence, proof, chunk.evidence().length);
        int zeros = 0;
        int[][] given = {
            chunk.opened(), chunk.closed(), chunk.failed(), chunk.peak(), {}, {}, chunk.rttMicros(), chunk.retrans()
        };
        for (int i = 0; i < COUNTERS; i++) {
            if (numbers[i] != null) {
                zeros |= given[i].length == 0 ? 1 << i : 0;
                System.arraycopy(given[i], 0, numbers[i], element, Math.min(given[i].length, length));
            }
        }
        zeros |= copy(chunk.txBytes(), txBytes, element, length) << 4;
        zeros |= copy(chunk.rxBytes(), rxBytes, element, length) << 5;
        zero[row] = zeros;
    }

    private static int copy(long[] from, long[] to, int element, int length) {
        System.arraycopy(from, 0, to, element, Math.min(from.length, length));
        return from.length == 0 ? 1 : 0;
    }

    /** Stores them. */
    void run(Connection connection, String sql, long hostId) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            Binder binder = new Binder(connection, statement).number(hostId);
            binder.shorts(minutes);
            for (int i = 0; i < COUNTERS; i++) {
                if (numbers[i] != null) {
                    binder.ints(numbers[i]);
                } else {
                    binder.longs(i == 4 ? txBytes : rxBytes);
                }
            }
            binder.longs(evidence);
            binder.longs(flowId)
                    .longs(at)
                    .ints(run)
                    .shorts(span)
                    .booleans(complete)
                    .ints(zero);
            binder.ints(first).ints(last).ints(proofFirst).ints(proofLast);
            statement.executeUpdate();
        }
    }

    /** Takes what {@link #run} stored as over out of what is live. */
    void removeLive(Connection connection, long hostId) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(Sql.NO_LONGER_LIVE)) {
            new Binder(connection, statement).longs(flowId).longs(at).ints(run).number(hostId);
            statement.executeUpdate();
        }
    }

    @Override
    public String toString() {
        return "ChunkColumns" + Arrays.toString(flowId);
    }
}
