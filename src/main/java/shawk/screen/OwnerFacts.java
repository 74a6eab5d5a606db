package shawk.screen;

import shawk.field.OwnerFields;
import shawk.model.Column;
import shawk.model.Degradation;
import shawk.model.OwnerProof;
import shawk.model.ProcessInfo;
import shawk.model.Snapshot;
import shawk.model.SocketTable;

/** What is said of the processes behind a socket. Pure. */
final class OwnerFacts {
    /** Holders that are named; of more only the count is said. */
    private static final int MAX_HOLDERS = 20;

    private OwnerFacts() {}

    static void of(Facts facts, Snapshot snapshot, int socket) {
        facts.section("Owner");
        long owner = snapshot.table().value(Column.OWNER, socket);
        facts.add("process", Facts.owner(snapshot, socket) + ", " + proof(snapshot, socket));
        if (owner != SocketTable.ABSENT) {
            process(facts, snapshot.processes().get((int) owner));
        } else {
            facts.add("user", Facts.key(OwnerFields.USER, snapshot, socket) + ": whom the socket belongs to");
        }
        int count = snapshot.holders().count(socket);
        if (count > 1) {
            StringBuilder holders = new StringBuilder();
            for (int i = 0; i < Math.min(count, MAX_HOLDERS); i++) {
                holders.append(i == 0 ? "" : ", ");
                holders.append(Facts.process(
                        snapshot.processes().get(snapshot.holders().process(socket, i))));
            }
            String more = count > MAX_HOLDERS ? " and " + (count - MAX_HOLDERS) + " more" : "";
            facts.add("holders", count + ": " + holders + more);
        }
    }

    static void process(Facts facts, ProcessInfo process) {
        facts.add(
                "user",
                (process.user().value().isEmpty() ? "-" : process.user().value()) + " (uid " + process.uid()
                        + "), parent " + process.ppid());
        facts.text("executable", process.exe());
        facts.text("command", process.cmdline());
        facts.text("unit", process.unit());
        facts.text("container", process.container());
        facts.text("pod", process.pod());
        facts.text("cgroup", process.cgroup());
    }

    private static String proof(Snapshot snapshot, int socket) {
        long proof = snapshot.table().value(Column.OWNER_PROOF, socket);
        int holders = snapshot.holders().count(socket);
        if (snapshot.exactCounts() && proof != OwnerProof.UNKNOWN.ordinal() && proof != SocketTable.ABSENT) {
            return watched(proof == OwnerProof.PROVEN.ordinal(), holders, choice(snapshot, socket));
        }
        if (proof == OwnerProof.PROVEN.ordinal()) {
            return "proven: the only process seen to hold the socket";
        }
        if (proof == OwnerProof.INFERRED.ordinal()) {
            return holders > 1
                    ? "inferred: " + choice(snapshot, socket) + " of " + holders + " processes that hold the socket"
                    : "inferred: nobody was seen to hold it now; it held it before, or holds the listener";
        }
        return "nobody could be named";
    }

    /** Which of several holders is the owner: who has only come counts from the next sample on. */
    private static String choice(Snapshot snapshot, int socket) {
        long owner = snapshot.table().value(Column.OWNER, socket);
        long start = owner == SocketTable.ABSENT ? 0 : startTicks(snapshot, (int) owner);
        for (int i = 0; i < snapshot.holders().count(socket); i++) {
            if (startTicks(snapshot, snapshot.holders().process(socket, i)) > start) {
                return "the youngest but for who came just now";
            }
        }
        return "the youngest";
    }

    private static long startTicks(Snapshot snapshot, int process) {
        return snapshot.processes().get(process).id().startTicks();
    }

    /** Where each connection is watched, it is not only who holds it that counts, but who uses it. */
    private static String watched(boolean proven, int holders, String choice) {
        if (proven) {
            return "proven: it opened it, was the last to send or receive on it, or alone holds it";
        }
        return holders > 1
                ? "inferred: " + choice + " of " + holders + " that hold the socket; none was seen to use it"
                : "inferred: it holds the listener, or held it last; nobody was seen to use it";
    }

    /** What this run cannot see at all. */
    static void missing(Facts facts, Snapshot snapshot) {
        facts.section("What this run cannot see");
        for (Degradation degradation : snapshot.degradations()) {
            facts.add("!", degradation.line(), Style.WARN);
        }
    }
}
