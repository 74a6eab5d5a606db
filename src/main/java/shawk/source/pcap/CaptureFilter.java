package shawk.source.pcap;

import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import shawk.model.Address;
import shawk.tcp.LinkType;

/**
 * Which packets are wanted, as text for libpcap. What it says of ports holds for IPv4, for IPv6 also behind one
 * fragment or hop-by-hop header, for the first of a datagram's fragments, and on Ethernet behind up to two VLAN tags
 * too. Pure.
 *
 * @param ports either end's; empty = any TCP port
 * @param included hosts of which one is an end; empty = any
 * @param excluded hosts that are no end
 * @param raw an expression of the user's in libpcap's language that must hold too; empty = none
 */
public record CaptureFilter(List<PortRange> ports, List<Address> included, List<Address> excluded, String raw) {
    /** Ranges of ports, after those that touch became one, and hosts: what the kernel's programs have room for. */
    public static final int MOST = 64;

    private static final Pattern VLAN = Pattern.compile("\\bvlan\\b");

    public CaptureFilter {
        ports = List.copyOf(PortRange.merged(ports));
        included = List.copyOf(included);
        excluded = List.copyOf(excluded);
        raw = raw.strip();
    }

    /** All of TCP. */
    public static CaptureFilter none() {
        return new CaptureFilter(List.of(), List.of(), List.of(), "");
    }

    /** The same with these ports. */
    public CaptureFilter withPorts(List<PortRange> newPorts) {
        return new CaptureFilter(newPorts, included, excluded, raw);
    }

    /** The same with these hosts alone. */
    public CaptureFilter withIncluded(List<Address> hosts) {
        return new CaptureFilter(ports, hosts, excluded, raw);
    }

    /** The same without these hosts. */
    public CaptureFilter withExcluded(List<Address> hosts) {
        return new CaptureFilter(ports, included, hosts, raw);
    }

    /** The same with an expression in libpcap's language. */
    public CaptureFilter withRaw(String expression) {
        return new CaptureFilter(ports, included, excluded, expression);
    }

    /** Whether there is more of it than the kernel has room for. */
    boolean isTooLong() {
        return ports.size() > MOST || included.size() + excluded.size() > MOST;
    }

    /** For an interface with this link type. A raw expression alone is taken as it is. */
    public String expression(int link) {
        if (!raw.isEmpty() && ports.isEmpty() && included.isEmpty() && excluded.isEmpty()) {
            return raw;
        }
        return wrapped(tcp() + hosts(" and "), link);
    }

    /** For a file: ports are left to what reads its streams, which sees behind more headers. */
    public String fileExpression(int link) {
        String hosts = hosts("");
        return hosts.isEmpty() ? raw : wrapped(hosts, link);
    }

    /** In libpcap's language everything after the word vlan is about what is behind the tag. */
    private String wrapped(String plain, int link) {
        boolean tags = link == LinkType.ETHERNET && !VLAN.matcher(raw).find();
        String any = tags
                ? "(" + plain + ") or (vlan and ((" + plain + ") or (vlan and (" + plain + "))))"
                : "(" + plain + ")";
        return raw.isEmpty() ? any : "(" + raw + ") and (" + any + ")";
    }

    private String tcp() {
        if (ports.isEmpty()) {
            return "(tcp or (ip6[6] = 0 and ip6[40] = 6))";
        }
        String near = joined(
                ports,
                each -> each.from() == each.to()
                        ? "tcp port " + each.from()
                        : "tcp portrange " + each.from() + "-" + each.to());
        String far = joined(ports, each -> at(48, each) + " or " + at(50, each));
        // A header between IPv6's own and TCP's: a first fragment's, or hop by hop, where the kernel builds jumbograms.
        return "(" + near + " or (ip6[40] = 6 and ((ip6[6] = 44 and ip6[42:2] & 0xfff8 = 0)"
                + " or (ip6[6] = 0 and ip6[41] = 0)) and (" + far + ")))";
    }

    private static String at(int offset, PortRange ports) {
        String place = "ip6[" + offset + ":2]";
        return ports.from() == ports.to()
                ? place + " = " + ports.from()
                : "(" + place + " >= " + ports.from() + " and " + place + " <= " + ports.to() + ")";
    }

    private String hosts(String before) {
        StringBuilder text = new StringBuilder();
        String glue = before;
        if (!included.isEmpty()) {
            text.append(glue)
                    .append('(')
                    .append(joined(included, CaptureFilter::host))
                    .append(')');
            glue = " and ";
        }
        if (!excluded.isEmpty()) {
            text.append(glue)
                    .append("not (")
                    .append(joined(excluded, CaptureFilter::host))
                    .append(')');
        }
        return text.toString();
    }

    private static String host(Address address) {
        StringBuilder text = new StringBuilder(Address.isV4(address.high(), address.low()) ? "ip host " : "ip6 host ");
        Address.append(text, address.high(), address.low());
        return text.toString();
    }

    private static <T> String joined(List<T> all, Function<T, String> text) {
        return all.stream().map(text).collect(Collectors.joining(" or "));
    }
}
