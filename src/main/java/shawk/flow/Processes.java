package shawk.flow;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import shawk.model.ControlGroup;
import shawk.model.HashIndex;
import shawk.model.ProcessDetails;
import shawk.model.ProcessId;
import shawk.model.ProcessInfo;
import shawk.model.ProcessRecord;
import shawk.model.ProcessTexts;
import shawk.model.RawSample;
import shawk.model.RawSection;
import shawk.model.SafeText;

/**
 * Processes that hold sockets, or held some that are still shown, under small numbers. Identity is pid and start time.
 * Those that have ended roll up by name, executable, user and cgroup into one with pid 0. Used by one thread.
 */
final class Processes {
    private static final int COMM_FULL = 15;
    private static final ProcessTexts.Text[] TEXTS = ProcessTexts.Text.values();

    private final HashIndex index = new HashIndex(256);
    private final Map<Kind, Integer> rollUps = new HashMap<>();
    private final Texts texts;
    private final long seed;
    private final int bound;
    private final int endedBound;

    private @Nullable ProcessInfo[] infos = new ProcessInfo[64];
    private long[] commHigh = new long[64];
    private long[] commLow = new long[64];
    private long[] seen = new long[64];
    /** Sequence of the first whole sample that has the process. */
    private long[] since = new long[64];

    /** Sequence of the sample whose snapshot shows the process, and its place there. */
    private long[] shown = new long[64];

    private int[] place = new int[64];
    private int[] textEpoch = new int[64];
    private int[] textNumbers = new int[TEXTS.length * 64];
    private int[] free = new int[16];
    private int freeCount;
    private int used;

    private long sequence;
    /** Sequence of the whole sample that is read, or that comes after the part that is read. */
    private long whole;

    private int[] ofSample = new int[64];
    private int sampleCount;
    private int[] listed = new int[64];
    private int listedCount;
    private int dropped;

    /** What ended processes have in common when they roll up. */
    private record Kind(SafeText name, SafeText exe, long uid, SafeText cgroup) {}

    Processes(Texts texts, int bound, int endedBound, long seed) {
        this.texts = texts;
        this.bound = bound;
        this.endedBound = endedBound;
        this.seed = seed;
    }

    /** Takes in the processes of a sample; of one more part of a sample where {@code newSequence} is not new. */
    void read(RawSample sample, long newSequence) {
        whole = newSequence == sequence ? newSequence + 1 : newSequence;
        sequence = newSequence;
        listedCount = 0;
        dropped = 0;
        Map<ProcessId, ProcessDetails> details = new HashMap<>();
        for (ProcessDetails each : sample.details()) {
            details.put(each.id(), each);
        }
        int count = sample.count(RawSection.PROCESSES);
        if (count > ofSample.length) {
            ofSample = new int[Math.max(count, 2 * ofSample.length)];
        }
        ProcessRecord r = new ProcessRecord(sample.buffer(RawSection.PROCESSES));
        sampleCount = count;
        for (int i = 0; i < count; i++) {
            ofSample[i] = take(r.at(i), details);
        }
    }

    private int take(ProcessRecord r, Map<ProcessId, ProcessDetails> details) {
        int id = find(r.pid(), r.start());
        if (id < 0 && used - freeCount >= bound) {
            dropped++;
            return Connections.NOBODY;
        }
        if (id < 0) {
            id = add(hash(r.pid(), r.start()));
            since[id] = whole;
        }
        ProcessInfo known = infos[id];
        ProcessDetails found = details.isEmpty() ? null : details.get(new ProcessId(r.pid(), r.start()));
        if (known == null || found != null || hasChanged(id, known, r)) {
            infos[id] = info(r, found, known);
            textEpoch[id] = 0;
        }
        commHigh[id] = r.commWord(0);
        commLow[id] = r.commWord(1);
        seen[id] = sequence;
        return id;
    }

    private boolean hasChanged(int id, ProcessInfo known, ProcessRecord r) {
        return known.ppid() != r.ppid()
                || known.pgid() != r.pgid()
                || known.uid() != r.uid()
                || commHigh[id] != r.commWord(0)
                || commLow[id] != r.commWord(1);
    }

    private ProcessInfo info(ProcessRecord r, @Nullable ProcessDetails found, @Nullable ProcessInfo known) {
        SafeText name = SafeText.of(r.comm());
        if (found != null && r.comm().length() == COMM_FULL && found.fullName().length() > 0) {
            name = SafeText.of(found.fullName());
        } else if (found == null && known != null && r.comm().length() == COMM_FULL && isCut(known.name(), name)) {
            name = known.name();
        }
        SafeText none = SafeText.EMPTY;
        return new ProcessInfo(
                new ProcessId(r.pid(), r.start()),
                r.ppid(),
                r.pgid(),
                r.uid(),
                name,
                texts.user(r.uid()),
                found != null ? SafeText.of(found.exe()) : known != null ? known.exe() : none,
                found != null ? SafeText.of(found.cmdline()) : known != null ? known.cmdline() : none,
                found != null ? SafeText.of(found.cgroup()) : known != null ? known.cgroup() : none,
                found != null ? SafeText.of(found.container()) : known != null ? known.container() : none,
                found != null
                        ? SafeText.of(ControlGroup.parseUnit(found.cgroup()))
                        : known != null ? known.unit() : none,
                found != null ? SafeText.of(found.pod()) : known != null ? known.pod() : none);
    }

    private static boolean isCut(SafeText full, SafeText comm) {
        return full.value().startsWith(comm.value());
    }

    private int find(int pid, long start) {
        int hashed = hash(pid, start);
        for (int slot = index.first(hashed); index.id(slot) >= 0; slot = index.next(slot)) {
            ProcessInfo info = infos[index.id(slot)];
            if (index.hash(slot) == hashed
                    && info != null
                    && info.id().pid() == pid
                    && info.id().startTicks() == start) {
                return index.id(slot);
            }
        }
        return -1;
    }

    private int hash(int pid, long start) {
        return HashIndex.fold(HashIndex.mix(HashIndex.mix(seed, pid), start));
    }

    private int add(int hashed) {
        int id = freeCount > 0 ? free[--freeCount] : used++;
        if (id == infos.length) {
            grow(2 * id);
        }
        index.add(hashed, id);
        shown[id] = 0;
        textEpoch[id] = 0;
        return id;
    }

    private void grow(int capacity) {
        infos = Arrays.copyOf(infos, capacity);
        commHigh = Arrays.copyOf(commHigh, capacity);
        commLow = Arrays.copyOf(commLow, capacity);
        seen = Arrays.copyOf(seen, capacity);
        since = Arrays.copyOf(since, capacity);
        shown = Arrays.copyOf(shown, capacity);
        place = Arrays.copyOf(place, capacity);
        textEpoch = Arrays.copyOf(textEpoch, capacity);
        textNumbers = Arrays.copyOf(textNumbers, TEXTS.length * capacity);
    }

    /** The process that the sample lists at {@code position}; {@link Connections#NOBODY} where there was no room. */
    int ofSample(int position) {
        return ofSample[position];
    }

    /**
     * The process that a record names by its position in the sample, plus 1; {@link Connections#NOBODY} where it names
     * none.
     */
    int named(int positionPlusOne) {
        return positionPlusOne > 0 && positionPlusOne <= sampleCount
                ? ofSample[positionPlusOne - 1]
                : Connections.NOBODY;
    }

    /** Processes of this sample that there was no room for. */
    int dropped() {
        return dropped;
    }

    /** Whether no sample before this one had process {@code id}: it had no socket at the one before. */
    boolean isNew(int id) {
        return since[id] == sequence;
    }

    /** Whether {@code a} began later than {@code b}. */
    boolean isYounger(int a, int b) {
        ProcessId left = info(a).id();
        ProcessId right = info(b).id();
        return left.startTicks() != right.startTicks()
                ? left.startTicks() > right.startTicks()
                : left.pid() > right.pid();
    }

    /** What is known of process {@code id}. */
    ProcessInfo info(int id) {
        ProcessInfo info = infos[id];
        if (info == null) {
            throw new IllegalStateException("no process " + id);
        }
        return info;
    }

    /** The place of process {@code id} in this sample's snapshot, where it is listed from now on. */
    int place(int id) {
        if (shown[id] != sequence) {
            shown[id] = sequence;
            place[id] = listedCount;
            if (listedCount == listed.length) {
                listed = Arrays.copyOf(listed, 2 * listedCount);
            }
            listed[listedCount++] = id;
        }
        return place[id];
    }

    /** Processes in the order of their places. */
    List<ProcessInfo> list() {
        List<ProcessInfo> list = new ArrayList<>(listedCount);
        for (int i = 0; i < listedCount; i++) {
            list.add(info(listed[i]));
        }
        return list;
    }

    /** Numbers of the texts of {@link #list()}. */
    ProcessTexts listTexts() {
        int[][] columns = new int[TEXTS.length][listedCount];
        for (int i = 0; i < listedCount; i++) {
            int id = listed[i];
            if (textEpoch[id] != texts.epoch()) {
                number(id);
            }
            for (int column = 0; column < TEXTS.length; column++) {
                columns[column][i] = textNumbers[TEXTS.length * id + column];
            }
        }
        return new ProcessTexts(columns);
    }

    private void number(int id) {
        ProcessInfo info = info(id);
        for (int column = 0; column < TEXTS.length; column++) {
            textNumbers[TEXTS.length * id + column] = texts.number(TEXTS[column].of(info));
        }
        textEpoch[id] = texts.epoch();
    }

    /** Drops every process that this sample neither has nor shows. */
    void sweep() {
        for (int id = 0; id < used; id++) {
            ProcessInfo info = infos[id];
            if (info != null && seen[id] != sequence && shown[id] != sequence) {
                remove(id, info);
            }
        }
    }

    private void remove(int id, ProcessInfo info) {
        if (info.id().pid() == 0) {
            rollUps.remove(kind(info));
        } else {
            index.remove(hash(info.id().pid(), info.id().startTicks()), id);
        }
        infos[id] = null;
        if (freeCount == free.length) {
            free = Arrays.copyOf(free, 2 * freeCount);
        }
        free[freeCount++] = id;
    }

    /**
     * Where more ended processes are kept than the bound allows, the longest ended of them roll up: gives for each
     * process the one that stands for it now. Empty where nothing has changed.
     */
    int[] rollUpEnded() {
        int ended = 0;
        long[] lastSeen = new long[used];
        for (int id = 0; id < used; id++) {
            if (isEnded(id)) {
                lastSeen[ended++] = seen[id];
            }
        }
        if (ended <= endedBound) {
            return new int[0];
        }
        Arrays.sort(lastSeen, 0, ended);
        long upTo = lastSeen[ended - 1 - endedBound / 2];
        int before = used;
        int[] owner = new int[before];
        for (int id = 0; id < before; id++) {
            owner[id] = isEnded(id) && seen[id] <= upTo ? rollUp(id) : id;
        }
        return owner;
    }

    private boolean isEnded(int id) {
        ProcessInfo info = infos[id];
        return info != null && info.id().pid() != 0 && seen[id] != sequence;
    }

    /** The process that stands for all ended ones like {@code id}; {@link Connections#NOBODY} beyond the bound. */
    private int rollUp(int id) {
        ProcessInfo info = info(id);
        Kind kind = kind(info);
        Integer known = rollUps.get(kind);
        if (known != null) {
            return known;
        }
        if (rollUps.size() >= endedBound) {
            return Connections.NOBODY;
        }
        int fresh = freeCount > 0 ? free[--freeCount] : used++;
        if (fresh == infos.length) {
            grow(2 * fresh);
        }
        infos[fresh] = new ProcessInfo(
                new ProcessId(0, 0),
                0,
                0,
                info.uid(),
                info.name(),
                info.user(),
                info.exe(),
                SafeText.EMPTY,
                info.cgroup(),
                info.container(),
                info.unit(),
                info.pod());
        seen[fresh] = 0;
        since[fresh] = 0;
        shown[fresh] = 0;
        textEpoch[fresh] = 0;
        rollUps.put(kind, fresh);
        return fresh;
    }

    private static Kind kind(ProcessInfo info) {
        return new Kind(info.name(), info.exe(), info.uid(), info.cgroup());
    }
}
