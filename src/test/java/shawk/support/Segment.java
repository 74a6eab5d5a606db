package shawk.support;

import java.util.Arrays;

/**
 * A TCP segment, as captured or made up.
 *
 * @param source address, 4 or 16 bytes
 * @param destination the same
 * @param flags FIN 1, SYN 2, RST 4, PSH 8, ACK 16
 */
public record Segment(
        long micros,
        byte[] source,
        int sourcePort,
        byte[] destination,
        int destinationPort,
        int sequence,
        int acknowledgement,
        int flags,
        byte[] data) {
    public static final int FIN = 1;
    public static final int SYN = 2;
    public static final int RST = 4;
    public static final int ACK = 16;

    public boolean has(int flag) {
        return (flags & flag) != 0;
    }

    /** Whether it goes the same way of the same connection. */
    public boolean isLike(Segment other) {
        return sourcePort == other.sourcePort
                && destinationPort == other.destinationPort
                && Arrays.equals(source, other.source)
                && Arrays.equals(destination, other.destination);
    }

    /** Whether it goes the other way of the same connection. */
    public boolean answers(Segment other) {
        return sourcePort == other.destinationPort
                && destinationPort == other.sourcePort
                && Arrays.equals(source, other.destination)
                && Arrays.equals(destination, other.source);
    }

    /** The data from {@code from} to {@code to} alone; a SYN stays with the first, a FIN with the last ones. */
    public Segment part(int from, int to) {
        int part = flags & ~(from > 0 ? SYN : 0) & ~(to < data.length ? FIN : 0);
        int at = sequence + from + (has(SYN) && from > 0 ? 1 : 0);
        return with(at, acknowledgement, part, Arrays.copyOfRange(data, from, to));
    }

    public Segment with(int newSequence, int newAcknowledgement, int newFlags, byte[] newData) {
        return new Segment(
                micros,
                source,
                sourcePort,
                destination,
                destinationPort,
                newSequence,
                newAcknowledgement,
                newFlags,
                newData);
    }

    /** The same at another time. */
    public Segment at(long newMicros) {
        return new Segment(
                newMicros, source, sourcePort, destination, destinationPort, sequence, acknowledgement, flags, data);
    }

    /** The same between other ports, where {@code client} is the port that is not {@code server}. */
    public Segment ofClient(int client, int server) {
        return new Segment(
                micros,
                source,
                sourcePort == server ? server : client,
                destination,
                destinationPort == server ? server : client,
                sequence,
                acknowledgement,
                flags,
                data);
    }
}
