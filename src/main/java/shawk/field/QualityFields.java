package shawk.field;

import static shawk.field.MeasureField.Rollup.MAX;
import static shawk.field.MeasureField.Rollup.NONE;
import static shawk.field.MeasureField.Rollup.P50;
import static shawk.field.MeasureField.Rollup.P95;

import java.util.List;
import java.util.stream.Stream;
import shawk.field.MeasureField.Unit;
import shawk.model.Column;
import shawk.model.Snapshot;
import shawk.model.Verdict;

/** Fields that say how well a TCP connection goes, out of the kernel's tcp_info. */
public final class QualityFields {
    public static final MeasureField RTT = new MeasureField.Builder("rtt", "RTT", Unit.MICROS)
            .reads(Column.RTT)
            .rollup(P50)
            .width(6)
            .help("smoothed round-trip time; of a group the median");

    public static final MeasureField RTT_P95 = new MeasureField.Builder("rtt_p95", "RTT95", Unit.MICROS)
            .reads(Column.RTT)
            .rollup(P95)
            .ofGroupsOnly()
            .width(6)
            .help("of a group: 95 % of the round-trip times are no longer than this");

    public static final MeasureField RTT_MAX = new MeasureField.Builder("rtt_max", "RTTMAX", Unit.MICROS)
            .reads(Column.RTT)
            .rollup(MAX)
            .ofGroupsOnly()
            .width(6)
            .help("of a group: the longest round-trip time");

    public static final MeasureField RTTVAR = new MeasureField.Builder("rttvar", "RTTVAR", Unit.MICROS)
            .reads(Column.RTTVAR)
            .rollup(P50)
            .width(6)
            .help("mean variation of the round-trip time; of a group the median");

    public static final MeasureField MIN_RTT = new MeasureField.Builder("min_rtt", "MINRTT", Unit.MICROS)
            .reads(Column.MIN_RTT)
            .rollup(P50)
            .width(6)
            .help("shortest round-trip time lately; of a group the median");

    public static final MeasureField RETRANS = new MeasureField.Builder("retrans", "RETRANS", Unit.SEGMENTS)
            .reads(Column.RETRANS)
            .width(7)
            .help("segments retransmitted since the connection began");

    public static final MeasureField RETRANS_PCT = new MeasureField.Builder("retrans_pct", "RETR%", Unit.PERCENT)
            .reads((s, row) -> share(s, row, Column.RETRANS, Column.SEGS_OUT))
            .weightedBy(Column.SEGS_OUT)
            .width(5)
            .help("of the segments sent, how many per cent were retransmissions");

    public static final MeasureField CWND = new MeasureField.Builder("cwnd", "CWND", Unit.SEGMENTS)
            .reads(Column.CWND)
            .rollup(NONE)
            .width(7)
            .help("congestion window");

    public static final MeasureField SSTHRESH = new MeasureField.Builder("ssthresh", "SSTHRESH", Unit.SEGMENTS)
            .reads(Column.SSTHRESH)
            .rollup(NONE)
            .width(8)
            .help("slow start threshold; none while the kernel has set none");

    public static final MeasureField MSS = new MeasureField.Builder("mss", "MSS", Unit.BYTES)
            .reads(Column.MSS)
            .rollup(NONE)
            .width(6)
            .help("size of the largest segment sent");

    public static final MeasureField PACING_RATE = new MeasureField.Builder(
                    "pacing_rate", "PACING", Unit.BYTES_PER_SECOND)
            .reads(Column.PACING_RATE)
            .rollup(NONE)
            .width(8)
            .help("rate at which the kernel lets segments go; none where unlimited");

    public static final MeasureField DELIVERY_RATE = new MeasureField.Builder(
                    "delivery_rate", "DELIVERY", Unit.BYTES_PER_SECOND)
            .reads(Column.DELIVERY_RATE)
            .rollup(NONE)
            .width(8)
            .help("rate at which data last reached the peer");

    public static final KeyField CONG = new KeyField.Builder("cong", "CONG")
            .text(Column.CONG)
            .rollup(KeyField.Rollup.NONE)
            .width(8)
            .help("congestion control algorithm");

    public static final MeasureField RWND_LIMITED = new MeasureField.Builder("rwnd_limited", "RWND%", Unit.PERCENT)
            .reads((s, row) -> share(s, row, Column.RWND_LIMITED_MICROS, Column.BUSY_MICROS))
            .weightedBy(Column.BUSY_MICROS)
            .width(5)
            .help("of the time with data to send, how many per cent the receiver's window held it back");

    public static final MeasureField SNDBUF_LIMITED = new MeasureField.Builder("sndbuf_limited", "SNDB%", Unit.PERCENT)
            .reads((s, row) -> share(s, row, Column.SNDBUF_LIMITED_MICROS, Column.BUSY_MICROS))
            .weightedBy(Column.BUSY_MICROS)
            .width(5)
            .help("of the time with data to send, how many per cent the own send buffer held it back");

    public static final MeasureField CWND_LIMITED = new MeasureField.Builder("cwnd_limited", "CWND%", Unit.PERCENT)
            .reads(QualityFields::cwndLimited)
            .weightedBy(Column.BUSY_MICROS)
            .width(5)
            .help("of the time with data to send, how many per cent remain: the congestion window, "
                    + "that is the network");

    public static final KeyField VERDICT = new KeyField.Builder("verdict", "VERDICT")
            .ordinal(
                    Column.VERDICT, Stream.of(Verdict.values()).map(Verdict::id).toList())
            .groupable()
            .rollup(KeyField.Rollup.MOST_FREQUENT)
            .width(16)
            .help("what holds the connection back: ok, rwnd, sndbuf, cwnd, app, peer-not-reading, "
                    + "retransmitting, idle");

    static final List<Field> ALL = List.of(
            RTT,
            RTT_P95,
            RTT_MAX,
            RTTVAR,
            MIN_RTT,
            RETRANS,
            RETRANS_PCT,
            CWND,
            SSTHRESH,
            MSS,
            PACING_RATE,
            DELIVERY_RATE,
            CONG,
            RWND_LIMITED,
            SNDBUF_LIMITED,
            CWND_LIMITED,
            VERDICT);

    private QualityFields() {}

    /** Whether {@code field} is one of these. */
    public static boolean isQuality(Field field) {
        return ALL.contains(field);
    }

    /** {@code NaN} where there is no whole to be part of. */
    private static double share(Snapshot snapshot, int row, Column part, Column whole) {
        double all = MeasureField.amount(snapshot, whole, row);
        return all > 0 ? 100 * MeasureField.amount(snapshot, part, row) / all : Double.NaN;
    }

    /** The three are read at one moment but counted apart, so that the difference may fall a little below 0. */
    private static double cwndLimited(Snapshot snapshot, int row) {
        double rest = 100
                - share(snapshot, row, Column.RWND_LIMITED_MICROS, Column.BUSY_MICROS)
                - share(snapshot, row, Column.SNDBUF_LIMITED_MICROS, Column.BUSY_MICROS);
        return Math.max(0, rest);
    }
}
