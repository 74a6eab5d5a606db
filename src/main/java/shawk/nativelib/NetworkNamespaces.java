package shawk.nativelib;

import java.nio.file.Path;

/** Named network namespaces, as {@code ip netns} makes them. Thread-safe. */
public final class NetworkNamespaces {
    private NetworkNamespaces() {}

    /**
     * Inode of a named namespace.
     *
     * @throws NativeException ENOENT if there is no such name, EINVAL if the file is no network namespace
     */
    public static long inodeOf(Path netnsDir, String name) throws NativeException {
        NativeLibrary.load();
        return NativeException.check(
                Bindings.shawk_netns_by_name(NativeLibrary.cString(netnsDir.toString()), NativeLibrary.cString(name)),
                "no network namespace " + name);
    }
}
