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

    /** Of these those of ports that nobody is interested in, whatever they hold. */
    public long otherPorts;

    /** Whose ports these are. */
    public final PortCounts ports = new PortCounts();

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

    /** Of these those that were because there were too many. */
    public long crowded;

    /** Holes in streams that were given up. */
    public long gaps;
}
