package shawk.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static shawk.support.RawSampleBuilder.Socket.listen;
import static shawk.support.RawSampleBuilder.Socket.tcp;
import static shawk.support.RawSampleBuilder.Socket.udp;
import static shawk.support.RawSampleBuilder.Socket.unconnected;
import static shawk.support.RawSampleBuilder.at;

import org.junit.jupiter.api.Test;
import shawk.model.Column;
import shawk.model.SocketRecord;
import shawk.model.SocketState;
import shawk.support.RawSampleBuilder;
import shawk.support.RawSampleBuilder.Socket;
import shawk.support.Rows;

/** What holds a connection back. */
final class VerdictsTest {
    private static Socket open() {
        return tcp("10.0.0.1:40000", "10.0.0.2:80")
                .cookie(2)
                .set("bytes_acked", 1)
                .set("segs_out", 1000)
                .set("busy_us", 1000)
                .set("snd_wnd", 5000)
                .set("snd_cwnd", 10);
    }

    private static void check(String expected, Socket... inEachSample) {
        RawSampleBuilder[] samples = new RawSampleBuilder[inEachSample.length];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = at(i + 1).socket(inEachSample[i]);
        }
        assertThat(Folds.rows(samples).verdict(0)).isEqualTo(expected);
    }

    /** {@code expected}: part and whole. */
    private static void checkReason(String expected, Socket... inEachSample) {
        RawSampleBuilder[] samples = new RawSampleBuilder[inEachSample.length];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = at(i + 1).socket(inEachSample[i]);
        }
        Rows rows = Folds.rows(samples);
        assertThat(rows.verdict(0) + " " + reason(rows, Column.VERDICT_PART) + " " + reason(rows, Column.VERDICT_WHOLE))
                .isEqualTo(expected);
    }

    private static String reason(Rows rows, Column column) {
        return rows.text(0, column);
    }

    @Test
    void whatItGoesBy() {
        checkReason("ok - -", open());
        checkReason("rwnd - -", open().set("rwnd_limited_us", 500));
        checkReason(
                "rwnd 78 100",
                open().set("rwnd_limited_us", 500),
                open().set("rwnd_limited_us", 578).set("busy_us", 1100));
        checkReason("sndbuf 60 100", open(), open().set("sndbuf_limited_us", 60).set("busy_us", 1100));
        checkReason("rwnd - -", open(), open().set("rwnd_limited_us", 1L << 31).set("busy_us", 1L << 31));
        checkReason("retransmitting - -", open().set("total_retrans", 11));
        checkReason(
                "retransmitting 1 99", open(), open().set("total_retrans", 1).set("segs_out", 1099));
        checkReason("retransmitting 3 -", open().set("timer", 1).set("retransmits", 3));
        checkReason("cwnd 12 10", open().set("unacked", 12));
        checkReason("app - -", open().set("rqueue", 5).set("last_data_recv_ms", 1000));
        checkReason("app 4 -", open().set("rqueue", 5), open().set("rqueue", 9).set("bytes_received", 4));
        checkReason("peer-not-reading - -", open().set("wqueue", 5).set("timer", 4));
    }

    @Test
    void nothingHoldsItBack() {
        check("ok", open());
        check("ok", open().set("last_data_sent_ms", 90_000).set("last_data_recv_ms", 90_000));
    }

    @Test
    void aPeerThatDoesNotRead() {
        check("peer-not-reading", open().set("wqueue", 5).set("timer", 4));
        check("peer-not-reading", open().set("wqueue", 5).set("snd_wnd", 0));
        check("peer-not-reading", open().set("wqueue", 5).set("timer", 4).absent(SocketRecord.HAS_INFO));
        check("ok", open().set("wqueue", 5).absent(SocketRecord.HAS_SND_WND));
        check("ok", open().set("wqueue", 1).set("snd_wnd", 0).state(SocketState.SYN_SENT));
    }

    @Test
    void repetitions() {
        check("retransmitting", open().set("timer", 1).set("retransmits", 1));
        check("ok", open().set("timer", 2).set("retransmits", 1));
        check("retransmitting", open().set("total_retrans", 11));
        check("ok", open().set("total_retrans", 10));
        check("ok", open().set("total_retrans", 11), open().set("total_retrans", 11));
        check("retransmitting", open(), open().set("total_retrans", 1).set("segs_out", 1099));
        check("ok", open(), open().set("total_retrans", 1).set("segs_out", 1100));
    }

    @Test
    void limitsOfSending() {
        check("rwnd", open().set("rwnd_limited_us", 500));
        check("ok", open().set("rwnd_limited_us", 499));
        check("sndbuf", open().set("sndbuf_limited_us", 500));
        check("sndbuf", open().set("sndbuf_limited_us", 800).set("rwnd_limited_us", 500));
        check("ok", open().set("rwnd_limited_us", 900), open().set("rwnd_limited_us", 900));
        check("rwnd", open(), open().set("rwnd_limited_us", 50).set("busy_us", 1100));
        check("cwnd", open().set("unacked", 10));
        check("ok", open().set("unacked", 9));
        check("ok", open(), open().set("unacked", 10));
    }

    @Test
    void anApplicationThatDoesNotRead() {
        check("app", open().set("rqueue", 5).set("last_data_recv_ms", 1000));
        check("ok", open().set("rqueue", 5).set("last_data_recv_ms", 999));
        check("app", open().set("rqueue", 5), open().set("rqueue", 5));
        check("app", open().set("rqueue", 5), open().set("rqueue", 9).set("bytes_received", 4));
        check("ok", open().set("rqueue", 5), open().set("rqueue", 9).set("bytes_received", 7));
        check("ok", open(), open().set("rqueue", 9).set("bytes_received", 9));
        check(
                "app",
                open().set("rqueue", 5)
                        .set("last_data_recv_ms", 90_000)
                        .set("last_data_sent_ms", 90_000)
                        .set("last_ack_recv_ms", 90_000));
    }

    @Test
    void idleOnes() {
        Socket idle = open().set("last_data_sent_ms", 60_000)
                .set("last_data_recv_ms", 60_000)
                .set("last_ack_recv_ms", 60_000)
                .set("rwnd_limited_us", 900);
        check("idle", idle);
        check("rwnd", idle.set("wqueue", 1));
    }

    @Test
    void listeners() {
        check("-", listen("0.0.0.0:80").cookie(3).set("rqueue", 0).set("wqueue", 0));
        check("-", listen("0.0.0.0:80").cookie(3).set("rqueue", 95).set("wqueue", 128));
        check("app", listen("0.0.0.0:80").cookie(3).set("rqueue", 96).set("wqueue", 128));
    }

    @Test
    void noneForTheRest() {
        check("-", unconnected("0.0.0.0:53"));
        check("-", listen("0.0.0.0:80").set("rqueue", 5));
        check("-", udp("10.0.0.1:40000", "10.0.0.2:53"));
        check("-", tcp("10.0.0.1:40000", "10.0.0.2:80").state(SocketState.TIME_WAIT));
        check("-", tcp("10.0.0.1:40000", "10.0.0.2:80"));
        Rows rows = Folds.rows(at(1).socket(tcp("10.0.0.1:40000", "10.0.0.2:80").absent(SocketRecord.HAS_QUEUES)));
        assertThat(rows.verdict(0)).isEqualTo("-");
    }
}
