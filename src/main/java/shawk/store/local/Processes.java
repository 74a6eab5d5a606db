package shawk.store.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What procfs says of the server's processes, and of those that use it. */
final class Processes {
    private static final Path PROC = Path.of("/proc");

    /** Of a lock by fcntl(): the process, the inode. */
    private static final Pattern LOCK =
            Pattern.compile("\\d+: POSIX +ADVISORY +READ +(\\d+) \\p{XDigit}+:\\p{XDigit}+:(\\d+) .*");

    private Processes() {}

    /** Whether {@code pid} is a supervisor, and no later bearer of the number. */
    static boolean isSupervisor(long pid) {
        return pid > 0 && text(PROC.resolve(pid + "/comm")).strip().equals("shawk-cmdb");
    }

    /** Whether {@code pid} works in {@code folder}, as a server does in that of its data. */
    static boolean worksIn(long pid, Path folder) {
        try {
            return Files.isSameFile(PROC.resolve(pid + "/cwd"), folder);
        } catch (IOException e) {
            return false;
        }
    }

    /** The processes that have a shared lock of {@code file}. */
    static List<Long> readersOf(Path file) {
        List<Long> pids = new ArrayList<>();
        try {
            String inode = String.valueOf(Files.getAttribute(file, "unix:ino"));
            for (String line : text(PROC.resolve("locks")).split("\n")) {
                Matcher lock = LOCK.matcher(line);
                if (lock.matches() && lock.group(2).equals(inode)) {
                    pids.add(Long.valueOf(lock.group(1)));
                }
            }
        } catch (IOException e) {
            // Without the file nobody has it.
        }
        return pids;
    }

    /** Sessions of the server whose first process is {@code server}. */
    static int sessions(long server) {
        return (int) ProcessHandle.of(server).stream()
                .flatMap(ProcessHandle::children)
                .map(child -> text(PROC.resolve(child.pid() + "/cmdline")))
                .filter(title -> title.startsWith("postgres: ") && title.contains(" [local]"))
                .count();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }
}
