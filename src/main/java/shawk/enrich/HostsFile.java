package shawk.enrich;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import shawk.model.Address;
import shawk.model.RawText;
import shawk.model.SafeText;

/** The names in a file like {@code /etc/hosts}. Pure. */
final class HostsFile {
    /** Addresses kept at most. */
    static final int HOSTS_MAX = 100_000;

    private HostsFile() {}

    /** The first name of each address, malformed lines skipped. */
    static Map<Address, SafeText> parse(byte[] file) {
        Map<Address, SafeText> names = new HashMap<>();
        for (String line : new String(file, StandardCharsets.ISO_8859_1).split("\n")) {
            int comment = line.indexOf('#');
            String[] parts =
                    (comment < 0 ? line : line.substring(0, comment)).trim().split("[ \t\r]+", 3);
            Address address = parts.length >= 2 ? Address.parse(parts[0]) : null;
            if (address != null && names.size() < HOSTS_MAX) {
                names.putIfAbsent(address, SafeText.of(RawText.of(parts[1].getBytes(StandardCharsets.ISO_8859_1))));
            }
        }
        return Map.copyOf(names);
    }
}
