package shawk.pivot;

import java.util.ArrayList;
import java.util.List;
import shawk.field.KeyField;
import shawk.model.SafeText;
import shawk.model.Snapshot;
import shawk.model.SocketTable;

/** Groups are their fields' values. Immutable. */
final class GroupIdentities implements Identities {
    private final List<KeyField> fields;

    GroupIdentities(List<KeyField> fields) {
        this.fields = fields;
    }

    @Override
    public int width() {
        return 2 * fields.size();
    }

    @Override
    public void read(Snapshot snapshot, int row, long[] out) {
        for (int i = 0; i < fields.size(); i++) {
            KeyField field = fields.get(i);
            out[2 * i] = field.high().read(snapshot, row);
            out[2 * i + 1] = field.low().read(snapshot, row);
        }
    }

    /** Dictionary numbers mean nothing in another snapshot: a text's place is taken by how many texts there are. */
    @Override
    public Level.Identity identity(Snapshot snapshot, int row) {
        List<Long> numbers = new ArrayList<>();
        List<SafeText> texts = new ArrayList<>();
        for (KeyField field : fields) {
            long low = field.low().read(snapshot, row);
            boolean isText = field.type() == KeyField.Type.TEXT && low != SocketTable.ABSENT;
            if (isText) {
                texts.add(snapshot.texts().text(low));
            }
            numbers.add(field.high().read(snapshot, row));
            numbers.add(isText ? texts.size() : low);
        }
        return new Level.Identity(numbers, texts);
    }

    @Override
    public boolean resolve(Snapshot snapshot, Level.Identity identity, long[] out) {
        if (identity.numbers().size() != out.length) {
            return false;
        }
        int text = 0;
        for (int i = 0; i < fields.size(); i++) {
            out[2 * i] = identity.numbers().get(2 * i);
            out[2 * i + 1] = identity.numbers().get(2 * i + 1);
            if (fields.get(i).type() == KeyField.Type.TEXT && out[2 * i + 1] != SocketTable.ABSENT) {
                if (text == identity.texts().size()) {
                    return false;
                }
                out[2 * i + 1] = snapshot.texts().find(identity.texts().get(text++));
                if (out[2 * i + 1] < 0) {
                    return false;
                }
            }
        }
        return text == identity.texts().size();
    }
}
