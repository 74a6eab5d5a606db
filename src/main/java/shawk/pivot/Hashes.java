package shawk.pivot;

import java.util.List;
import shawk.field.KeyField;
import shawk.model.SafeText;
import shawk.model.Snapshot;
import shawk.model.SocketTable;

/**
 * Who an entry is, as 64 bits that are the same in every snapshot: dictionary numbers are not, so texts count
 * themselves. Of a million different rows two agree once in tens of millions of snapshots; then one has the other's
 * place or mark, and nothing worse happens.
 */
final class Hashes {
    /** Of what is above all rows. */
    static final long START = 0x9e3779b97f4a7c15L;

    private static final long FNV_PRIME = 0x100000001b3L;

    private Hashes() {}

    static long with(long before, long number) {
        return KeyTable.mix(before ^ number);
    }

    /** The group of the chain {@code fields} that a row is in. */
    static long group(List<KeyField> fields, Snapshot snapshot, int row) {
        long hash = START;
        for (int i = 0; i < fields.size(); i++) {
            hash = field(hash, fields.get(i), snapshot, row);
        }
        return hash;
    }

    private static long field(long before, KeyField field, Snapshot snapshot, int row) {
        long low = field.low().read(snapshot, row);
        if (field.type() == KeyField.Type.TEXT && low != SocketTable.ABSENT) {
            return with(before, text(snapshot.texts().text(low)));
        }
        return with(with(before, low), field.high().read(snapshot, row));
    }

    private static long text(SafeText text) {
        String value = text.value();
        long hash = START;
        for (int i = 0; i < value.length(); i++) {
            hash = (hash ^ value.charAt(i)) * FNV_PRIME;
        }
        return hash;
    }
}
