package shawk.zk.tally;

import java.util.HashMap;
import java.util.Map;
import shawk.model.SafeText;
import shawk.zk.proto.Message;

/**
 * What ZKTraffic calls messages, by the protocol's own words: one naming for lines, tables and keys. What came after it
 * is named in the same way. Used by one thread.
 */
public final class RequestNames {
    /** Of a request that makes an ephemeral node, whatever its operation. */
    public static final String EPHEMERAL = "CreateEphemeralRequest";
    /** Of a connect that asks for a session that was there before. */
    public static final String RECONNECT = "ReConnectRequest";

    private static final String REQUEST = "Request";
    private static final Map<String, String> OTHERS = Map.of(
            "getACL", "GetAcl",
            "setACL", "SetAcl",
            "closeSession", "Close",
            "", "Unknown");

    /** Of operations that have no name there may be any number. */
    private static final int MOST = 256;

    private static final int FLAG_EPHEMERAL = 1;
    private static final int FLAG_EPHEMERAL_SEQUENTIAL = 3;

    private final Map<String, String> known = new HashMap<>(OTHERS);
    private final Map<String, String> requests = new HashMap<>(Map.of("auth", "SetAuthRequest"));

    /** The name of a request, or of its reply, without that word: {@code GetChildren2} of {@code getChildren2}. */
    public String of(String op) {
        String name = known.get(op);
        if (name == null) {
            name = Character.toUpperCase(op.charAt(0))
                    + SafeText.of(op.substring(1)).value();
            if (known.size() < MOST) {
                known.put(op, name);
            }
        }
        return name;
    }

    /** The name of requests of an operation. */
    public String ofRequest(String op) {
        String name = requests.get(op);
        if (name == null) {
            name = of(op) + REQUEST;
            if (requests.size() < MOST) {
                requests.put(op, name);
            }
        }
        return name;
    }

    /** The name of a request by all that it says. */
    public String ofRequest(Message request) {
        return isEphemeral(request) ? EPHEMERAL : isReconnect(request) ? RECONNECT : ofRequest(request.op);
    }

    /** Whether it makes an ephemeral node. */
    public static boolean isEphemeral(Message request) {
        return request.flags == FLAG_EPHEMERAL || request.flags == FLAG_EPHEMERAL_SEQUENTIAL;
    }

    /** Whether it asks for a session that was there before. */
    public static boolean isReconnect(Message request) {
        return request.op.equals("connect") && request.session != Message.ABSENT && request.session != 0;
    }
}
