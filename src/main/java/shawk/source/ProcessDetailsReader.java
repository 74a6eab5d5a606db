package shawk.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import shawk.model.ContainerId;
import shawk.model.ContainerName;
import shawk.model.ContainerNames;
import shawk.model.ControlGroup;
import shawk.model.ProcessDetails;
import shawk.model.ProcessId;
import shawk.model.ProcessRecord;
import shawk.model.RawText;

/**
 * Reads executable, command line and cgroup of each process once, at its first sight, and again when its comm has
 * changed (exec). A process in a container is told once more when the container's name has become known. What belongs
 * to another process that got the pid meanwhile is thrown away. Used by one thread.
 */
public final class ProcessDetailsReader {
    /** Processes read in one sample at most; the others have their turn in the next ones. */
    static final int READS_MAX = 2_048;

    /** Bytes of a command line. */
    static final int CMDLINE_MAX = 4_096;

    /** With more new ones than that it pays to look first which processes there are: they may have ended long ago. */
    private static final int LOOKED_UP_MAX = 32;

    /** Processes remembered from one whole sample to the next. */
    private static final int KNOWN_MAX = 65_536;

    private static final int CGROUP_MAX = 16_384;
    private static final int STAT_MAX = 1_024;
    private static final int COMM_FULL = 15;
    private static final byte[] DELETED = " (deleted)".getBytes(StandardCharsets.US_ASCII);

    private static final Path ROOT = Path.of("/");
    /** No folder, so that nothing is below it. */
    private static final Path NOWHERE = Path.of("/dev/null");

    private final Path procRoot;
    private final ContainerNames names;
    private final Map<ProcessId, Unnamed> unnamed = new HashMap<>();
    private Map<ProcessId, RawText> known = new HashMap<>();

    /** What was read of a process whose container's name is not known yet. */
    private record Unnamed(ProcessDetails details, ContainerId container) {}

    /** Containers have the names that {@code names} knows. */
    public ProcessDetailsReader(Path procRoot, ContainerNames names) {
        this.procRoot = procRoot;
        this.names = names;
    }

    /**
     * Details of those of {@code count} processes that are new, or whose container's name has become known.
     *
     * @param whole whether these are all that matter, so that others are forgotten
     */
    public List<ProcessDetails> queryNew(ProcessRecord records, int count, boolean whole) {
        List<ProcessDetails> found = findNamed();
        Map<ProcessId, RawText> present = new HashMap<>(2 * count);
        Present alive = new Present(procRoot);
        int reads = 0;
        for (int i = 0; i < count; i++) {
            records.at(i);
            ProcessId id = new ProcessId(records.pid(), records.start());
            RawText comm = records.comm();
            RawText before = known.get(id);
            if (before != null && before.equals(comm)) {
                present.put(id, comm);
            } else if (!alive.has(id.pid())) {
                present.put(id, comm);
            } else if (reads < READS_MAX) {
                reads++;
                present.put(id, comm);
                ProcessDetails details = query(id, comm);
                if (details != null) {
                    found.add(details);
                }
            }
        }
        remember(present, whole);
        return found;
    }

    private void remember(Map<ProcessId, RawText> present, boolean whole) {
        if (!whole && known.size() + present.size() <= KNOWN_MAX) {
            known.putAll(present);
            return;
        }
        known = present;
        unnamed.keySet().retainAll(present.keySet());
    }

    /** Which processes there are: the first few are looked for one by one, for the others procfs is listed once. */
    private static final class Present {
        private final Path procRoot;
        private final Set<String> pids = new HashSet<>();
        private int asked;

        Present(Path procRoot) {
            this.procRoot = procRoot;
        }

        boolean has(int pid) {
            asked++;
            if (asked <= LOOKED_UP_MAX) {
                return procRoot.resolve(Integer.toString(pid)).toFile().exists();
            }
            if (asked == LOOKED_UP_MAX + 1) {
                String[] names = procRoot.toFile().list();
                pids.addAll(names == null ? List.of() : Arrays.asList(names));
            }
            return pids.contains(Integer.toString(pid));
        }
    }

    private List<ProcessDetails> findNamed() {
        List<ProcessDetails> found = new ArrayList<>();
        for (Iterator<Unnamed> all = unnamed.values().iterator(); all.hasNext(); ) {
            Unnamed each = all.next();
            ContainerName name = names.find(each.container());
            if (name != null) {
                all.remove();
                found.add(each.details().named(name));
            }
        }
        return found;
    }

    private @Nullable ProcessDetails query(ProcessId id, RawText comm) {
        Path dir = procRoot.resolve(Integer.toString(id.pid()));
        byte[] exe = queryLink(dir.resolve("exe"));
        byte[] cmdline = queryFile(dir.resolve("cmdline"), CMDLINE_MAX);
        byte[] cgroup = queryFile(dir.resolve("cgroup"), CGROUP_MAX);
        if (parseStart(queryFile(dir.resolve("stat"), STAT_MAX)) != id.startTicks()) {
            return null;
        }
        ControlGroup group = ControlGroup.parse(cgroup);
        ProcessDetails details = new ProcessDetails(
                id,
                RawText.of(exe),
                RawText.of(parseCmdline(cmdline)),
                group.path(),
                RawText.of(parseFullName(comm.toBytes(), exe, cmdline)),
                group.container(),
                group.pod());
        return group.id() == null ? details : named(details, group.id());
    }

    private ProcessDetails named(ProcessDetails details, ContainerId container) {
        ContainerName name = names.find(container);
        if (name != null) {
            unnamed.remove(details.id());
            return details.named(name);
        }
        unnamed.put(details.id(), new Unnamed(details, container));
        return details;
    }

    /**
     * Target of a symbolic link as bytes: Java's own text of a path loses what is no text in the locale, its URI does
     * not. But to make one Java looks whether the path is a folder, which on a dead file server takes for ever, and is
     * of this program's own mounts: so the path is moved to where nothing is, and back.
     */
    private static byte[] queryLink(Path link) {
        try {
            Path target = Files.readSymbolicLink(link);
            boolean absolute = target.isAbsolute();
            Path moved = NOWHERE.resolve(absolute ? ROOT.relativize(target) : target);
            String path = moved.toUri().getRawPath();
            return parsePercent(path.substring(NOWHERE.toString().length() + (absolute ? 0 : 1)));
        } catch (IOException | RuntimeException e) {
            return new byte[0];
        }
    }

    private static byte[] queryFile(Path file, int most) {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(most);
        } catch (IOException | RuntimeException e) {
            return new byte[0];
        }
    }

    /** The bytes of a percent-encoded path. */
    static byte[] parsePercent(String encoded) {
        byte[] out = new byte[encoded.length()];
        int length = 0;
        for (int i = 0; i < encoded.length(); i++) {
            char c = encoded.charAt(i);
            if (c == '%' && i + 2 < encoded.length()) {
                out[length++] = (byte) Integer.parseInt(encoded.substring(i + 1, i + 3), 16);
                i += 2;
            } else {
                out[length++] = (byte) c;
            }
        }
        return Arrays.copyOf(out, length);
    }

    /** Field 22 of {@code /proc/PID/stat}, -1 where there is none; comm before it may hold anything. */
    static long parseStart(byte[] stat) {
        String text = new String(stat, StandardCharsets.ISO_8859_1);
        String[] words = text.substring(text.lastIndexOf(')') + 1).trim().split(" ");
        try {
            return words.length > 19 ? Long.parseLong(words[19]) : -1;
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    /** Arguments with a blank between them. */
    static byte[] parseCmdline(byte[] raw) {
        int end = raw.length;
        while (end > 0 && raw[end - 1] == 0) {
            end--;
        }
        byte[] out = Arrays.copyOf(raw, end);
        for (int i = 0; i < end; i++) {
            if (out[i] == 0) {
                out[i] = ' ';
            }
        }
        return out;
    }

    /** The last part of the executable's path or of the first argument, whichever begins with a comm that was cut. */
    static byte[] parseFullName(byte[] comm, byte[] exe, byte[] cmdline) {
        if (comm.length != COMM_FULL) {
            return new byte[0];
        }
        byte[] byExe = baseName(withoutDeleted(exe));
        if (startsWith(byExe, comm)) {
            return byExe;
        }
        int end = 0;
        while (end < cmdline.length && cmdline[end] != 0) {
            end++;
        }
        byte[] byArgument = baseName(Arrays.copyOf(cmdline, end));
        return startsWith(byArgument, comm) ? byArgument : new byte[0];
    }

    private static byte[] withoutDeleted(byte[] exe) {
        int end = exe.length - DELETED.length;
        boolean deleted = end >= 0 && Arrays.equals(exe, end, exe.length, DELETED, 0, DELETED.length);
        return deleted ? Arrays.copyOf(exe, end) : exe;
    }

    private static byte[] baseName(byte[] path) {
        int start = path.length;
        while (start > 0 && path[start - 1] != '/') {
            start--;
        }
        return Arrays.copyOfRange(path, start, path.length);
    }

    private static boolean startsWith(byte[] text, byte[] beginning) {
        return text.length >= beginning.length
                && Arrays.equals(text, 0, beginning.length, beginning, 0, beginning.length);
    }
}
