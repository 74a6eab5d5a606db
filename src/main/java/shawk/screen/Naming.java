package shawk.screen;

import shawk.model.AddressNames;
import shawk.model.SafeText;

/**
 * Whether rows show names or numbers.
 *
 * @param hosts names of remote hosts, as far as they are known
 * @param numeric whether services and users are numbers, and hosts their addresses
 */
record Naming(AddressNames hosts, boolean numeric) {
    /** Addresses of hosts, names of services and users: what is exact, and says what it is about. */
    static final Naming ADDRESSES = new Naming(AddressNames.NONE, false);

    /** Name of the host at an address; empty where its address is shown. */
    SafeText host(long high, long low) {
        SafeText name = numeric ? null : hosts.find(high, low);
        return name == null ? SafeText.EMPTY : name;
    }
}
