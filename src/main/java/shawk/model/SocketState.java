package shawk.model;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * State of a socket under the kernel's own name ({@code include/net/tcp_states.h}); UDP uses the last and the first.
 */
public enum SocketState {
    ESTABLISHED(1, "ESTAB"),
    SYN_SENT(2, "SYN-SENT"),
    SYN_RECV(3, "SYN-RECV"),
    FIN_WAIT1(4, "FIN-WAIT-1"),
    FIN_WAIT2(5, "FIN-WAIT-2"),
    TIME_WAIT(6, "TIME-WAIT"),
    CLOSE(7, "CLOSED"),
    CLOSE_WAIT(8, "CLOSE-WAIT"),
    LAST_ACK(9, "LAST-ACK"),
    LISTEN(10, "LISTEN"),
    CLOSING(11, "CLOSING"),
    NEW_SYN_RECV(12, "NEW-SYN-RECV"),
    /** A UDP socket, or a unix socket for datagrams, that is not connected: number 7 of a protocol without states. */
    UNCONN(7, "UNCONN");

    private static final SocketState[] BY_NUMBER = new SocketState[13];

    static {
        for (SocketState state : values()) {
            if (state != UNCONN) {
                BY_NUMBER[state.number] = state;
            }
        }
    }

    private final int number;
    private final String ssName;

    SocketState(int number, String ssName) {
        this.number = number;
        this.ssName = ssName;
    }

    /** The state of kernel number {@code number} (1 to 12) for {@code protocol}; null where there is none such. */
    public static @Nullable SocketState of(Protocol protocol, int number) {
        if (number < 1 || number >= BY_NUMBER.length) {
            return null;
        }
        return protocol == Protocol.UDP && number == CLOSE.number ? UNCONN : BY_NUMBER[number];
    }

    /** The spelling that {@code ss} prints. */
    public String ssName() {
        return ssName;
    }

    /** The state that {@code text} names, in any case, in the kernel's spelling or in ss'; null where none. */
    public static @Nullable SocketState parse(String text) {
        String kernel = text.toUpperCase(Locale.ROOT).replace('-', '_');
        for (SocketState state : values()) {
            if (state.name().equals(kernel) || state.ssName.replace('-', '_').equals(kernel)) {
                return state;
            }
        }
        return null;
    }
}
