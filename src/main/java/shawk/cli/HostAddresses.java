package shawk.cli;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import shawk.model.Address;

/** Addresses of the hosts that options name: all that a name has, IPv4 and IPv6. Used by one thread. */
final class HostAddresses {
    private HostAddresses() {}

    /**
     * The addresses of {@code hosts}, which are names or addresses. A name without any is said and left out, as
     * ZKTraffic does; where none of them has one that is the end.
     */
    static List<Address> query(Opt option, List<String> hosts, Notices notices) throws Failure {
        Set<Address> found = new LinkedHashSet<>();
        for (String host : hosts) {
            List<Address> addresses = query(host);
            if (addresses.isEmpty()) {
                notices.say(option.longName() + " " + Failure.quote(host) + " is skipped: it has no address");
            }
            found.addAll(addresses);
        }
        if (!hosts.isEmpty() && found.isEmpty()) {
            throw Failure.missing(option.longName() + ": none of these hosts has an address; type one, as "
                    + option.longName() + " 10.0.0.1");
        }
        return List.copyOf(found);
    }

    private static List<Address> query(String host) {
        Address typed = Address.parse(host);
        if (typed != null) {
            return List.of(typed);
        }
        List<Address> found = new ArrayList<>();
        // Digits and points alone are an address that is none: "10.1" would be 10.0.0.1.
        if (host.isBlank() || host.matches("[0-9.]*") || host.indexOf('\0') >= 0) {
            return found;
        }
        try {
            for (InetAddress each : InetAddress.getAllByName(host)) {
                String text = each.getHostAddress();
                int scope = text.indexOf('%');
                Address address = Address.parse(scope < 0 ? text : text.substring(0, scope));
                if (address != null) {
                    found.add(address);
                }
            }
        } catch (UnknownHostException e) {
            // No address: said by the caller.
        }
        return found;
    }
}
