package shawk.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static shawk.support.RawSampleBuilder.Socket.listen;
import static shawk.support.RawSampleBuilder.Socket.tcp;
import static shawk.support.RawSampleBuilder.Socket.udp;
import static shawk.support.RawSampleBuilder.at;

import org.junit.jupiter.api.Test;
import shawk.model.Column;
import shawk.model.SocketRecord;
import shawk.model.SocketState;
import shawk.support.RawSampleBuilder.Socket;
import shawk.support.Rows;

/** Payload bytes, without the SYN and the FINs that the kernel counts; figures as real sockets gave them. */
final class PayloadTest {
    private static void check(Socket socket, String expected) {
        Rows rows = Folds.rows(at(1).socket(socket.cookie(2)));
        assertThat(rows.text(0, Column.TX_BYTES) + " " + rows.text(0, Column.RX_BYTES))
                .isEqualTo(expected);
    }

    private static Socket client(SocketState state, long acked, long received) {
        return tcp("10.0.0.1:40000", "10.0.0.2:80")
                .state(state)
                .set("bytes_acked", acked)
                .set("bytes_received", received);
    }

    private static Socket server(SocketState state, long acked, long received) {
        return tcp("10.0.0.1:80", "10.0.0.2:40000")
                .state(state)
                .set("bytes_acked", acked)
                .set("bytes_received", received);
    }

    @Test
    void whileItIsOpen() {
        check(client(SocketState.ESTABLISHED, 5, 5).set("bytes_sent", 4), "4 5");
        check(server(SocketState.ESTABLISHED, 5, 4).set("bytes_sent", 5), "5 4");
        check(client(SocketState.ESTABLISHED, 1, 0).set("bytes_sent", 0), "0 0");
        check(client(SocketState.SYN_SENT, 0, 0), "0 0");
    }

    @Test
    void whileItCloses() {
        check(client(SocketState.FIN_WAIT2, 6, 5).set("bytes_sent", 4), "4 5");
        check(server(SocketState.CLOSE_WAIT, 5, 5).set("bytes_sent", 5), "5 4");
        check(client(SocketState.FIN_WAIT1, 5, 5).set("unacked", 1), "4 5");
        check(server(SocketState.LAST_ACK, 8, 5).set("unacked", 1), "8 4");
        check(client(SocketState.CLOSING, 5, 6).set("unacked", 1), "4 5");
    }

    @Test
    void withBytesInFlight() {
        Socket blocked = client(SocketState.ESTABLISHED, 20001, 0)
                .set("bytes_sent", 80000)
                .set("bytes_retrans", 40000)
                .set("unacked", 1)
                .set("notsent_bytes", 3830697)
                .set("wqueue", 3850697);
        check(blocked, "20000 0");
        check(server(SocketState.ESTABLISHED, 100, 7).set("unacked", 3), "100 7");
    }

    @Test
    void withBytesInFlightWhoeverOpenedIt() {
        Socket unknown = tcp("10.0.0.1:40000", "10.0.0.2:40001")
                .set("bytes_acked", 101)
                .set("bytes_sent", 150)
                .set("unacked", 1)
                .set("notsent_bytes", 30)
                .set("wqueue", 80);
        check(unknown, "100 0");
        check(unknown.set("wqueue", 70), "- 0");
        check(unknown.set("wqueue", 81).state(SocketState.FIN_WAIT1), "100 0");
        check(unknown.absent(SocketRecord.HAS_BYTES_SENT), "- 0");
    }

    @Test
    void absentWhereTheKernelGivesNone() {
        check(tcp("10.0.0.1:40000", "10.0.0.2:80"), "- -");
        check(udp("10.0.0.1:40000", "10.0.0.2:53"), "- -");
        check(listen("10.0.0.1:80"), "- -");
        check(tcp("10.0.0.1:40000", "10.0.0.2:80").state(SocketState.TIME_WAIT), "- -");
    }
}
