package shawk.nativelib;

import com.sun.jna.Native;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Loads {@code libshawk.so} once, from one absolute path: the folder that the system property {@code shawk.native.dir}
 * names, else the folder {@code native} beside the jar or classes that this program runs from. No search path of the
 * environment is asked, since root may be running this.
 *
 * <p>Thread-safe.
 */
public final class NativeLibrary {
    /** The version of {@code native/include/shawk.h} that this program was written for. */
    static final int ABI_VERSION = 5;

    private static final String FILE = "libshawk.so";
    private static boolean loaded;

    private NativeLibrary() {}

    /**
     * Loads the library unless it is loaded.
     *
     * @throws NativeException if the file is missing, cannot be loaded, or is of another version
     */
    public static synchronized void load() throws NativeException {
        if (loaded) {
            return;
        }
        Path file = locate();
        if (!Files.isRegularFile(file)) {
            throw failure(file, "no such file; build it with `make -C native`", null);
        }
        try {
            prepareJna(file.resolveSibling(".").normalize());
            Native.register(Bindings.class, com.sun.jna.NativeLibrary.getInstance(file.toString()));
        } catch (LinkageError | RuntimeException e) {
            throw failure(
                    file, String.valueOf(e.getMessage()).lines().findFirst().orElse("cannot be loaded"), e);
        }
        int version = Bindings.shawk_abi_version();
        if (version != ABI_VERSION) {
            throw failure(file, "is of version " + version + ", expected " + ABI_VERSION + "; build again", null);
        }
        loaded = true;
    }

    /**
     * Keeps JNA from what it does on its own: look around on the host, run ldconfig, unpack into a temporary folder.
     */
    static void prepareJna(Path folder) {
        System.setProperty("jna.nosys", "true");
        System.setProperty("jna.platform.library.path", "");
        if (System.getProperty("jna.boot.library.path") == null
                && Files.isRegularFile(folder.resolve("libjnidispatch.so"))) {
            System.setProperty("jna.boot.library.path", folder.toString());
            System.setProperty("jna.nounpack", "true");
        }
    }

    /** Where the library is expected; absolute. */
    public static Path locate() {
        String folder = System.getProperty("shawk.native.dir");
        Path base = folder == null || folder.isEmpty() ? besideProgram() : Path.of(folder);
        return base.resolve(FILE).toAbsolutePath().normalize();
    }

    private static Path besideProgram() {
        try {
            Path code = Path.of(NativeLibrary.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return code.resolveSibling("native");
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the program's own place is no path", e);
        }
    }

    private static NativeException failure(Path file, String why, @Nullable Throwable cause) {
        return new NativeException(file + ": " + why, cause);
    }

    /** Every record's fields as C has them: {@code "shawk_sock.cookie"} to {@code {offset, size}}. */
    static Map<String, int[]> layout() throws NativeException {
        load();
        byte[] text = new byte[Bindings.shawk_abi_layout(null, 0)];
        Bindings.shawk_abi_layout(text, text.length);
        return parseLayout(text);
    }

    /** Lines of {@code record.field offset size}, with a NUL at the end. */
    static Map<String, int[]> parseLayout(byte... text) {
        Map<String, int[]> fields = new LinkedHashMap<>();
        new String(text, 0, text.length - 1, StandardCharsets.US_ASCII)
                .lines()
                .map(line -> line.split(" "))
                .forEach(words ->
                        fields.put(words[0], new int[] {Integer.parseInt(words[1]), Integer.parseInt(words[2])}));
        return fields;
    }

    /** A string as C wants it. A NUL inside would name another file. */
    static byte[] cString(String text) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a NUL in a file name");
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return Arrays.copyOf(bytes, bytes.length + 1);
    }
}
