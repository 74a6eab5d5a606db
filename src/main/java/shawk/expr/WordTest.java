package shawk.expr;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import shawk.field.EndpointFields;
import shawk.field.KeyField;
import shawk.field.OwnerFields;
import shawk.model.Address;
import shawk.model.Column;
import shawk.model.SafeText;
import shawk.model.Snapshot;
import shawk.model.SocketTable;

/**
 * A word without a field: part of a name or of an address as it is written, in any case, or a port. Fields that ended
 * connections lack are left out, but for ports and paths, so that a name typed quickly keeps their counts. Used by one
 * thread.
 */
final class WordTest implements Filter.RowTest {
    /** Texts that a word may be part of. */
    static final List<KeyField> TEXTS = List.of(
            OwnerFields.PROCESS,
            OwnerFields.EXE,
            OwnerFields.CGROUP,
            OwnerFields.CONTAINER,
            OwnerFields.POD,
            EndpointFields.SERVICE,
            EndpointFields.NETNS_NAME);

    /** Addresses that it may be part of. */
    static final List<KeyField> ADDRESSES = List.of(EndpointFields.LADDR, EndpointFields.RADDR);

    private static final String ADDRESS_LETTERS = "0123456789abcdef.:";

    private final Snapshot snapshot;
    private final SocketTable table;
    private final TextMemo memo;
    private final int port;
    private final String lower;
    private final @Nullable Address address;
    private final boolean partOfAddress;
    private final StringBuilder scratch = new StringBuilder(64);

    WordTest(String typed, Snapshot snapshot) {
        String word = SafeText.of(typed).value();
        this.snapshot = snapshot;
        this.table = snapshot.table();
        this.memo = new TextMemo(snapshot, text -> contains(text, word));
        this.port = port(typed);
        this.lower = word.toLowerCase(Locale.ROOT);
        this.address = Address.parse(typed);
        this.partOfAddress = lower.chars().allMatch(c -> ADDRESS_LETTERS.indexOf(c) >= 0);
    }

    /** The port that {@code word} is; -1 where it is none. */
    static int port(String word) {
        boolean digits = word.length() <= 5 && word.chars().allMatch(c -> c >= '0' && c <= '9');
        int number = digits && !word.isEmpty() ? Integer.parseInt(word) : -1;
        return number <= 65_535 ? number : -1;
    }

    @Override
    public boolean matches(int row) {
        for (int i = 0; i < TEXTS.size(); i++) {
            if (memo.passes(TEXTS.get(i).low().read(snapshot, row))) {
                return true;
            }
        }
        if (memo.passes(table.value(Column.PATH, row))) {
            return true;
        }
        return port >= 0 && hasPort(row) || partOfAddress && hasAddress(row);
    }

    private boolean hasPort(int row) {
        return table.value(Column.PORT, row) == port
                || table.value(Column.LPORT, row) == port
                || table.value(Column.RPORT, row) == port;
    }

    private boolean hasAddress(int row) {
        return isAddress(table.value(Column.RADDR_HIGH, row), table.value(Column.RADDR_LOW, row))
                || isAddress(table.value(Column.LADDR_HIGH, row), table.value(Column.LADDR_LOW, row));
    }

    private boolean isAddress(long high, long low) {
        if (low == SocketTable.ABSENT) {
            return false;
        }
        if (address != null && address.high() == high && address.low() == low) {
            return true;
        }
        scratch.setLength(0);
        Address.append(scratch, high, low);
        return scratch.indexOf(lower) >= 0;
    }

    private static boolean contains(String text, String word) {
        for (int i = 0; i <= text.length() - word.length(); i++) {
            if (text.regionMatches(true, i, word, 0, word.length())) {
                return true;
            }
        }
        return false;
    }
}
