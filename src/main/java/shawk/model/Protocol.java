package shawk.model;

/** Transport protocol of a socket. */
public enum Protocol {
    TCP("tcp", 6),
    UDP("udp", 17);

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

    /** The IANA protocol number, as in {@code IPPROTO_TCP}. */
    public int number() {
        return number;
    }

    /** The protocol with this IANA number; throws where it is neither. */
    public static Protocol of(int number) {
        return switch (number) {
            case 6 -> TCP;
            case 17 -> UDP;
            default -> throw new IllegalArgumentException("protocol " + number);
        };
    }
}
