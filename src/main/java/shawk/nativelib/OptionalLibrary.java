package shawk.nativelib;

import com.sun.jna.Native;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A library of this program's that may be missing beside {@code libshawk.so}, since building it takes what not each
 * host has, and so may the libraries that it needs: both are to be expected, and told with what brings them. Used under
 * its owner's lock.
 */
final class OptionalLibrary {
    private static final Pattern PACKAGES = Pattern.compile("[a-z0-9 +.-]{1,100}");

    private final String name;
    private final String builtWith;
    private final Map<String, String> packages;
    private boolean loaded;

    /**
     * One that is not loaded yet.
     *
     * @param name of its file, without {@code .so}
     * @param builtWith packages that the build takes, for where it has not left its own list in {@code name.missing}
     * @param packages those of the libraries that it is linked with, by soname
     */
    OptionalLibrary(String name, String builtWith, Map<String, String> packages) {
        this.name = name;
        this.builtWith = builtWith;
        this.packages = packages;
    }

    /**
     * Why a library cannot be used.
     *
     * @param reason what is missing
     * @param fix what brings it
     */
    record Missing(String reason, String fix) {}

    /**
     * Loads it unless it is loaded.
     *
     * @param bindings the class of its functions
     * @param version the version that it is of, asked once it is bound
     * @param expected the version that this program was written for
     * @throws NativeException if it, or what it needs, is missing; the message says what brings it
     */
    void load(Class<?> bindings, IntSupplier version, int expected) throws NativeException {
        if (loaded) {
            return;
        }
        Missing missing = bind(bindings, version, expected);
        if (missing != null) {
            throw new NativeException(0, missing.reason(), missing.fix());
        }
        loaded = true;
    }

    private @Nullable Missing bind(Class<?> bindings, IntSupplier version, int expected) {
        Path file = NativeLibrary.locate().resolveSibling(name + ".so");
        if (!Files.isRegularFile(file)) {
            return notBuilt(file.resolveSibling(name + ".missing"));
        }
        NativeLibrary.prepareJna(file.resolveSibling(".").normalize());
        try {
            Native.register(bindings, com.sun.jna.NativeLibrary.getInstance(file.toString()));
        } catch (LinkageError | RuntimeException e) {
            return parseLinker(String.valueOf(e.getMessage()));
        }
        int found = version.getAsInt();
        return found == expected
                ? null
                : new Missing(name + ".so is of version " + found + ", expected " + expected, "build again");
    }

    /** The build leaves a list of what it would have taken. */
    private Missing notBuilt(Path list) {
        String needed = builtWith;
        try {
            String listed = Files.readString(list).strip();
            needed = PACKAGES.matcher(listed).matches() ? listed : needed;
        } catch (IOException e) {
            // Somebody has taken away more than the library.
        }
        return new Missing(
                "the build left it out for want of " + needed,
                "apt-get install " + needed + ", and touch pom.xml so that the next start builds");
    }

    /** Out of what JNA and the dynamic linker say: {@code libbpf.so.1: cannot open shared object file: No such ...}. */
    Missing parseLinker(String message) {
        String said = message.replaceFirst("^Unable to load library '[^']*':\\s*", "");
        String line = said.lines().findFirst().orElse("it cannot be loaded");
        int end = line.indexOf(": cannot open shared object file");
        if (end < 0) {
            return new Missing(name + ".so: " + line, "build again");
        }
        String library = line.substring(0, end);
        String bringer = packages.get(library);
        return new Missing(
                library + " is missing",
                bringer == null ? "install the package that has it" : "apt-get install " + bringer);
    }
}
