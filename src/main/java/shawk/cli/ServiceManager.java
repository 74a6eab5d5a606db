package shawk.cli;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import shawk.nativelib.NativeException;
import shawk.nativelib.ServiceSocket;

/**
 * Whoever started this process as a service and wants to hear how it fares: systemd, by {@code NOTIFY_SOCKET}. Where
 * nobody does, all calls do nothing. Thread-safe.
 */
final class ServiceManager {
    static final String SOCKET = "NOTIFY_SOCKET";
    static final String WATCHDOG_MICROS = "WATCHDOG_USEC";
    static final String WATCHDOG_PID = "WATCHDOG_PID";

    /** Where messages go. */
    @FunctionalInterface
    interface Line {
        void send(String message) throws NativeException;
    }

    private final @Nullable Line line;
    private final long watchdogNanos;
    private String status = "";
    private boolean begun;
    private long aliveNanos;

    ServiceManager(@Nullable Line line, long watchdogNanos) {
        this.line = line;
        this.watchdogNanos = watchdogNanos;
    }

    /** The one of the environment. */
    static ServiceManager query(Map<String, String> variables, long pid) {
        String path = variables.get(SOCKET);
        if (path == null || path.isEmpty()) {
            return new ServiceManager(null, 0);
        }
        try {
            ServiceSocket socket = ServiceSocket.at(path);
            return new ServiceManager(socket::send, watchdogNanos(variables, pid));
        } catch (NativeException | IllegalArgumentException e) {
            return new ServiceManager(null, 0);
        }
    }

    /** How often somebody has to be told that this process lives; 0 = never. */
    static long watchdogNanos(Map<String, String> variables, long pid) {
        String itsPid = variables.getOrDefault(WATCHDOG_PID, "");
        if (!itsPid.isEmpty() && !itsPid.equals(Long.toString(pid))) {
            return 0;
        }
        try {
            long micros = Long.parseLong(variables.getOrDefault(WATCHDOG_MICROS, "0"));
            return micros < 0 || micros > Long.MAX_VALUE / 1_000 ? 0 : micros * 1_000;
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** Nanoseconds within which {@link #alive} is expected; 0 = nobody expects it. */
    long watchdogNanos() {
        return watchdogNanos;
    }

    /** It works from now on. */
    void ready() {
        send("READY=1");
    }

    /** One line for a person; the same one is not sent twice. */
    synchronized void status(String text) {
        if (!text.equals(status)) {
            status = text;
            send("STATUS=" + text.replace('\n', ' '));
        }
    }

    /** It lives at {@code nanos}: said four times as often as somebody expects it. */
    synchronized void alive(long nanos) {
        if (watchdogNanos > 0 && (!begun || nanos - aliveNanos >= watchdogNanos / 4)) {
            begun = true;
            aliveNanos = nanos;
            send("WATCHDOG=1");
        }
    }

    /** It is about to end. */
    void stopping() {
        send("STOPPING=1");
    }

    private void send(String message) {
        Line to = line;
        if (to == null) {
            return;
        }
        try {
            to.send(message);
        } catch (NativeException | IllegalArgumentException e) {
            // It has more to lose by stopping than by not being heard.
        }
    }
}
