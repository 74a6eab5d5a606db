package shawk.nativelib;

import java.util.Map;

/** Symbolic names and short texts of the errno values that Linux gives here; the same on every 64-bit architecture. */
final class Errno {
    static final int EPERM = 1;
    static final int ENOENT = 2;
    static final int ESRCH = 3;
    static final int ENOMEM = 12;
    static final int EACCES = 13;
    static final int EINVAL = 22;
    static final int ENFILE = 23;
    static final int EMFILE = 24;
    static final int EOPNOTSUPP = 95;
    static final int ENOBUFS = 105;

    private record Entry(String name, String text) {}

    private static final Map<Integer, Entry> ENTRIES = Map.ofEntries(
            Map.entry(1, new Entry("EPERM", "operation not permitted")),
            Map.entry(2, new Entry("ENOENT", "no such file or directory")),
            Map.entry(3, new Entry("ESRCH", "no such process")),
            Map.entry(4, new Entry("EINTR", "interrupted")),
            Map.entry(5, new Entry("EIO", "input/output error")),
            Map.entry(9, new Entry("EBADF", "bad file descriptor")),
            Map.entry(11, new Entry("EAGAIN", "resource temporarily unavailable")),
            Map.entry(12, new Entry("ENOMEM", "out of memory")),
            Map.entry(13, new Entry("EACCES", "permission denied")),
            Map.entry(20, new Entry("ENOTDIR", "not a directory")),
            Map.entry(22, new Entry("EINVAL", "invalid argument")),
            Map.entry(23, new Entry("ENFILE", "too many open files in the system")),
            Map.entry(24, new Entry("EMFILE", "too many open files")),
            Map.entry(25, new Entry("ENOTTY", "not a terminal")),
            Map.entry(32, new Entry("EPIPE", "broken pipe")),
            Map.entry(36, new Entry("ENAMETOOLONG", "file name too long")),
            Map.entry(38, new Entry("ENOSYS", "function not implemented")),
            Map.entry(40, new Entry("ELOOP", "too many levels of symbolic links")),
            Map.entry(71, new Entry("EPROTO", "protocol error")),
            Map.entry(90, new Entry("EMSGSIZE", "message too long")),
            Map.entry(93, new Entry("EPROTONOSUPPORT", "protocol not supported")),
            Map.entry(95, new Entry("EOPNOTSUPP", "operation not supported")),
            Map.entry(97, new Entry("EAFNOSUPPORT", "address family not supported")),
            Map.entry(105, new Entry("ENOBUFS", "no buffer space available")),
            Map.entry(110, new Entry("ETIMEDOUT", "timed out")));

    private Errno() {}

    static String name(int errno) {
        Entry entry = ENTRIES.get(errno);
        return entry == null ? "errno " + errno : entry.name();
    }

    static String text(int errno) {
        Entry entry = ENTRIES.get(errno);
        return entry == null ? "unknown error" : entry.text();
    }
}
