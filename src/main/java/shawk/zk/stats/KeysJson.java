package shawk.zk.stats;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import shawk.model.RawText;
import shawk.model.SafeText;
import shawk.text.JsonWriter;

/**
 * Counts by key as ZKTraffic's endpoints tell them: {@code "GetChildrenRequest/discovery": 12}, with those of an
 * operation that are highest alone. Stateless; any thread.
 */
public final class KeysJson {
    private static final String BYTES = "Bytes";

    /** What is always there once a minute is over. */
    private static final List<String> ALWAYS = List.of("reads/", "readsBytes/", "writes/", "writesBytes/");

    private final StatsSnapshot snapshot;
    private final Interval interval;
    private final boolean bytes;
    private final long[] keys;
    private final SafeText @Nullable [] who;
    /** By first word of a key, by path and who: the count. */
    private final Map<String, Map<Long, Long>> series = new TreeMap<>();

    private KeysJson(StatsSnapshot snapshot, Interval interval, long[] keys, SafeText @Nullable [] who) {
        this.snapshot = snapshot;
        this.interval = interval;
        this.bytes = snapshot.options.bytes();
        this.keys = keys;
        this.who = who;
    }

    /** By path. */
    public static String paths(StatsSnapshot snapshot, Window window) {
        Interval interval = snapshot.interval(window);
        return interval == null
                ? "{}\n"
                : new KeysJson(snapshot, interval, snapshot.places.paths(), null)
                        .write("", interval.to().paths(), interval.from().paths());
    }

    /** By path and the client's address. */
    public static String addresses(StatsSnapshot snapshot, Window window) {
        Interval interval = snapshot.interval(window);
        return interval == null
                ? "{}\n"
                : new KeysJson(snapshot, interval, snapshot.places.addresses(), snapshot.texts.addresses())
                        .write(
                                "per_ip/",
                                interval.to().addresses(),
                                interval.from().addresses());
    }

    /** By path and as whom the client logged in, masked. */
    public static String users(StatsSnapshot snapshot, Window window) {
        Interval interval = snapshot.interval(window);
        return interval == null
                ? "{}\n"
                : new KeysJson(snapshot, interval, snapshot.places.users(), snapshot.texts.users())
                        .write(
                                "per_auth/",
                                interval.to().users(),
                                interval.from().users());
    }

    /** As whom each client that is there logged in, masked. */
    public static String clients(StatsSnapshot snapshot) {
        StringBuilder out = new StringBuilder();
        JsonWriter json = new JsonWriter(out).beginObject();
        Clients.View view = snapshot.clients;
        for (int i = 0; i < view.clients().length; i++) {
            byte[] credential = view.credentials()[i];
            json.lineBreak().name(view.clients()[i]);
            if (credential.length == 0) {
                json.value("noauth");
            } else {
                json.value(SafeText.of(RawText.of(credential)));
            }
        }
        return ended(json, out);
    }

    private static String ended(JsonWriter json, StringBuilder out) {
        json.endObject().endLine();
        return out.toString();
    }

    private String write(String prefix, CountTable.Frozen to, CountTable.Frozen from) {
        for (int place = 0; place < to.size(); place++) {
            long count = to.count(place) - from.count(place);
            if (count > 0) {
                add(keys[place], count, to.amount(place) - from.amount(place));
            }
        }
        StringBuilder out = new StringBuilder();
        JsonWriter json = new JsonWriter(out).beginObject();
        totals().forEach((key, count) -> json.lineBreak().name(prefix + key).value(count));
        Map<String, Long> told = new LinkedHashMap<>();
        ALWAYS.stream().filter(key -> bytes || !key.contains(BYTES)).forEach(key -> told.put(key, 0L));
        series.forEach((word, counts) ->
                top(counts).forEach(entry -> told.merge(word + text(entry.getKey()), entry.getValue(), Long::sum)));
        told.forEach((key, count) -> json.lineBreak().name(prefix + key).value(scaled(count)));
        return ended(json, out);
    }

    private void add(long key, long count, long amount) {
        Operation operation = snapshot.keys.get(Keyed.operation(key));
        long where = Keyed.pathAndWho(key);
        add(operation.word(), where, count);
        if (operation.sort() == Operation.Sort.WATCH) {
            return;
        }
        if (bytes && operation.isRequest()) {
            add(operation.word() + BYTES, where, amount);
        }
        if (operation.isRequest()) {
            String all = operation.sort() == Operation.Sort.WRITE ? "writes" : "reads";
            add(all, where, count);
            if (bytes) {
                add(all + BYTES, where, amount);
            }
        }
    }

    private void add(String word, long where, long count) {
        series.computeIfAbsent(word, any -> new HashMap<>()).merge(where, count, Long::sum);
    }

    /** Those with the highest counts; of equal ones those that came first. */
    private List<Map.Entry<Long, Long>> top(Map<Long, Long> counts) {
        List<Map.Entry<Long, Long>> entries = new ArrayList<>(counts.entrySet());
        entries.sort(Map.Entry.<Long, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()));
        int top = snapshot.options.top();
        return top == 0 || entries.size() <= top ? entries : entries.subList(0, top);
    }

    private String text(long where) {
        String path = snapshot.texts.paths()[Keyed.path(where)].value();
        return who == null ? path : path + ":" + who[Keyed.who(where)].value();
    }

    private long scaled(long count) {
        double sampling = snapshot.options.sampling();
        return sampling == 1 ? count : Math.round(count / sampling);
    }

    /** Exact ones, whatever had room in the tables and was sampled. */
    private Map<String, Long> totals() {
        Map<String, Long> totals = new LinkedHashMap<>();
        totals.put("total/reads", sum(Operation.Sort.READ, OpRow.COUNT));
        totals.put("total/writes", sum(Operation.Sort.WRITE, OpRow.COUNT));
        if (bytes) {
            totals.put("total/readBytes", sum(Operation.Sort.READ, OpRow.BYTES));
            totals.put("total/writeBytes", sum(Operation.Sort.WRITE, OpRow.BYTES));
        }
        return totals;
    }

    private long sum(Operation.Sort sort, int column) {
        long sum = 0;
        for (int row = 0; row < snapshot.rows.size(); row++) {
            if (snapshot.rows.get(row).sort() == sort) {
                sum += interval.column(row, column);
            }
        }
        return sum;
    }
}
