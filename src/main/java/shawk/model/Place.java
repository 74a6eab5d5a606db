package shawk.model;

/**
 * Where a host is, by a database of addresses.
 *
 * @param country two letters (ISO 3166); empty = not known
 * @param asn its autonomous system, number and name; empty = not known
 */
public record Place(SafeText country, SafeText asn) {
    /** No database tells. */
    public static final Place UNKNOWN = new Place(SafeText.EMPTY, SafeText.EMPTY);
}
