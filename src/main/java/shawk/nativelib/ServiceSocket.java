package shawk.nativelib;

/**
 * Tells a service manager how this process fares, as {@code sd_notify(3)} does: one datagram a message, which nobody
 * waits for. Thread-safe.
 */
public final class ServiceSocket {
    private final byte[] path;

    private ServiceSocket(byte[] path) {
        this.path = path;
    }

    /**
     * The socket of {@code NOTIFY_SOCKET}: a path, or an abstract name after {@code @}.
     *
     * @throws NativeException if the library cannot be loaded
     */
    public static ServiceSocket at(String path) throws NativeException {
        NativeLibrary.load();
        return new ServiceSocket(NativeLibrary.cString(path));
    }

    /**
     * Sends lines of {@code NAME=value}.
     *
     * @throws NativeException if nobody takes them
     */
    public void send(String message) throws NativeException {
        NativeException.check(
                Bindings.shawk_notify(path, NativeLibrary.cString(message)), "cannot tell the service manager");
    }
}
