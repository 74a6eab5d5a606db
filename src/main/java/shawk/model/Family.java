package shawk.model;

/** Address family as it is shown and counted: a v4-mapped IPv6 address is {@link #IPV4}. */
public enum Family {
    IPV4("ipv4"),
    IPV6("ipv6"),
    /** No address: a path, an abstract name, or none. */
    UNIX("unix");

    private final String id;

    Family(String id) {
        this.id = id;
    }

    /** Name as filters and dumps write it. */
    public String id() {
        return id;
    }
}
