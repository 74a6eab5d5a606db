package shawk.model;

/** Protocol of a socket. */
public enum Protocol {
    TCP("tcp", 6),
    UDP("udp", 17),
    /** What an application has that asked for MPTCP; the connections that it is made of are {@link #TCP}. */
    MPTCP("mptcp", 262),
    /** A socket of the unix family, of whatever type. */
    UNIX("unix", 0);

    private final String id;
    private final int number;

    Protocol(String id, int number) {
        this.id = id;
        this.number = number;
    }

    /** Name as filters and dumps write it. */
    public String id() {
        return id;
    }

    /** The number as in {@code IPPROTO_TCP}. */
    public int number() {
        return number;
    }
}
