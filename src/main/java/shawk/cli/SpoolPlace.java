package shawk.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import shawk.expr.ExprException;
import shawk.expr.Sizes;
import shawk.store.spool.Spool;
import shawk.store.spool.SpoolException;
import shawk.store.spool.SpoolLimits;
import shawk.store.spool.StoredForm;

/**
 * Where the spool is and how much it may take.
 *
 * @param folder absolute
 * @param maxBytes of everything in it
 */
record SpoolPlace(Path folder, long maxBytes) {
    private static final Path OF_ROOT = Path.of("/var/lib/shawk/spool");

    /** By the environment, and by who runs this program. */
    static SpoolPlace of(Environment environment, boolean root) throws Failure {
        return new SpoolPlace(folder(environment, root), parseSize(environment.value(Environment.SPOOL_MAX)));
    }

    private static Path folder(Environment environment, boolean root) throws Failure {
        String typed = environment.value(Environment.SPOOL);
        if (typed != null) {
            if (!typed.startsWith("/")) {
                throw Failure.usage(Environment.SPOOL + "=" + Failure.quote(typed)
                        + ": expected the absolute path of a folder, such as " + OF_ROOT + ", or unset it");
            }
            return path(typed);
        }
        if (root) {
            return OF_ROOT;
        }
        Map<String, String> all = environment.variables();
        String data = all.getOrDefault(Environment.DATA_HOME, "");
        String base = data.startsWith("/") ? data : all.getOrDefault("HOME", "") + "/.local/share";
        if (!base.startsWith("/")) {
            throw Failure.missing("there is no home folder for the spool; set " + Environment.SPOOL + " to a folder");
        }
        return path(base).resolve("shawk").resolve("spool");
    }

    private static Path path(String typed) throws Failure {
        try {
            return Path.of(typed).normalize();
        } catch (InvalidPathException e) {
            throw Failure.usage(Environment.SPOOL + "=" + Failure.quote(typed) + " is no path; name a folder");
        }
    }

    private static long parseSize(@Nullable String typed) throws Failure {
        if (typed == null) {
            return SpoolLimits.USUAL_BYTES;
        }
        long size = 0;
        try {
            size = Sizes.parse(typed);
        } catch (ExprException e) {
            // As one that is out of range.
        }
        if (size < SpoolLimits.LEAST_BYTES || size > MOST) {
            throw Failure.usage(Environment.SPOOL_MAX + "=" + Failure.quote(typed)
                    + ": expected a size from 1MiB to 64GiB; set it to 256MiB, or unset it");
        }
        return size;
    }

    private static final long MOST = 64L << 30;

    /** Opens the spool that is there; null where another process has it. */
    @Nullable
    Spool open() throws Failure {
        try {
            return Spool.open(folder, SpoolLimits.of(maxBytes), new StoredForm());
        } catch (SpoolException e) {
            if (e.kind() == SpoolException.Kind.TAKEN) {
                return null;
            }
            throw Failure.missing(Failure.plain(e.getMessage()) + "; make room or rights there, or set "
                    + Environment.SPOOL + " to another folder");
        }
    }
}
