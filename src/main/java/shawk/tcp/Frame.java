package shawk.tcp;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import shawk.model.Address;

/**
 * The headers of one captured packet, from the link to TCP. It is filled anew for each packet, so that none is an
 * object. It looks into no tunnel and checks no checksums, which a sender's network card may fill in after the capture.
 * Any bytes at all: it never throws, and looks at no byte behind the captured ones. Used by one thread.
 */
public final class Frame {
    /** What a packet is. */
    enum Verdict {
        /** A TCP segment: all fields are filled. */
        SEGMENT,
        NOT_IP,
        NOT_TCP,
        /** Behind the first of its IP packet, or before TCP's header is complete: ports unknown. */
        FRAGMENT,
        /** The snap length ends within its headers. */
        CUT,
        /** Lengths that cannot be. */
        BAD
    }

    static final int FIN = 0x01;
    static final int SYN = 0x02;
    static final int RST = 0x04;
    static final int ACK = 0x10;

    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN)
            .withInvokeExactBehavior();
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN)
            .withInvokeExactBehavior();
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN)
            .withInvokeExactBehavior();

    private static final int ETHERTYPE_IPV4 = 0x0800;
    private static final int ETHERTYPE_IPV6 = 0x86dd;

    private static final int PROTOCOL_TCP = 6;

    /** Addresses are as in {@link Address}. */
    long sourceHigh;

    long sourceLow;
    long destinationHigh;
    long destinationLow;
    int sourcePort;
    int destinationPort;

    int sequence;
    int acknowledgement;

    /** {@link #FIN} and so on. */
    int flags;

    /** Where the captured data begin. */
    int dataFrom;

    /** Where the captured data end. */
    int dataTo;

    /** Bytes of data that were sent, whether captured or not. */
    int dataLength;

    private byte[] bytes = new byte[0];

    /** Behind the last byte that was captured. */
    private int end;

    /** Where the last byte of the wire would be; past {@link #end} where the packet was cut. */
    private int wireEnd;

    /** Behind the IP packet, as it says itself. */
    private int ipEnd;

    private boolean fragmented;

    /**
     * Reads the headers of a packet.
     *
     * @param from where it begins in {@code packets}
     * @param captured bytes of it that are there
     * @param wire bytes that it had
     * @param link its link type, as in {@link LinkType}
     */
    Verdict parse(byte[] packets, int from, int captured, int wire, int link) {
        bytes = packets;
        end = from + captured;
        wireEnd = (int) Math.min(Integer.MAX_VALUE, (long) from + Math.max(wire, captured));
        return switch (link) {
            case LinkType.ETHERNET -> afterType(from + 12);
            case LinkType.LINUX_SLL -> afterType(from + 14);
            case LinkType.LINUX_SLL2 -> end - from < 20 ? Verdict.CUT : byType(shortAt(from), from + 20);
            case LinkType.NULL, LinkType.LOOP -> afterFamily(from);
            case LinkType.RAW, LinkType.RAW_BSD, LinkType.IPV4, LinkType.IPV6 -> ip(from);
            default -> Verdict.NOT_IP;
        };
    }

    private Verdict afterType(int at) {
        return end - at < 2 ? Verdict.CUT : byType(shortAt(at), at + 2);
    }

    /** What is at {@code at}, if that is the ethertype, behind any number of VLAN tags. */
    private Verdict byType(int ethertype, int at) {
        int type = ethertype;
        int next = at;
        while (type == 0x8100 || type == 0x88a8 || type == 0x9100) {
            if (end - next < 4) {
                return Verdict.CUT;
            }
            type = shortAt(next + 2);
            next += 4;
        }
        return switch (type) {
            case ETHERTYPE_IPV4 -> ipv4(next);
            case ETHERTYPE_IPV6 -> ipv6(next);
            default -> Verdict.NOT_IP;
        };
    }

    /** BSD's loopback: the family in the order of bytes of who captured it, or the network's. */
    private Verdict afterFamily(int from) {
        if (end - from < 4) {
            return Verdict.CUT;
        }
        int family = intAt(from);
        if ((family & 0xffff) == 0) {
            family = Integer.reverseBytes(family);
        }
        return switch (family) {
            case 2 -> ipv4(from + 4);
            // IPv6 of Linux, NetBSD and OpenBSD, FreeBSD, Darwin.
            case 10, 24, 28, 30 -> ipv6(from + 4);
            default -> Verdict.NOT_IP;
        };
    }

    private Verdict ip(int at) {
        if (end - at < 1) {
            return Verdict.CUT;
        }
        return switch (bytes[at] >> 4 & 15) {
            case 4 -> ipv4(at);
            case 6 -> ipv6(at);
            default -> Verdict.NOT_IP;
        };
    }

    private Verdict ipv4(int at) {
        if (end - at < 20) {
            return Verdict.CUT;
        }
        int header = (bytes[at] & 15) * 4;
        // 0 where the sender's network card cuts the packet into those that go out.
        int total = shortAt(at + 2);
        long ends = total == 0 ? wireEnd : (long) at + total;
        if ((bytes[at] >> 4 & 15) != 4 || header < 20 || ends > wireEnd || ends < at + header) {
            return Verdict.BAD;
        }
        ipEnd = (int) ends;
        if (bytes[at + 9] != PROTOCOL_TCP) {
            return Verdict.NOT_TCP;
        }
        int fragment = shortAt(at + 6);
        if ((fragment & 0x1fff) != 0) {
            return Verdict.FRAGMENT;
        }
        fragmented = (fragment & 0x2000) != 0;
        sourceHigh = 0;
        sourceLow = Address.lowOfV4(intAt(at + 12));
        destinationHigh = 0;
        destinationLow = Address.lowOfV4(intAt(at + 16));
        return tcp(at + header);
    }

    private Verdict ipv6(int at) {
        if (end - at < 40) {
            return Verdict.CUT;
        }
        // 0 where the sender's network card cuts the packet into those that go out, and of jumbograms.
        int length = shortAt(at + 4);
        long ends = length == 0 ? wireEnd : at + 40L + length;
        if ((bytes[at] >> 4 & 15) != 6 || ends > wireEnd) {
            return Verdict.BAD;
        }
        ipEnd = (int) ends;
        fragmented = false;
        sourceHigh = longAt(at + 8);
        sourceLow = longAt(at + 16);
        destinationHigh = longAt(at + 24);
        destinationLow = longAt(at + 32);
        return behindExtensions(bytes[at + 6] & 255, at + 40);
    }

    /** Steps over extension headers, each of at least eight bytes. */
    private Verdict behindExtensions(int header, int from) {
        int protocol = header;
        int at = from;
        while (protocol != PROTOCOL_TCP) {
            // Hop-by-hop, routing, fragment, authentication, destination, mobility, HIP, shim6.
            boolean known =
                    switch (protocol) {
                        case 0, 43, 44, 51, 60, 135, 139, 140 -> true;
                        default -> false;
                    };
            if (!known) {
                return Verdict.NOT_TCP;
            }
            if (ipEnd - at < 8) {
                return Verdict.BAD;
            }
            if (end - at < 8) {
                return Verdict.CUT;
            }
            int length = 8;
            if (protocol == 44) {
                int fragment = shortAt(at + 2);
                if ((fragment & 0xfff8) != 0) {
                    return (bytes[at] & 255) == PROTOCOL_TCP ? Verdict.FRAGMENT : Verdict.NOT_TCP;
                }
                fragmented = (fragment & 1) != 0;
            } else {
                int units = bytes[at + 1] & 255;
                length = protocol == 51 ? (units + 2) * 4 : (units + 1) * 8;
            }
            protocol = bytes[at] & 255;
            at += length;
        }
        return tcp(at);
    }

    private Verdict tcp(int at) {
        if (ipEnd - at < 20) {
            return fragmented ? Verdict.FRAGMENT : Verdict.BAD;
        }
        if (end - at < 20) {
            return Verdict.CUT;
        }
        int header = (bytes[at + 12] >> 4 & 15) * 4;
        if (header < 20) {
            return Verdict.BAD;
        }
        if (ipEnd - at < header) {
            return fragmented ? Verdict.FRAGMENT : Verdict.BAD;
        }
        sourcePort = shortAt(at);
        destinationPort = shortAt(at + 2);
        sequence = intAt(at + 4);
        acknowledgement = intAt(at + 8);
        // A FIN comes behind the data, and these go on in other fragments.
        flags = bytes[at + 13] & (fragmented ? ~FIN : ~0) & 0xff;
        dataLength = ipEnd - at - header;
        dataTo = Math.min(ipEnd, end);
        dataFrom = Math.min(at + header, dataTo);
        return Verdict.SEGMENT;
    }

    private int shortAt(int at) {
        return (short) SHORT.get(bytes, at) & 0xffff;
    }

    private int intAt(int at) {
        return (int) INT.get(bytes, at);
    }

    private long longAt(int at) {
        return (long) LONG.get(bytes, at);
    }
}
