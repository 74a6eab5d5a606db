package shawk.expr;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import shawk.model.SocketState;

/** States by the kernel's names, by those of {@code ss}, and the names that {@code ss} has for groups of states. */
final class StateNames {
    private static final long ALL = (1L << SocketState.values().length) - 1;
    private static final long SYN_RECV = bit(SocketState.SYN_RECV) | bit(SocketState.NEW_SYN_RECV);
    private static final long CONNECTED =
            ALL & ~(bit(SocketState.LISTEN) | bit(SocketState.CLOSE) | bit(SocketState.UNCONN));
    private static final long BUCKET = bit(SocketState.TIME_WAIT) | SYN_RECV;

    private StateNames() {}

    /** The states of that name, one bit an ordinal; 0 where there is none such. */
    static long find(String name) {
        long group =
                switch (name.toLowerCase(Locale.ROOT)) {
                    case "listening" -> bit(SocketState.LISTEN);
                    case "connected" -> CONNECTED;
                    case "synchronized" -> CONNECTED & ~bit(SocketState.SYN_SENT);
                    case "bucket" -> BUCKET;
                    case "big" -> ALL & ~BUCKET;
                    default -> 0;
                };
        if (group != 0) {
            return group;
        }
        SocketState state = SocketState.parse(name);
        if (state == null) {
            return 0;
        }
        return state == SocketState.SYN_RECV ? SYN_RECV : bit(state);
    }

    /** Names to choose the nearest of. */
    static List<String> names() {
        List<String> names = new ArrayList<>(List.of("listening", "connected", "synchronized", "bucket", "big"));
        for (SocketState state : SocketState.values()) {
            names.add(state.name());
            names.add(state.ssName());
        }
        return names;
    }

    private static long bit(SocketState state) {
        return 1L << state.ordinal();
    }
}
