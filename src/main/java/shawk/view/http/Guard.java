package shawk.view.http;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import shawk.model.Address;

/**
 * Who may ask: only by a name that is one of the server's, since any page of any browser can have a name of its own
 * lead here; from no page of another origin; with the token, if there is one; by GET and HEAD. Immutable.
 */
final class Guard {
    private static final String BEARER = "bearer ";
    private static final int USUAL_PORT = 80;

    private final Set<String> names;
    private final byte @Nullable [] token;

    /**
     * @param names of hosts, besides the address that a connection came to
     * @param token what has to be known; null = nothing
     */
    Guard(Set<String> names, @Nullable String token) {
        this.names = names;
        this.token = token == null ? null : token.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Why it is refused; null = it is not.
     *
     * @param local address and port that the connection came to
     * @param open whether what is asked for holds nothing that a token is for
     */
    @Nullable
    Response refusal(Request request, InetSocketAddress local, boolean open) {
        Set<String> hosts = hosts(local);
        String host = request.header("host");
        if (host == null) {
            return Response.refused(400, "a Host header is needed");
        }
        if (!hosts.contains(host.toLowerCase(Locale.ROOT))) {
            return Response.refused(421, "not a name of this server: see --http-host");
        }
        String origin = request.header("origin");
        if (origin != null && !hosts.contains(origin.toLowerCase(Locale.ROOT).replaceFirst("^http://", ""))) {
            return Response.refused(403, "pages of another origin may not ask");
        }
        if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
            return Response.refused(405, "GET and HEAD only", "Allow: GET, HEAD\r\n");
        }
        if (request.hasBody()) {
            return Response.refused(413, "a request has no body here");
        }
        if (!open && !isKnown(request)) {
            return Response.refused(401, "a token is needed", "WWW-Authenticate: Bearer realm=\"shawk\"\r\n");
        }
        return null;
    }

    private boolean isKnown(Request request) {
        byte[] secret = token;
        if (secret == null) {
            return true;
        }
        String header = request.header("authorization");
        String given = header != null && header.toLowerCase(Locale.ROOT).startsWith(BEARER)
                ? header.substring(BEARER.length()).strip()
                : request.parameter("token");
        return given != null && isSame(secret, given.getBytes(StandardCharsets.UTF_8));
    }

    /** In a time that says nothing of where they differ. */
    private static boolean isSame(byte[] secret, byte[] given) {
        int differences = secret.length ^ given.length;
        for (int i = 0; i < given.length; i++) {
            differences |= given[i] ^ secret[i % secret.length];
        }
        return differences == 0;
    }

    private Set<String> hosts(InetSocketAddress local) {
        List<String> known = new ArrayList<>(names);
        InetAddress address = local.getAddress();
        known.add(literal(address));
        if (address.isLoopbackAddress()) {
            known.add("localhost");
        }
        Set<String> hosts = new HashSet<>();
        for (String name : known) {
            hosts.add(name + ":" + local.getPort());
            if (local.getPort() == USUAL_PORT) {
                hosts.add(name);
            }
        }
        return hosts;
    }

    /** As it stands in a URL, and as browsers write it. */
    static String literal(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return address.getHostAddress();
        }
        ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
        StringBuilder text = new StringBuilder("[");
        Address.append(text, bytes.getLong(), bytes.getLong());
        return text.append(']').toString();
    }
}
