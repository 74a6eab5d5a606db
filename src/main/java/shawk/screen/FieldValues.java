package shawk.screen;

import java.util.ArrayList;
import java.util.List;
import shawk.field.KeyField;
import shawk.model.Snapshot;
import shawk.pivot.KeyValue;
import shawk.pivot.Level;
import shawk.text.Human;

/** Which values of a field the rows of a group have, and how many rows each. Pure. */
final class FieldValues {
    /** Values that are named, the first of the level; of more only the count is said. */
    private static final int MAX_VALUES = 8;

    private FieldValues() {}

    /** Adds a line with the values by which {@code level} is grouped; their texts are those of {@code rows}. */
    static void add(Facts facts, KeyField field, Level level, Snapshot rows) {
        List<String> texts = new ArrayList<>();
        KeyValue value = new KeyValue();
        for (int i = 0; i < Math.min(MAX_VALUES, level.size()); i++) {
            level.key(field, i, value);
            StringBuilder text = new StringBuilder();
            if (value.absent()) {
                text.append("none");
            } else {
                Human.appendKey(text, field, rows, value.high(), value.low());
            }
            texts.add(text + " " + Human.count(level.sockets(i)));
        }
        if (!texts.isEmpty()) {
            int more = level.size() - texts.size();
            facts.add(field.id(), String.join(", ", texts) + (more > 0 ? ", and " + more + " more" : ""));
        }
    }
}
