package shawk.nativelib;

import com.sun.jna.Native;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Loads {@code libshawk-bpf.so} once, out of the folder of {@code libshawk.so}. It may be missing, since building it
 * takes clang, and so may the libraries that it needs: both are to be expected, and told with what brings them.
 *
 * <p>Thread-safe.
 */
public final class BpfLibrary {
    /** The version of {@code native/include/shawk_bpf.h} that this program was written for. */
    static final int ABI_VERSION = 1;

    private static final String FILE = "libshawk-bpf.so";
    private static final String TOOLS = "libshawk-bpf.missing";
    private static final Pattern PACKAGES = Pattern.compile("[a-z0-9 +.-]{1,100}");

    private static boolean loaded;

    private BpfLibrary() {}

    /**
     * Why a library cannot be used.
     *
     * @param reason what is missing
     * @param fix what brings it
     */
    record Missing(String reason, String fix) {}

    /**
     * Loads the library unless it is loaded.
     *
     * @throws NativeException if it, or what it needs, is missing; the message says what brings it
     */
    public static synchronized void load() throws NativeException {
        if (loaded) {
            return;
        }
        Missing missing = bind(NativeLibrary.locate().resolveSibling(FILE));
        if (missing != null) {
            throw new NativeException(0, missing.reason(), missing.fix());
        }
        loaded = true;
    }

    private static @Nullable Missing bind(Path file) {
        if (!Files.isRegularFile(file)) {
            return notBuilt(file.resolveSibling(TOOLS));
        }
        NativeLibrary.prepareJna(file.resolveSibling(".").normalize());
        try {
            Native.register(BpfBindings.class, com.sun.jna.NativeLibrary.getInstance(file.toString()));
        } catch (LinkageError | RuntimeException e) {
            return parseLinker(String.valueOf(e.getMessage()));
        }
        int version = BpfBindings.shawk_bpf_abi_version();
        return version == ABI_VERSION
                ? null
                : new Missing(FILE + " is of version " + version + ", expected " + ABI_VERSION, "build again");
    }

    /** The build leaves a list of what it would have taken. */
    private static Missing notBuilt(Path tools) {
        String packages = "clang bpftool libbpf-dev";
        try {
            String listed = Files.readString(tools).strip();
            packages = PACKAGES.matcher(listed).matches() ? listed : packages;
        } catch (IOException e) {
            // Somebody has taken away more than the library.
        }
        return new Missing(
                "the build left it out for want of " + packages,
                "apt-get install " + packages + ", and touch pom.xml so that the next start builds");
    }

    /** Out of what JNA and the dynamic linker say: {@code libbpf.so.1: cannot open shared object file: No such ...}. */
    static Missing parseLinker(String message) {
        String said = message.replaceFirst("^Unable to load library '[^']*':\\s*", "");
        String line = said.lines().findFirst().orElse("it cannot be loaded");
        int end = line.indexOf(": cannot open shared object file");
        if (end < 0) {
            return new Missing(FILE + ": " + line, "build again");
        }
        String library = line.substring(0, end);
        return library.equals("libbpf.so.1")
                ? new Missing("libbpf.so.1 is missing", "apt-get install libbpf1")
                : new Missing(library + " is missing", "install the package that has it");
    }

    /** As {@link NativeLibrary#layout()}, of the records of {@code shawk_bpf.h}. */
    static Map<String, int[]> layout() throws NativeException {
        load();
        byte[] text = new byte[BpfBindings.shawk_bpf_abi_layout(null, 0)];
        BpfBindings.shawk_bpf_abi_layout(text, text.length);
        return NativeLibrary.parseLayout(text);
    }
}
