package shawk.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import shawk.model.ProcessId;
import shawk.model.ProcessInfo;
import shawk.model.SafeText;
import shawk.model.Snapshot;

/**
 * Processes as they are stored, under small numbers. What a process is (its executable, its unit, the name of its
 * container) is often known a sample later than its sockets are. So one that is not known in full has a number of its
 * own at first, for {@value #PATIENCE} samples at most; then it gets that of what it is. Used by one thread.
 */
final class Cast {
    /** Nobody knows which process: {@link ProcessIdentity#UNKNOWN}. */
    static final int NOBODY = 0;

    /** No number. */
    static final int NONE = -1;

    /** Samples for which a process is held back. */
    static final int PATIENCE = 3;

    private static final int KEPT_TAKES = 8;
    /** Of the parents of a process so many are looked at. */
    private static final int MOST_PARENTS = 4;

    private static final int CONTAINER_DIGITS = 12;
    private static final long MICROS_PER_TICK = 10_000;
    private static final long TELL_MICROS = 60_000_000;

    private final int bound;
    private final Map<ProcessIdentity, Integer> numbers = new HashMap<>();
    private final Map<ProcessId, Known> known = new HashMap<>();
    private final List<Known> waiting = new ArrayList<>();
    private final List<ProcessIdentity> identities = new ArrayList<>();
    private final List<Integer> free = new ArrayList<>();
    private long[] ids = new long[64];
    private boolean[] held = new boolean[64];
    private int[] pids = new int[64];
    private int[] pgids = new int[64];
    private long[] started = new long[64];
    private long[] seen = new long[64];
    /** When it was last told, microseconds since the epoch; 0 = never, or it has other numbers by now. */
    private long[] told = new long[64];

    private List<ProcessInfo> processes = List.of();
    /** Those of the sample by their numbers; made when it is wanted. */
    private @Nullable Map<Integer, ProcessInfo> byPid;

    private int[] ofSnapshot = new int[64];
    private int takes;
    private long nowMicros;
    private long bootMicros;
    private boolean full;

    /** A process that is there, or was a moment ago. */
    private static final class Known {
        private final int since;
        private ProcessInfo info;
        private int number;
        private int seen;

        Known(ProcessInfo info, int since) {
            this.info = info;
            this.since = since;
        }
    }

    /** Knows at most {@code bound} at a time; those beyond are nobody. */
    Cast(int bound) {
        this.bound = bound;
        numbers.put(ProcessIdentity.UNKNOWN, add(ProcessIdentity.UNKNOWN));
    }

    /** Takes in the processes of a sample; {@link #settle} and then {@link #number} follow. */
    void read(Snapshot snapshot) {
        takes++;
        nowMicros = snapshot.wallMicros();
        bootMicros = snapshot.wallMicros() - snapshot.monotonicNanos() / 1_000;
        processes = snapshot.processes();
        byPid = null;
        if (ofSnapshot.length < processes.size()) {
            ofSnapshot = new int[processes.size() + processes.size() / 4];
        }
        Arrays.fill(ofSnapshot, 0, processes.size(), NONE);
        if (!waiting.isEmpty()) {
            for (ProcessInfo each : processes) {
                Known one = known.get(each.id());
                if (one != null && held[one.number]) {
                    one.info = each;
                }
            }
        }
        if (takes % KEPT_TAKES == 0) {
            known.values().removeIf(each -> takes - each.seen > KEPT_TAKES && !held[each.number]);
        }
    }

    /**
     * Decides what processes that were held are, as far as they are known in full or have been held for long enough, or
     * all of them: by number the one that stands for it now. Empty where nothing was decided.
     */
    int[] settle(boolean all) {
        int[] into = new int[0];
        for (int i = waiting.size() - 1; i >= 0; i--) {
            Known each = waiting.get(i);
            if (!all && !isComplete(each.info) && takes - each.since < PATIENCE) {
                continue;
            }
            if (into.length == 0) {
                into = new int[identities.size() + waiting.size()];
                Arrays.setAll(into, number -> number);
            }
            waiting.remove(i);
            int before = each.number;
            held[before] = false;
            each.number = numberOf(each.info);
            into[before] = each.number;
            identities.set(before, ProcessIdentity.UNKNOWN);
            free.add(before);
        }
        return into;
    }

    /** The number of process {@code index} of the sample. */
    int number(int index) {
        if (ofSnapshot[index] == NONE) {
            ofSnapshot[index] = current(processes.get(index));
        }
        return ofSnapshot[index];
    }

    /** Whether process {@code index} of the sample runs in a container. */
    boolean isContained(int index) {
        return !processes.get(index).container().isEmpty();
    }

    private int current(ProcessInfo info) {
        if (info.id().pid() == 0) {
            return numberOf(info);
        }
        Known one = known.get(info.id());
        if (one == null) {
            one = new Known(info, takes);
            one.number = isComplete(info) ? numberOf(info) : hold(one);
            known.put(info.id(), one);
        } else if (!one.info.equals(info)) {
            one.info = info;
            one.number = held[one.number] ? one.number : numberOf(info);
        }
        one.seen = takes;
        seen[one.number] = nowMicros;
        return one.number;
    }

    /**
     * The number of a process of which something has ended. What else a sample says of it may come with the next one.
     * {@link #NONE} where it was called otherwise then, and no process is called so.
     */
    int past(ProcessInfo info) {
        Known one = known.get(info.id());
        if (one == null) {
            return current(info);
        }
        if (held[one.number] || one.info.equals(info)) {
            return one.number;
        }
        return numbers.getOrDefault(resolved(info), NONE);
    }

    private int hold(Known one) {
        if (size() >= bound) {
            full = true;
            return NOBODY;
        }
        int number = add(identity(one.info));
        held[number] = true;
        waiting.add(one);
        return number;
    }

    private int numberOf(ProcessInfo info) {
        ProcessIdentity identity = resolved(info);
        Integer same = numbers.get(identity);
        if (same == null && size() >= bound) {
            full = true;
            return NOBODY;
        }
        int number = same != null ? same : add(identity);
        if (same == null) {
            numbers.put(identity, number);
        }
        noteNumbers(number, info);
        return number;
    }

    /** Of those that are alike the one that began last is named. */
    private void noteNumbers(int number, ProcessInfo info) {
        long began = info.id().pid() == 0 ? 0 : bootMicros + info.id().startTicks() * MICROS_PER_TICK;
        boolean same = pids[number] == info.id().pid() && Math.abs(began - started[number]) < TELL_MICROS;
        if (began > started[number] && !same || same && pgids[number] != info.pgid()) {
            pids[number] = info.id().pid();
            pgids[number] = info.pgid();
            started[number] = same ? started[number] : began;
            told[number] = 0;
        }
        seen[number] = nowMicros;
    }

    private int size() {
        return identities.size() - free.size();
    }

    private int add(ProcessIdentity identity) {
        int number = free.isEmpty() ? identities.size() : free.remove(free.size() - 1);
        if (number == identities.size()) {
            identities.add(identity);
        } else {
            identities.set(number, identity);
        }
        if (number == ids.length) {
            grow(2 * number);
        }
        ids[number] = identity.id();
        held[number] = false;
        pids[number] = 0;
        pgids[number] = 0;
        started[number] = 0;
        seen[number] = nowMicros;
        told[number] = 0;
        return number;
    }

    private void grow(int capacity) {
        ids = Arrays.copyOf(ids, capacity);
        held = Arrays.copyOf(held, capacity);
        pids = Arrays.copyOf(pids, capacity);
        pgids = Arrays.copyOf(pgids, capacity);
        started = Arrays.copyOf(started, capacity);
        seen = Arrays.copyOf(seen, capacity);
        told = Arrays.copyOf(told, capacity);
    }

    private static ProcessIdentity identity(ProcessInfo info) {
        return new ProcessIdentity(info.name(), info.exe(), info.unit(), info.container(), info.user());
    }

    /**
     * What a process is. One that ended before its executable could be read is what its parent is, where that has the
     * same name and user: a server forked it for a connection, and it ran nothing else.
     */
    private ProcessIdentity resolved(ProcessInfo info) {
        ProcessInfo one = info;
        for (int i = 0; i < MOST_PARENTS && one.exe().isEmpty(); i++) {
            ProcessInfo parent = parents().get(one.ppid());
            if (parent == null || !isAlike(info, parent)) {
                return identity(info);
            }
            one = parent;
        }
        return identity(one.exe().isEmpty() ? info : one);
    }

    private static boolean isAlike(ProcessInfo child, ProcessInfo parent) {
        boolean placed = child.cgroup().isEmpty()
                || child.unit().equals(parent.unit()) && child.container().equals(parent.container());
        return placed
                && child.name().equals(parent.name())
                && child.uid() == parent.uid()
                && child.user().equals(parent.user());
    }

    private Map<Integer, ProcessInfo> parents() {
        Map<Integer, ProcessInfo> all = byPid;
        if (all == null) {
            all = new HashMap<>();
            for (ProcessInfo each : processes) {
                all.put(each.id().pid(), each);
            }
            byPid = all;
        }
        return all;
    }

    /** Whether nothing more is to be expected: its details have been read, and its container has a name. */
    private static boolean isComplete(ProcessInfo info) {
        boolean read = !info.exe().isEmpty()
                || !info.cgroup().isEmpty()
                || !info.cmdline().isEmpty();
        return read && !isId(info.container());
    }

    private static boolean isId(SafeText container) {
        String text = container.value();
        return text.length() == CONTAINER_DIGITS
                && text.chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'f');
    }

    /** Whether what a process is will be decided later. */
    boolean isHeld(int number) {
        return held[number];
    }

    /** What process {@code number} is. */
    ProcessIdentity identity(int number) {
        return identities.get(number);
    }

    /** The id of what process {@code number} is. */
    long id(int number) {
        return ids[number];
    }

    /** Whether there was no room for a process since {@link #keep}. */
    boolean isFull() {
        return full;
    }

    /** Whether there is hardly room for a further one. */
    boolean isCrowded() {
        return size() >= bound - bound / 8;
    }

    /** Forgets what is not in {@code used}, and is not waited for. */
    void keep(BitSet used) {
        full = false;
        numbers.values().removeIf(number -> {
            boolean gone = number != NOBODY && !used.get(number);
            if (gone) {
                identities.set(number, ProcessIdentity.UNKNOWN);
                free.add(number);
            }
            return gone;
        });
        known.values().removeIf(each -> !held[each.number] && (each.number == NOBODY || !used.get(each.number)));
    }

    /** What is to be told of those in {@code used}: they are new, or other, or were told long ago. */
    List<ProcessSeen> tell(BitSet used) {
        List<ProcessSeen> list = new ArrayList<>();
        for (int number = used.nextSetBit(0); number >= 0; number = used.nextSetBit(number + 1)) {
            if (!held[number] && (told[number] == 0 || Math.abs(seen[number] - told[number]) >= TELL_MICROS)) {
                told[number] = Math.max(1, seen[number]);
                list.add(new ProcessSeen(
                        ids[number],
                        identities.get(number),
                        pids[number],
                        pgids[number],
                        Math.max(0, started[number]),
                        seen[number]));
            }
        }
        return list;
    }
}
