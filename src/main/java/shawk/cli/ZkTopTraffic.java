package shawk.cli;

import java.util.Arrays;
import shawk.screen.zk.TopTotals;
import shawk.zk.proto.Kind;
import shawk.zk.proto.Message;
import shawk.zk.tally.Tally;

/** All that was captured, whatever the filter. Used by one thread. */
final class ZkTopTraffic {
    private static final double MICROS = 1e6;

    /** When the first message came; 0 = none has. */
    long firstMicros;
    /** When the last one did; {@link Long#MIN_VALUE} = none has. */
    long newestMicros = Long.MIN_VALUE;
    /** As of the last look while the capture was open; -1 = a file does not tell. */
    long dropped = -1;

    private final long[] now = new long[4];
    private final long[] before = new long[4];
    private final double[] rates = {Double.NaN, Double.NaN, Double.NaN, Double.NaN};
    /** When the first interval began; 0 = none has. */
    private long beganMicros;

    private long fromMicros;
    private long open;

    void message(Message message) {
        firstMicros = firstMicros == 0 ? message.micros : Math.min(firstMicros, message.micros);
        newestMicros = Math.max(newestMicros, message.micros);
        if (message.kind == Kind.REQUEST) {
            now[0]++;
            open++;
        } else if (message.kind == Kind.REPLY) {
            now[1]++;
            now[2] += Tally.hasFailed(message) ? 1 : 0;
            open -= message.request == null ? 0 : 1;
        } else if (message.kind == Kind.EVENT) {
            now[3]++;
        }
    }

    void unanswered(Message request) {
        open -= request.kind == Kind.REQUEST ? 1 : 0;
    }

    /** An interval begins. */
    void begin(long micros) {
        beganMicros = beganMicros == 0 ? micros : beganMicros;
        fromMicros = micros;
    }

    /** The interval is over, if it was half as long as {@code least} at least: a rate of less is noise. */
    void cut(long micros, long least) {
        long length = micros - fromMicros;
        if (fromMicros != 0 && length >= Math.max(1, least / 2)) {
            Arrays.setAll(rates, i -> (now[i] - before[i]) * MICROS / length);
            System.arraycopy(now, 0, before, 0, now.length);
            fromMicros = micros;
        }
    }

    /** Rates are means over all of the time, which in a file begins with the first message. */
    void whole(long untilMicros) {
        long sinceMicros = beganMicros == 0 ? firstMicros : beganMicros;
        double seconds =
                sinceMicros == 0 || untilMicros <= sinceMicros ? Double.NaN : (untilMicros - sinceMicros) / MICROS;
        Arrays.setAll(rates, i -> now[i] / seconds);
    }

    TopTotals totals(ZkRun.State run) {
        return totals(run.streams().ledger().gap, run.streams().ledger().malformed);
    }

    TopTotals totals(long missing, long undecoded) {
        return new TopTotals(rates[0], rates[1], rates[2], rates[3], Math.max(0, open), dropped, missing, undecoded);
    }
}
