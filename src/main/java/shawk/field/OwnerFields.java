package shawk.field;

import static shawk.field.KeyField.Rollup.DISTINCT;
import static shawk.field.KeyField.Rollup.WORST;

import java.util.List;
import java.util.stream.Stream;
import shawk.model.Column;
import shawk.model.OwnerProof;
import shawk.model.ProcessInfo;
import shawk.model.ProcessTexts;
import shawk.model.Snapshot;
import shawk.model.SocketTable;

/** Fields that say whose socket it is. */
public final class OwnerFields {
    public static final KeyField PID = new KeyField.Builder("pid", "PID")
            .number(ofProcess(process -> process.id().pid()))
            .groupable()
            .rollup(DISTINCT)
            .width(7)
            .help("process that owns the socket");

    public static final KeyField PGID = new KeyField.Builder("pgid", "PGID")
            .number(ofProcess(ProcessInfo::pgid))
            .groupable()
            .rollup(DISTINCT)
            .width(7)
            .help("process group of the owner");

    public static final KeyField PPID = new KeyField.Builder("ppid", "PPID")
            .number(ofProcess(ProcessInfo::ppid))
            .groupable()
            .rollup(DISTINCT)
            .width(7)
            .help("parent of the owner");

    /** An empty name is a name: its owner is known. */
    public static final KeyField PROCESS = new KeyField.Builder("process", "PROCESS")
            .text((snapshot, row) -> {
                long owner = snapshot.table().value(Column.OWNER, row);
                return owner == SocketTable.ABSENT
                        ? SocketTable.ABSENT
                        : snapshot.processTexts().name((int) owner);
            })
            .groupable()
            .width(16)
            .help("name of the owner: comm of its thread-group leader, the full name where comm was cut");

    public static final KeyField EXE = new KeyField.Builder("exe", "EXE")
            .text(ofText(ProcessTexts.Text.EXE))
            .groupable()
            .width(24)
            .help("path of the owner's executable");

    public static final KeyField CMDLINE = new KeyField.Builder("cmdline", "COMMAND LINE")
            .text(ofText(ProcessTexts.Text.CMDLINE))
            .width(32)
            .help("command line of the owner");

    public static final KeyField UID = new KeyField.Builder("uid", "UID")
            .number(OwnerFields::uid)
            .groupable()
            .width(10)
            .help("user that the owner runs as; where that is not known, the user that the socket belongs to");

    public static final KeyField USER = new KeyField.Builder("user", "USER")
            .text(OwnerFields::user)
            .groupable()
            .width(12)
            .help("name of uid");

    public static final KeyField CONTAINER = new KeyField.Builder("container", "CONTAINER")
            .text(ofText(ProcessTexts.Text.CONTAINER))
            .groupable()
            .width(16)
            .help("container that the owner runs in: its name, or the first digits of its id");

    public static final KeyField UNIT = new KeyField.Builder("unit", "UNIT")
            .text(ofText(ProcessTexts.Text.UNIT))
            .groupable()
            .width(24)
            .help("systemd's unit that the owner belongs to: the innermost service or scope");

    public static final KeyField CGROUP = new KeyField.Builder("cgroup", "CGROUP")
            .text(ofText(ProcessTexts.Text.CGROUP))
            .groupable()
            .width(32)
            .help("path of the owner's control group");

    public static final KeyField POD = new KeyField.Builder("pod", "POD")
            .text(ofText(ProcessTexts.Text.POD))
            .groupable()
            .width(24)
            .help("pod that the owner runs in: namespace and name, or its uid");

    public static final HoldersField HOLDERS = new HoldersField(
            "holders", "HOLDERS", 24, "all processes that hold the socket, each with pid, start and name");

    public static final KeyField OWNER_PROOF = new KeyField.Builder("owner_proof", "PROOF")
            .ordinal(
                    Column.OWNER_PROOF,
                    Stream.of(OwnerProof.values()).map(OwnerProof::id).toList())
            .groupable()
            .rollup(WORST)
            .width(8)
            .help("how the owner is known: proven, inferred, unknown");

    static final List<Field> ALL = List.of(
            PID, PGID, PPID, PROCESS, EXE, CMDLINE, UID, USER, CONTAINER, UNIT, CGROUP, POD, HOLDERS, OWNER_PROOF);

    private OwnerFields() {}

    @FunctionalInterface
    private interface ProcessNumber {
        long of(ProcessInfo process);
    }

    /** Ended processes that were rolled up into one have no number of their own: it stands there with pid 0. */
    private static KeyField.Reader ofProcess(ProcessNumber number) {
        return (snapshot, row) -> {
            long owner = snapshot.table().value(Column.OWNER, row);
            if (owner == SocketTable.ABSENT) {
                return SocketTable.ABSENT;
            }
            ProcessInfo process = snapshot.processes().get((int) owner);
            return process.id().pid() == 0 ? SocketTable.ABSENT : number.of(process);
        };
    }

    private static KeyField.Reader ofText(ProcessTexts.Text text) {
        return (snapshot, row) -> {
            long owner = snapshot.table().value(Column.OWNER, row);
            return owner == SocketTable.ABSENT
                    ? SocketTable.ABSENT
                    : orAbsent(snapshot.processTexts().number(text, (int) owner));
        };
    }

    private static long uid(Snapshot snapshot, int row) {
        long owner = snapshot.table().value(Column.OWNER, row);
        return owner == SocketTable.ABSENT
                ? snapshot.table().value(Column.UID, row)
                : snapshot.processes().get((int) owner).uid();
    }

    private static long user(Snapshot snapshot, int row) {
        long owner = snapshot.table().value(Column.OWNER, row);
        return owner == SocketTable.ABSENT
                ? snapshot.table().value(Column.USER, row)
                : orAbsent(snapshot.processTexts().number(ProcessTexts.Text.USER, (int) owner));
    }

    /** Text number 0 is "unknown" here. */
    private static long orAbsent(int text) {
        return text == 0 ? SocketTable.ABSENT : text;
    }
}
