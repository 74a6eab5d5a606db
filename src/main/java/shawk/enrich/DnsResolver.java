package shawk.enrich;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.DirContext;
import javax.naming.directory.InitialDirContext;
import shawk.model.Address;
import shawk.model.SafeText;

/**
 * Asks DNS servers for the name of an address (PTR), by the JDK's own DNS client, which has time-outs. Used by one
 * thread.
 */
final class DnsResolver implements ReverseNames.Resolver {
    /** Servers that are asked, as the C library does. */
    static final int SERVERS_MAX = 3;

    /** The longest name that DNS can give, as text. */
    private static final int NAME_MAX = 1_024;

    private static final int CONF_MAX = 1 << 16;
    private static final String PTR = "PTR";
    /** Milliseconds until a server is asked again, or the next one; doubled each round. */
    private static final int FIRST_MILLIS = 1_000;

    private static final int ROUNDS = 2;

    private final DirContext context;

    private DnsResolver(DirContext context) {
        this.context = context;
    }

    /** With the servers that a file like {@code /etc/resolv.conf} names. */
    static DnsResolver open(Path resolvConf) throws IOException {
        return open(parseServers(SmallFiles.queryLinked(resolvConf, CONF_MAX)), FIRST_MILLIS, ROUNDS);
    }

    /**
     * Nothing is asked yet.
     *
     * @param servers {@code address} or {@code address:port}
     */
    @SuppressWarnings("JdkObsolete") // the type that the context wants
    static DnsResolver open(List<String> servers, int firstMillis, int rounds) throws IOException {
        Hashtable<String, String> environment = new Hashtable<>();
        environment.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.dns.DnsContextFactory");
        environment.put(
                Context.PROVIDER_URL,
                String.join(" ", servers.stream().map(each -> "dns://" + each).toList()));
        environment.put("com.sun.jndi.dns.timeout.initial", Integer.toString(firstMillis));
        environment.put("com.sun.jndi.dns.timeout.retries", Integer.toString(rounds));
        try {
            return new DnsResolver(new InitialDirContext(environment));
        } catch (NamingException e) {
            throw new IOException("no DNS client", e);
        }
    }

    /** The servers of a resolver's configuration; where it names none, this host. A zone is for one link only. */
    static List<String> parseServers(byte[] resolvConf) {
        List<String> servers = new ArrayList<>();
        for (String line : new String(resolvConf, StandardCharsets.ISO_8859_1).split("\n")) {
            String[] parts = line.trim().split("[ \t]+");
            Address address = parts.length >= 2 && parts[0].equals("nameserver") ? Address.parse(parts[1]) : null;
            if (address != null && servers.size() < SERVERS_MAX) {
                servers.add(address.isV4() ? address.toString() : "[" + address + "]");
            }
        }
        return servers.isEmpty() ? List.of("127.0.0.1") : servers;
    }

    /** The DNS knows no objects: what comes back are texts, and what is asked for is made of digits here. */
    @Override
    @SuppressWarnings("BanJNDI")
    public SafeText query(Address address) throws IOException {
        try {
            Attribute found =
                    context.getAttributes(question(address), new String[] {PTR}).get(PTR);
            return found == null ? SafeText.EMPTY : name(found);
        } catch (NameNotFoundException e) {
            return SafeText.EMPTY;
        } catch (NamingException e) {
            throw new IOException("DNS", e);
        }
    }

    private static SafeText name(Attribute found) throws NamingException {
        NamingEnumeration<?> all = found.getAll();
        while (all.hasMore()) {
            String name = parseName(String.valueOf(all.next()));
            if (!name.isEmpty()) {
                return SafeText.of(name);
            }
        }
        return SafeText.EMPTY;
    }

    /** A name without the dot at its end; empty where it is none, or would pass for another address. */
    static String parseName(String name) {
        String bare = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        return bare.length() > NAME_MAX || Address.parse(bare) != null ? "" : bare;
    }

    /** The name under which the DNS keeps the name of an address: RFC 1035, RFC 3596. */
    static String question(Address address) {
        StringBuilder out = new StringBuilder(80);
        if (address.isV4()) {
            for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
                out.append(address.low() >>> shift & 255).append('.');
            }
            return out.append("in-addr.arpa").toString();
        }
        for (long half : new long[] {address.low(), address.high()}) {
            for (int shift = 0; shift < Long.SIZE; shift += 4) {
                out.append(Character.forDigit((int) (half >>> shift) & 15, 16)).append('.');
            }
        }
        return out.append("ip6.arpa").toString();
    }

    @Override
    public void close() {
        try {
            context.close();
        } catch (NamingException e) {
            // Nothing is left to be lost.
        }
    }
}
