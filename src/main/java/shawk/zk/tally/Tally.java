package shawk.zk.tally;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import shawk.model.SafeText;
import shawk.zk.proto.Kind;
import shawk.zk.proto.Message;
import shawk.zk.proto.MessageSink;

/**
 * Adds up messages by a key: how many, how large, how many failed, how long replies took. What comes under a key that
 * is known allocates nothing. Messages between servers and notes are not counted. Used by one thread; what {@link #cut}
 * gives may go anywhere.
 */
public final class Tally implements MessageSink {
    static final int BYTES_PER_KEY = 256;
    private static final SafeText OTHERS = SafeText.of("(others)");
    private static final SafeText ALL = SafeText.of("(all)");
    private static final int MULTI = 14;
    private static final int ERROR_RESULT = -1;

    private final TallyLimits limits;
    private final MessageKey key;
    private KeyTable table;
    private Entry[] entries = new Entry[64];
    private SafeText[] names = new SafeText[64];
    private final Entry others;
    private final Entry all;
    private final RollUp rollUp;
    private long fromMicros;
    /** The last interval that is over. */
    private long beganMicros;

    private long cutMicros;
    private long lastMicros;
    private long uncountedMicros = Long.MIN_VALUE;
    private long letGo;

    /** Empty. */
    public Tally(Grouping grouping, TallyLimits limits) {
        this.limits = limits;
        this.key = new MessageKey(grouping);
        this.table = newTable();
        this.others = new Entry(limits.digits());
        this.all = new Entry(limits.digits());
        this.rollUp = new RollUp(limits);
    }

    /**
     * Says that requests up to {@code micros} are not waited for: those that came before the counts, and late ones as
     * old, of which some may be counted.
     *
     * @param micros in microseconds since the epoch; {@link Long#MAX_VALUE} = none is, each one counts with its reply
     */
    public void beginAfter(long micros) {
        uncountedMicros = micros;
    }

    @Override
    public void message(Message message) {
        switch (message.kind) {
            case REQUEST -> {
                Entry entry = entry(message, message.micros);
                request(entry.interval, message);
                if (message.micros > uncountedMicros) {
                    entry.outstanding++;
                    all.outstanding++;
                }
            }
            case FOUR_LETTER -> {
                Entry entry = entry(message, message.micros);
                if (message.toServer) {
                    request(entry.interval, message);
                } else {
                    reply(entry.interval, message);
                }
            }
            case REPLY -> matched(message);
            case EVENT -> {
                Entry entry = entry(message, message.micros);
                entry.interval.events++;
                entry.interval.replyBytes += Math.max(0, message.size);
            }
            default -> {}
        }
    }

    @Override
    public void unanswered(Message request, Unanswered why, long micros) {
        if (request.kind == Kind.REQUEST) {
            Entry entry = entry(request, micros);
            entry.interval.unanswered++;
            answered(entry, request);
        }
    }

    private void matched(Message message) {
        Entry entry = entry(message.question(), message.micros);
        reply(entry.interval, message);
        if (message.request != null) {
            answered(entry, message.request);
        }
    }

    private static void request(Counters counters, Message message) {
        counters.requests++;
        counters.requestBytes += Math.max(0, message.size);
    }

    private static void reply(Counters counters, Message message) {
        counters.replies++;
        counters.replyBytes += Math.max(0, message.size);
        if (hasFailed(message)) {
            counters.errors++;
        }
        if (message.latencyMicros != Message.ABSENT) {
            counters.latencies.add(message.latencyMicros);
        }
    }

    private void answered(Entry entry, Message request) {
        if (request.micros <= uncountedMicros) {
            return;
        }
        entry.outstanding = Math.max(0, entry.outstanding - 1);
        all.outstanding = Math.max(0, all.outstanding - 1);
    }

    /** The header of a multi's reply says that all is well, whatever became of its operations. */
    public static boolean hasFailed(Message reply) {
        if (reply.error != 0 && reply.error != Message.ABSENT) {
            return true;
        }
        int from = reply.bodyFrom;
        return reply.opNumber == MULTI
                && reply.body != null
                && reply.to - from >= 5
                && word(reply.bytes, from) == ERROR_RESULT
                && reply.bytes[from + 4] == 0;
    }

    private static int word(byte[] bytes, int at) {
        return bytes[at] << 24 | (bytes[at + 1] & 0xff) << 16 | (bytes[at + 2] & 0xff) << 8 | bytes[at + 3] & 0xff;
    }

    private Entry entry(Message message, long micros) {
        lastMicros = Math.max(lastMicros, micros);
        if (fromMicros == 0) {
            fromMicros = micros;
        }
        key.read(message);
        int known = table.size();
        int number = table.number(key.bytes, key.from, key.length);
        if (number == KeyTable.FULL) {
            return others;
        }
        if (number == known) {
            begin(number);
        }
        Entry entry = entries[number];
        entry.lastMicros = micros;
        return entry;
    }

    private void begin(int number) {
        if (number == entries.length) {
            entries = Arrays.copyOf(entries, 2 * number);
            names = Arrays.copyOf(names, 2 * number);
        }
        entries[number] = new Entry(limits.digits());
        names[number] = SafeText.of(table.text(number));
    }

    /** How many keys have a row of their own. */
    public int size() {
        return table.size();
    }

    /**
     * What there is, and the interval that ends with it; the next one begins. Where there are many keys those that were
     * idle for longest are let go.
     *
     * @param micros the time now, in microseconds since the epoch; of a file that of its last packet
     */
    public TallyCut cut(long micros) {
        return cut(micros, 0);
    }

    /**
     * The same with paths put together by their first {@code depth} names; 0 = as they were counted.
     *
     * @param micros as there
     */
    public TallyCut cut(long micros, int depth) {
        for (int i = 0; i < table.size(); i++) {
            all.interval.add(entries[i].interval);
            entries[i].close();
        }
        all.interval.add(others.interval);
        all.lastMicros = lastMicros;
        others.close();
        all.close();
        beganMicros = fromMicros;
        cutMicros = micros;
        fromMicros = micros;
        TallyCut cut = look(depth);
        makeRoom();
        return cut;
    }

    /**
     * What there was at the last cut, and the interval that ended with it, in another way; the one that goes on does
     * not end.
     *
     * @param depth as there
     */
    public TallyCut look(int depth) {
        List<TallyRow> rows = new ArrayList<>(table.size());
        long outstanding = 0;
        rollUp.clear();
        for (int i = 0; i < table.size(); i++) {
            Entry entry = entries[i];
            outstanding += entry.outstanding;
            if (entry.before.isEmpty()) {
                continue;
            }
            if (depth == 0) {
                rows.add(row(names[i], entry, entry.outstanding));
            } else {
                rollUp.add(table.text(i).toBytes(), depth, entry);
            }
        }
        for (int i = 0; i < rollUp.size(); i++) {
            rows.add(row(rollUp.name(i), rollUp.entry(i), rollUp.entry(i).outstanding));
        }
        TallyRow rest = row(OTHERS, others, Math.max(0, all.outstanding - outstanding));
        return new TallyCut(beganMicros, cutMicros, rows, rest, row(ALL, all, all.outstanding), letGo);
    }

    private static TallyRow row(SafeText name, Entry entry, long outstanding) {
        return new TallyRow(name, entry.last.amounts(), entry.before.amounts(), outstanding, entry.lastMicros);
    }

    /**
     * Lets the quarter go that was idle for longest where less than an eighth is free. Each {@link #cut} does; whoever
     * makes none for long calls it, so that new keys have rows.
     */
    public void makeRoom() {
        int size = table.size();
        if (size < limits.keys() - limits.keys() / 8) {
            return;
        }
        long[] ages = new long[size];
        for (int i = 0; i < size; i++) {
            ages[i] = entries[i].lastMicros;
        }
        Arrays.sort(ages);
        long oldest = ages[size / 4];
        KeyTable kept = newTable();
        int next = 0;
        for (int i = 0; i < size; i++) {
            Entry entry = entries[i];
            if (entry.lastMicros < oldest && entry.outstanding == 0
                    || i - next < size / 4 && entry.lastMicros == oldest) {
                others.before.add(entry.before);
                others.last.add(entry.last);
                others.interval.add(entry.interval);
                letGo++;
            } else {
                table.moveTo(kept, i);
                entries[next] = entry;
                names[next++] = names[i];
            }
        }
        Arrays.fill(entries, next, size, null);
        table = kept;
    }

    private KeyTable newTable() {
        return new KeyTable(limits.keys(), limits.keys() * BYTES_PER_KEY);
    }
}
