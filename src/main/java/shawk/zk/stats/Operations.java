package shawk.zk.stats;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import shawk.model.SafeText;
import shawk.zk.proto.Kind;
import shawk.zk.tally.RequestNames;

/**
 * The operations that were seen. There is a bound, since numbers of unknown ones come from outside: those beyond count
 * as one. One thread.
 */
final class Operations {
    /** What every table of keys knows from the start. */
    static final int WATCHES = 0;

    /** Of a reply whose request was not seen nobody knows what it answers. */
    private static final SafeText UNKNOWN = SafeText.of("unknown");

    private final List<OpRow> rows = new ArrayList<>();
    private final List<Operation> keys = new ArrayList<>();
    private final Map<String, OpRow> requests = new HashMap<>();
    private final Map<String, OpRow> events = new HashMap<>();
    private final Map<String, OpRow> fourLetterWords = new HashMap<>();
    private final RequestNames names = new RequestNames();
    private final OpRow other;

    Operations() {
        key("watches", Operation.Sort.WATCH);
        other = row(SafeText.of("(other)"), key("OtherRequest", Operation.Sort.READ), null);
    }

    /** That of a request, and of replies to it. */
    OpRow request(String op) {
        OpRow row = requests.get(op);
        return row != null ? row : add(Kind.REQUEST, op, requests);
    }

    OpRow event(String op) {
        OpRow row = events.get(op);
        return row != null ? row : add(Kind.EVENT, op, events);
    }

    OpRow fourLetterWord(String op) {
        OpRow row = fourLetterWords.get(op);
        return row != null ? row : add(Kind.FOUR_LETTER, op, fourLetterWords);
    }

    /** All rows, those that are there for good first. */
    List<OpRow> rows() {
        return rows;
    }

    List<Operation> keys() {
        return keys;
    }

    private OpRow add(Kind kind, String op, Map<String, OpRow> known) {
        if (rows.size() >= Limits.OPERATIONS) {
            return other;
        }
        SafeText word = op.isEmpty() ? UNKNOWN : SafeText.of(op);
        OpRow row =
                switch (kind) {
                    case EVENT -> row(word, key(word.value(), Operation.Sort.EVENT), null);
                    case FOUR_LETTER -> row(word, key(word.value(), Operation.Sort.FOUR_LETTER), null);
                    default -> requestRow(word, op);
                };
        known.put(op, row);
        return row;
    }

    private OpRow requestRow(SafeText word, String op) {
        Operation.Sort sort = Operation.sortOf(op);
        Operation key = key(names.ofRequest(op), sort);
        Operation variant =
                switch (op) {
                    case "connect" -> key(RequestNames.RECONNECT, sort);
                    case "create", "create2" -> key(RequestNames.EPHEMERAL, sort);
                    default -> null;
                };
        return row(word, key, variant);
    }

    private OpRow row(SafeText word, Operation key, @Nullable Operation variant) {
        OpRow row = new OpRow(rows.size(), word, key, variant);
        rows.add(row);
        return row;
    }

    /** Two operations may share their word. */
    private Operation key(String word, Operation.Sort sort) {
        for (Operation key : keys) {
            if (key.word().equals(word) && key.sort() == sort) {
                return key;
            }
        }
        Operation key = new Operation(keys.size(), word, sort);
        keys.add(key);
        return key;
    }
}
