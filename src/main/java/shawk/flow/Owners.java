package shawk.flow;

import java.util.Arrays;
import shawk.model.Direction;
import shawk.model.HolderRecord;
import shawk.model.Holders;
import shawk.model.OwnerProof;
import shawk.model.RawSample;
import shawk.model.RawSection;
import shawk.model.RowKind;
import shawk.model.SocketState;

/**
 * Whose a socket is: its only holder (proven); of several the one that the kernel saw at work last, else the youngest,
 * but for those that came with this sample while the owner of before still holds it; of none the process that it was
 * known to belong to, or, where it has not been accepted yet, the listener's owner (inferred); else nobody. Used by one
 * thread.
 */
final class Owners {
    private final Connections connections;
    private final Processes processes;
    private final Listeners listeners;
    private final Directions directions;

    /** For each socket record, unix ones last, the first of its holders, as a position in {@link #holding}. */
    private int[] starts = new int[64];
    /** Numbers of processes. */
    private int[] holding = new int[64];

    private int[] rowStarts = new int[64];
    private int[] places = new int[64];
    private int placeCount;

    Owners(Connections connections, Processes processes, Listeners listeners, Directions directions) {
        this.connections = connections;
        this.processes = processes;
        this.listeners = listeners;
        this.directions = directions;
    }

    /** Takes in the holders of a sample. */
    void read(RawSample sample) {
        int sockets = sample.count(RawSection.SOCKETS) + sample.count(RawSection.UNIX_SOCKETS);
        if (sockets >= starts.length) {
            starts = new int[sockets + sockets / 2 + 1];
            rowStarts = new int[starts.length];
        }
        if (sample.count(RawSection.HOLDERS) > holding.length) {
            holding = new int[sample.count(RawSection.HOLDERS) + sample.count(RawSection.HOLDERS) / 2];
        }
        HolderRecord r = new HolderRecord(sample.buffer(RawSection.HOLDERS));
        int kept = 0;
        int at = 0;
        for (int i = 0; i < sample.count(RawSection.HOLDERS); i++) {
            r.at(i);
            while (at <= r.sock()) {
                starts[at++] = kept;
            }
            int process = processes.ofSample(r.process());
            if (process != Connections.NOBODY) {
                holding[kept++] = process;
            }
        }
        while (at <= sockets) {
            starts[at++] = kept;
        }
        placeCount = 0;
        rowStarts[0] = 0;
    }

    /**
     * The youngest holder of socket record {@code position}, {@link Connections#NOBODY} where it has none. A child that
     * is about to run another program has inherited what its parent holds, for a moment: who came with this sample does
     * not count yet where the owner of socket {@code id} at the sample before still holds it.
     */
    int youngestHolder(int id, int position) {
        int best = Connections.NOBODY;
        int before = connections.owner[id];
        boolean settled = before != Connections.NOBODY && !processes.isNew(before) && holds(position, before);
        for (int i = starts[position]; i < starts[position + 1]; i++) {
            boolean counts = !settled || !processes.isNew(holding[i]);
            if (counts && (best == Connections.NOBODY || processes.isYounger(holding[i], best))) {
                best = holding[i];
            }
        }
        return best;
    }

    /** How many processes hold socket record {@code position}. */
    int holders(int position) {
        return starts[position + 1] - starts[position];
    }

    /** The holder number {@code index} of socket record {@code position}. */
    int holder(int position, int index) {
        return holding[starts[position] + index];
    }

    /** Lists all holders of socket record {@code position}, -1 = none, as those of {@code row}; rows come in order. */
    void list(int row, int position) {
        if (row + 1 >= rowStarts.length) {
            rowStarts = Arrays.copyOf(rowStarts, 2 * rowStarts.length);
        }
        if (position < 0) {
            rowStarts[row + 1] = placeCount;
            return;
        }
        for (int i = starts[position]; i < starts[position + 1]; i++) {
            if (placeCount == places.length) {
                places = Arrays.copyOf(places, 2 * placeCount);
            }
            places[placeCount++] = processes.place(holding[i]);
        }
        rowStarts[row + 1] = placeCount;
    }

    /** What was listed for {@code rows} rows. */
    Holders build(int rows) {
        return new Holders(Arrays.copyOf(rowStarts, rows + 1), Arrays.copyOf(places, placeCount));
    }

    /** As below, where the kernel names nobody. */
    OwnerProof decide(int id, SocketKey key, int position) {
        return decide(id, key, position, Connections.NOBODY, OwnerProof.UNKNOWN);
    }

    /**
     * Sets the owner of socket {@code id}, and says how it is known.
     *
     * @param told the process that the kernel names, or {@link Connections#NOBODY}; where others hold the socket and it
     *     does not, it has handed it on
     */
    OwnerProof decide(int id, SocketKey key, int position, int told, OwnerProof toldProof) {
        if (told != Connections.NOBODY && (holders(position) == 0 || holds(position, told))) {
            connections.owner[id] = told;
            return holders(position) == 1 ? OwnerProof.PROVEN : toldProof;
        }
        int holder = youngestHolder(id, position);
        if (holder != Connections.NOBODY) {
            connections.owner[id] = holder;
            return starts[position + 1] - starts[position] == 1 ? OwnerProof.PROVEN : OwnerProof.INFERRED;
        }
        if (isNotAccepted(id, key)) {
            int listener = directions.listenerAtLocalEnd(key);
            if (listener != Listeners.NONE && listeners.owner(listener) != Connections.NOBODY) {
                connections.owner[id] = listeners.owner(listener);
            }
        }
        return connections.owner[id] == Connections.NOBODY ? OwnerProof.UNKNOWN : OwnerProof.INFERRED;
    }

    private boolean holds(int position, int process) {
        for (int i = starts[position]; i < starts[position + 1]; i++) {
            if (holding[i] == process) {
                return true;
            }
        }
        return false;
    }

    /** Without an inode a socket is not accepted yet, or closed already; CLOSE_WAIT is before any local close. */
    private boolean isNotAccepted(int id, SocketKey key) {
        return key.inode == 0
                && connections.inode[id] == 0
                && key.kind == RowKind.CONNECTION
                && connections.direction[id] == Direction.IN
                && (key.state == SocketState.SYN_RECV
                        || key.state == SocketState.ESTABLISHED
                        || key.state == SocketState.CLOSE_WAIT);
    }
}
