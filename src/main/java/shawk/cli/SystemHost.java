package shawk.cli;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** This host. */
final class SystemHost implements ServiceHost {
    private static final Path USERS = Path.of("/etc/passwd");
    private static final int MOST_BYTES = 8 << 20;
    private static final int SECONDS = 30;

    @Override
    public boolean root() {
        return Invoker.query(Map.of()).uid() == 0;
    }

    /** As sd_booted(3) does. */
    @Override
    public boolean systemd() {
        return Files.isDirectory(Path.of("/run/systemd/system"), LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public String queryUsers() throws IOException {
        try (InputStream in = Files.newInputStream(USERS)) {
            return new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
        }
    }

    @Override
    public String run(List<String> command) {
        Path said = PrivateFile.create("");
        try {
            ProcessBuilder builder = new ProcessBuilder(command).directory(new File("/"));
            builder.environment().clear();
            builder.environment().put("LC_ALL", "C");
            builder.environment().put("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
            builder.redirectInput(new File("/dev/null")).redirectErrorStream(true);
            builder.redirectOutput(said == null ? new File("/dev/null") : said.toFile());
            Process process = builder.start();
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return "still at work after " + SECONDS + " s, and was ended";
            }
            return process.exitValue() == 0 ? "" : lastLine(said, process.exitValue());
        } catch (IOException e) {
            return FileTrouble.text(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        } finally {
            remove(said);
        }
    }

    private static String lastLine(@Nullable Path said, int status) throws IOException {
        String[] lines = said == null
                ? new String[] {""}
                : ServiceTree.queryText(said).strip().split("\n");
        String last = Failure.plain(lines[lines.length - 1].strip());
        return last.isEmpty() ? "status " + status : last;
    }

    private static void remove(@Nullable Path said) {
        try {
            if (said != null) {
                Files.deleteIfExists(said);
            }
        } catch (IOException e) {
            // A file of no size is left in /tmp.
        }
    }
}
