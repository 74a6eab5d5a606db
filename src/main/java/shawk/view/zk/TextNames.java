package shawk.view.zk;

import java.util.HashMap;
import java.util.Map;

/** What ZKTraffic calls messages, by the protocol's own words: {@code GetChildren2} of {@code getChildren2}. */
final class TextNames {
    private static final Map<String, String> OTHERS = Map.of(
            "getACL", "GetAcl",
            "setACL", "SetAcl",
            "closeSession", "Close",
            "", "Unknown");

    /** Of operations that have no name there may be any number. */
    private static final int MOST = 256;

    private final Map<String, String> known = new HashMap<>(OTHERS);

    /** The name of a request. */
    String ofRequest(String op) {
        return (op.equals("auth") ? "SetAuth" : of(op)) + "Request";
    }

    /** The name of a request, or of its reply, without that word. */
    String of(String op) {
        String name = known.get(op);
        if (name == null) {
            name = Character.toUpperCase(op.charAt(0)) + op.substring(1);
            if (known.size() < MOST) {
                known.put(op, name);
            }
        }
        return name;
    }
}
