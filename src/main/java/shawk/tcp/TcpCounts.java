package shawk.tcp;

/**
 * What became of packets and streams. {@code packets = segments + notIp + notTcp + fragments + cutHeaders + bad}. Used
 * by one thread.
 */
public final class TcpCounts {
    /** Packets that came. */
    public long packets;

    /** TCP segments that were taken. */
    public long segments;

    /** Packets of other link types or protocols than IP. */
    public long notIp;

    /** Packets of other protocols than TCP. */
    public long notTcp;

    /** Fragments of IP packets behind the first one, which alone has ports; their bytes become gaps. */
    public long fragments;

    /** Packets whose headers end where the capture ends. */
    public long cutHeaders;

    /** Segments whose data were captured in part; part of {@link #segments}. */
    public long cutData;

    /** Packets with lengths that cannot be. */
    public long bad;

    /** Segments that nobody is interested in; part of {@link #segments}. */
    public long unwanted;

    /** Segments far from where their streams are; part of {@link #segments}. */
    public long stray;

    /** Segments that came before what precedes them; part of {@link #segments}. */
    public long outOfOrder;

    /** Connections that were seen. */
    public long connections;

    /** Of these those whose beginning was not. */
    public long midStream;

    /** Connections that were let go for want of room. */
    public long evicted;

    /** Holes in streams that were given up. */
    public long gaps;
}
