package shawk.doctor;

import java.util.List;
import java.util.Map;
import shawk.model.Degradation;
import shawk.model.SafeText;

/**
 * What was found on this host. Nothing is decided here. Immutable.
 *
 * @param kernel what the kernel answers
 * @param programs what programs in the kernel find
 * @param capture whether packets can be captured
 * @param rights what this process may do
 * @param sample what one sample of the sockets showed
 * @param screen the terminal, as far as there is one
 * @param machine the Java that this program runs in
 * @param settings variables and files that change what the program does
 */
public record Facts(
        Kernel kernel,
        Programs programs,
        Capture capture,
        Rights rights,
        Sample sample,
        Screen screen,
        Machine machine,
        Settings settings) {

    /** A question to the kernel. */
    public enum Question {
        TCP4("netlink-tcp4"),
        TCP6("netlink-tcp6"),
        UDP4("netlink-udp4"),
        UDP6("netlink-udp6"),
        MPTCP("netlink-mptcp"),
        UNIX("netlink-unix"),
        DESTROY("sock-destroy"),
        CONNTRACK("conntrack");

        private final String id;

        Question(String id) {
            this.id = id;
        }

        /** Name as the report writes it. */
        public String id() {
            return id;
        }
    }

    /**
     * An answer of the kernel's.
     *
     * @param errno 0 = yes
     * @param text the errno in words; empty where there is none
     */
    public record Answer(int errno, String text) {
        /** Yes. */
        public static final Answer YES = new Answer(0, "");
    }

    /**
     * What the kernel answers.
     *
     * @param release e.g. {@code 6.18.5}
     * @param answers to each question; none at all where the native library could not be loaded
     * @param infoBytes length of its tcp_info; 0 = not known
     * @param library why the native library could not be loaded; empty where it was
     * @param procRoot where procfs is looked for
     * @param procReadable whether it is there
     * @param procSockets whether the tables of sockets below it can be read
     */
    public record Kernel(
            SafeText release,
            Map<Question, Answer> answers,
            int infoBytes,
            SafeText library,
            SafeText procRoot,
            boolean procReadable,
            boolean procSockets) {
        public Kernel {
            answers = Map.copyOf(answers);
        }
    }

    /** What programs in the kernel are attached to. */
    public enum Hook {
        BTF("btf"),
        ITERATOR("ebpf-iterator"),
        TRACEPOINT("ebpf-tracepoint"),
        IO("ebpf-io"),
        CGROUP("ebpf-cgroup"),
        STATISTICS("ebpf-statistics");

        private final String id;

        Hook(String id) {
            this.id = id;
        }

        /** Name as the report writes it. */
        public String id() {
            return id;
        }
    }

    /**
     * What programs in the kernel find.
     *
     * @param library why the library that loads them cannot be used; empty where it can
     * @param libraryFix what brings it
     * @param answers the kernel's, to each hook; none at all where there is no library
     * @param hostPids whether the pids of procfs are those that the kernel's programs see
     * @param hostUsers whether capabilities are those of the initial user namespace
     * @param lockdown {@code none}, {@code integrity}, {@code confidentiality}; empty = the kernel has no such thing
     * @param unprivilegedDisabled {@code kernel.unprivileged_bpf_disabled}; -1 = not known
     * @param cgroup2 where the cgroup hierarchy of version 2 is mounted; empty = nowhere
     * @param cgroup1 whether there are hierarchies of version 1
     */
    public record Programs(
            SafeText library,
            String libraryFix,
            Map<Hook, Answer> answers,
            boolean hostPids,
            boolean hostUsers,
            SafeText lockdown,
            int unprivilegedDisabled,
            SafeText cgroup2,
            boolean cgroup1) {
        public Programs {
            answers = Map.copyOf(answers);
        }
    }

    /**
     * What came of capturing packets for a moment.
     *
     * @param library why the library that does cannot be used; empty where it can
     * @param libraryFix what brings it
     * @param denied whether this process may not
     * @param failure why else it failed; empty where it did not
     */
    public record Capture(SafeText library, String libraryFix, boolean denied, SafeText failure) {}

    /**
     * What this process may do.
     *
     * @param uid effective user
     * @param capabilities effective set, bit {@code CAP_*}
     */
    public record Rights(long uid, long capabilities) {
        static final int CAP_DAC_READ_SEARCH = 2;
        static final int CAP_NET_ADMIN = 12;
        static final int CAP_NET_RAW = 13;
        static final int CAP_SYS_PTRACE = 19;
        static final int CAP_SYS_ADMIN = 21;
        static final int CAP_PERFMON = 38;
        static final int CAP_BPF = 39;

        boolean has(int capability) {
            return (capabilities >>> capability & 1) == 1;
        }
    }

    /**
     * What one sample showed.
     *
     * @param failure why there is none; empty where there is one
     * @param source short name of the source
     * @param connections live connections
     * @param sockets all sockets
     * @param held sockets that some process holds, as far as that can be told
     * @param owned of these, whose owner is known
     * @param namespaces network namespaces that were found
     * @param unread of these, whose sockets could not be seen
     * @param degradations what could not be seen
     */
    public record Sample(
            SafeText failure,
            String source,
            long connections,
            long sockets,
            long held,
            long owned,
            int namespaces,
            int unread,
            List<Degradation> degradations) {
        public Sample {
            degradations = List.copyOf(degradations);
        }
    }

    /**
     * The terminal.
     *
     * @param term its type
     * @param refusal why the monitor would not start here; empty where it would
     * @param ascii whether the locale has nothing but ASCII
     * @param mono whether no colours are used
     * @param columns width; 0 = not known
     * @param rows height; 0 = not known
     */
    public record Screen(SafeText term, String refusal, boolean ascii, boolean mono, int columns, int rows) {}

    /**
     * The Java that this program runs in.
     *
     * @param version e.g. {@code 17.0.13+11}
     * @param maxHeapBytes the heap's bound
     * @param processors how many it sees
     */
    public record Machine(SafeText version, long maxHeapBytes, int processors) {}

    /**
     * Variables and files that change what the program does.
     *
     * @param variables names of those that are set and mean something, with their values
     * @param warnings what is wrong with others; no value of one stands there
     * @param failure why the file of variables cannot be used; empty where it can or there is none
     * @param config where the config file is, or would be; empty where the user has no home
     * @param configThere whether there is one
     * @param configProblems what is wrong with it, or with lines of it
     */
    public record Settings(
            Map<String, SafeText> variables,
            List<String> warnings,
            String failure,
            SafeText config,
            boolean configThere,
            List<String> configProblems) {
        public Settings {
            variables = Map.copyOf(variables);
            warnings = List.copyOf(warnings);
            configProblems = List.copyOf(configProblems);
        }
    }
}
