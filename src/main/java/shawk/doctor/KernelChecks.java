package shawk.doctor;

import java.util.ArrayList;
import java.util.List;
import shawk.doctor.Facts.Answer;
import shawk.doctor.Facts.Question;
import shawk.doctor.Facts.Rights;

/** What the kernel gives: its sockets by netlink and by procfs, its tcp_info, what ends connections, who translates. */
final class KernelChecks {
    private static final int EPERM = 1;
    private static final int ENOENT = 2;
    private static final int EOPNOTSUPP = 95;

    /** Fields of this program, and up to where tcp_info has to reach for each; it has only ever grown at its end. */
    private static final List<Part> INFO = List.of(
            new Part(104, "2.6", "rtt rttvar retrans cwnd ssthresh mss"),
            new Part(112, "3.15", "pacing_rate"),
            new Part(136, "4.1", "tx_bytes rx_bytes tx_rate rx_rate"),
            new Part(144, "4.2", "retrans_pct"),
            new Part(160, "4.6", "min_rtt"),
            new Part(168, "4.9", "delivery_rate"),
            new Part(192, "4.10", "rwnd_limited sndbuf_limited cwnd_limited"));

    private KernelChecks() {}

    /**
     * Some fields.
     *
     * @param bytes length of a tcp_info that has them
     * @param since the Linux that brought them
     * @param fields their names
     */
    private record Part(int bytes, String since, String fields) {}

    static List<Finding> of(Facts facts) {
        Facts.Kernel kernel = facts.kernel();
        List<Finding> all = new ArrayList<>();
        all.add(Finding.note("kernel", "Linux " + kernel.release().value()));
        all.add(procfs(kernel));
        if (!kernel.library().value().isEmpty()) {
            all.add(Finding.missing("libshawk", kernel.library().value(), "build it with `make -C native`"));
            return all;
        }
        for (Question question : Question.values()) {
            Answer answer = kernel.answers().getOrDefault(question, Answer.YES);
            all.add(
                    switch (question) {
                        case DESTROY -> destroy(answer, facts.rights());
                        case CONNTRACK -> conntrack(answer);
                        default -> diag(question, answer);
                    });
        }
        all.add(info(kernel.infoBytes()));
        return all;
    }

    private static Finding procfs(Facts.Kernel kernel) {
        String root = kernel.procRoot().value();
        if (!kernel.procReadable()) {
            return Finding.missing("procfs", "no procfs at " + root, "mount it, or name its place with PROC_ROOT");
        }
        return kernel.procSockets()
                ? Finding.works("procfs", root + ", tables of sockets in it")
                : Finding.partly("procfs", root + " has no tables of sockets", "mount a whole procfs");
    }

    private static Finding diag(Question question, Answer answer) {
        String module =
                switch (question) {
                    case TCP4, TCP6 -> "tcp_diag";
                    case MPTCP -> "mptcp_diag";
                    case UNIX -> "unix_diag";
                    default -> "udp_diag";
                };
        if (answer.errno() == 0) {
            return Finding.works(question.id(), module + " answers");
        }
        String reason = module + ": " + answer.text();
        if (question == Question.MPTCP || question == Question.UNIX) {
            return Finding.missing(question.id(), reason, "load the kernel module " + module);
        }
        return Finding.missing(
                question.id(),
                reason,
                answer.errno() == ENOENT ? "load the kernel module " + module : "use --source proc");
    }

    /** The kernel is asked whether it can, the capabilities whether this process may. */
    private static Finding destroy(Answer answer, Rights rights) {
        String id = Question.DESTROY.id();
        if (answer.errno() == EOPNOTSUPP) {
            return Finding.missing(id, "this kernel cannot end connections", "CONFIG_INET_DIAG_DESTROY=y");
        }
        if (answer.errno() != 0 && answer.errno() != EPERM) {
            return Finding.missing(id, answer.text(), "load the kernel module tcp_diag");
        }
        return rights.has(Rights.CAP_NET_ADMIN) && answer.errno() == 0
                ? Finding.works(id, "connections can be ended")
                : Finding.missing(id, "no CAP_NET_ADMIN", "run as root, or with CAP_NET_ADMIN");
    }

    private static Finding conntrack(Answer answer) {
        String id = Question.CONNTRACK.id();
        if (answer.errno() == 0) {
            return Finding.works(id, "addresses before translation can be read");
        }
        return answer.errno() == EPERM
                ? Finding.missing(id, "no CAP_NET_ADMIN", "run as root, or with CAP_NET_ADMIN")
                : Finding.missing(id, answer.text(), "load the kernel module nf_conntrack_netlink");
    }

    private static Finding info(int bytes) {
        if (bytes <= 0) {
            return Finding.missing("tcp-info", "its length is not known", "see netlink-tcp4");
        }
        List<String> lost = lost(bytes);
        return lost.isEmpty()
                ? Finding.works("tcp-info", bytes + " bytes, every field")
                : Finding.partly(
                        "tcp-info",
                        bytes + " bytes, without " + String.join(", ", lost),
                        "Linux " + INFO.get(INFO.size() - 1).since + " or later");
    }

    /** The fields that a tcp_info of {@code bytes} does not hold. */
    static List<String> lost(int bytes) {
        List<String> lost = new ArrayList<>();
        for (Part part : INFO) {
            if (bytes < part.bytes) {
                lost.addAll(List.of(part.fields.split(" ")));
            }
        }
        return lost;
    }
}
