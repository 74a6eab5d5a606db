package shawk.model;

/** What holds a connection back. The rules stand in {@code shawk-fields(7)}. */
public enum Verdict {
    OK("ok"),
    /** The receiver's window, for at least half of the time with data to send. */
    RWND("rwnd"),
    /** The own send buffer, for at least half of the time with data to send. */
    SNDBUF("sndbuf"),
    /** The congestion window, that is the network. */
    CWND("cwnd"),
    /** The own application: bytes wait to be read, or (a listener) connections wait to be accepted. */
    APP("app"),
    /** The peer has closed its window: bytes wait to be sent and the persist timer runs. */
    PEER_NOT_READING("peer-not-reading"),
    RETRANSMITTING("retransmitting"),
    IDLE("idle");

    private final String id;

    Verdict(String id) {
        this.id = id;
    }

    /** Name as filters and dumps write it. */
    public String id() {
        return id;
    }
}
