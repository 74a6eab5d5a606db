package shawk.flow;

import java.util.Arrays;
import shawk.model.Address;
import shawk.model.Column;
import shawk.model.HashIndex;
import shawk.model.Names;
import shawk.model.Place;
import shawk.model.SafeText;
import shawk.model.SocketTable;

/**
 * Where the remote hosts are: each address is looked up once and kept under the numbers of its texts. Does nothing
 * where there are no databases. Used by one thread.
 */
final class Places {
    static final int MOST = 1 << 17;
    static final int MOST_A_SAMPLE = 1 << 15;

    private final Names names;
    private final Texts texts;
    private final int most;
    private final int mostASample;
    private final long seed;
    private final HashIndex index = new HashIndex(64);
    private long[] highs = new long[64];
    private long[] lows = new long[64];
    private long[] countries = new long[64];
    private long[] systems = new long[64];
    private int size;
    private int epoch;
    private int left;

    /**
     * Knows no address yet.
     *
     * @param most addresses that are kept; beyond it all are forgotten
     * @param mostASample addresses that are looked up in a sample; the others have their turn in the next ones
     */
    Places(Names names, Texts texts, int most, int mostASample, long seed) {
        this.names = names;
        this.texts = texts;
        this.most = most;
        this.mostASample = mostASample;
        this.seed = seed;
    }

    /** A sample begins, in which so many addresses may be looked up anew. */
    void begin() {
        left = mostASample;
        if (epoch != texts.epoch() || size >= most) {
            index.clear();
            size = 0;
            epoch = texts.epoch();
        }
    }

    /** Writes the places of the first {@code rows} rows, whose addresses stand there. */
    void write(SocketTable.Builder table, int rows) {
        if (!names.hasPlaces()) {
            return;
        }
        for (int row = 0; row < rows; row++) {
            int id = at(table.value(Column.RADDR_HIGH, row), table.value(Column.RADDR_LOW, row));
            if (id >= 0) {
                table.set(Column.COUNTRY, row, countries[id]);
                table.set(Column.ASN, row, systems[id]);
            }
        }
    }

    /** The place of an address, -1 where it has none, or none yet. */
    int at(long high, long low) {
        if (!names.hasPlaces()
                || low == SocketTable.ABSENT
                || Address.isLoopback(high, low)
                || Address.isWildcard(high, low)) {
            return -1;
        }
        int id = find(high, low);
        if (id < 0 && left > 0 && size < most) {
            left--;
            id = add(high, low);
        }
        return id;
    }

    /** The country of a place. */
    SafeText country(int place) {
        return texts.text(countries[place]);
    }

    /** The autonomous system of a place. */
    SafeText system(int place) {
        return texts.text(systems[place]);
    }

    private int find(long high, long low) {
        int hashed = hash(high, low);
        for (int slot = index.first(hashed); index.id(slot) >= 0; slot = index.next(slot)) {
            int id = index.id(slot);
            if (index.hash(slot) == hashed && lows[id] == low && highs[id] == high) {
                return id;
            }
        }
        return -1;
    }

    private int add(long high, long low) {
        if (size == highs.length) {
            highs = Arrays.copyOf(highs, 2 * size);
            lows = Arrays.copyOf(lows, 2 * size);
            countries = Arrays.copyOf(countries, 2 * size);
            systems = Arrays.copyOf(systems, 2 * size);
        }
        Place place = names.place(high, low);
        highs[size] = high;
        lows[size] = low;
        countries[size] = number(place.country());
        systems[size] = number(place.asn());
        index.add(hash(high, low), size);
        return size++;
    }

    private long number(SafeText text) {
        return text.isEmpty() ? SocketTable.ABSENT : texts.number(text);
    }

    private int hash(long high, long low) {
        return HashIndex.fold(HashIndex.mix(HashIndex.mix(seed, low), high));
    }
}
