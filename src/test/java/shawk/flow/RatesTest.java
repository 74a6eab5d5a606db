package shawk.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static shawk.support.RawSampleBuilder.Socket.tcp;
import static shawk.support.RawSampleBuilder.at;

import org.junit.jupiter.api.Test;
import shawk.model.Column;
import shawk.model.RawSample;
import shawk.model.SocketState;
import shawk.support.RawSampleBuilder;
import shawk.support.RawSampleBuilder.Socket;
import shawk.support.Rows;

/** Rates come from two samples and the time between. */
final class RatesTest {
    private static Socket client(long acked, long received) {
        return tcp("10.0.0.1:40000", "10.0.0.2:80")
                .cookie(2)
                .set("bytes_acked", acked)
                .set("bytes_received", received);
    }

    private static void check(String expected, RawSampleBuilder... samples) {
        Rows rows = Folds.rows(samples);
        int row = rows.row(40000, 80);
        assertThat(rows.text(row, Column.TX_RATE) + " " + rows.text(row, Column.RX_RATE))
                .isEqualTo(expected);
    }

    @Test
    void theFirstSampleHasNone() {
        check("- -", at(1).socket(client(101, 7)));
    }

    @Test
    void perSecondOfTheTimeBetween() {
        check("100 5", at(1).socket(client(101, 7)), at(2).socket(client(201, 12)));
        check("50 3", at(1).socket(client(101, 7)), at(3).socket(client(201, 12)));
        check("200 10", at(1).socket(client(101, 7)), at(1.5).socket(client(201, 12)));
        check("0 0", at(1).socket(client(101, 7)), at(2).socket(client(101, 7)));
    }

    @Test
    void whatOpenedInBetweenCountsFromNothing() {
        check("100 7", at(1), at(2).socket(client(101, 7)));
        Socket attempt = client(0, 0).state(SocketState.SYN_SENT);
        check("100 7", at(1).socket(attempt), at(2).socket(client(101, 7)));
    }

    @Test
    void countersThatGoBackGiveNone() {
        check("- -", at(1).socket(client(101, 70)), at(2).socket(client(51, 7)));
        check("10 1", at(1).socket(client(101, 70)), at(2).socket(client(51, 7)), at(3).socket(client(61, 8)));
    }

    @Test
    void aGapInBetweenGivesNone() {
        RawSampleBuilder unread = at(2).unread(RawSample.TCP4);
        check("- -", at(1).socket(client(101, 7)), unread, at(3).socket(client(201, 12)));
        check(
                "10 1",
                at(1).socket(client(101, 7)),
                unread,
                at(3).socket(client(201, 12)),
                at(4).socket(client(211, 13)));
    }

    @Test
    void aClockThatStandsStillGivesNone() {
        check("- -", at(1).socket(client(101, 7)), at(1).socket(client(201, 12)));
    }

    @Test
    void aReusedPortBeginsAnew() {
        check("20 3", at(1).socket(client(101, 7)), at(2).socket(client(21, 3).cookie(3)));
    }
}
