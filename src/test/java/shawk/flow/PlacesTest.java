package shawk.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import shawk.model.Address;
import shawk.model.Column;
import shawk.model.Names;
import shawk.model.Place;
import shawk.model.Protocol;
import shawk.model.SafeText;
import shawk.model.SocketTable;

/** Each address is looked up once, however many sockets and samples have it. */
final class PlacesTest {
    private final Map<Address, Integer> asked = new HashMap<>();

    private final Names names = new Names() {
        @Override
        public SafeText user(long uid) {
            return SafeText.EMPTY;
        }

        @Override
        public SafeText service(Protocol protocol, int port) {
            return SafeText.EMPTY;
        }

        @Override
        public boolean hasPlaces() {
            return true;
        }

        @Override
        public Place place(long high, long low) {
            asked.merge(new Address(high, low), 1, Integer::sum);
            return low % 2 == 0 ? Place.UNKNOWN : new Place(SafeText.of("DE"), SafeText.EMPTY);
        }
    };

    private static SocketTable.Builder table(int rows, int addresses) {
        SocketTable.Builder table = new SocketTable.Builder(rows);
        for (int row = 0; row < rows; row++) {
            table.set(Column.RADDR_HIGH, row, 0);
            table.set(Column.RADDR_LOW, row, Address.lowOfV4(0x0a00_0000 + row % addresses));
        }
        return table;
    }

    private static int known(SocketTable.Builder table) {
        int known = 0;
        for (int row = 0; row < table.capacity(); row++) {
            assertThat(table.value(Column.ASN, row)).isEqualTo(SocketTable.ABSENT);
            known += table.value(Column.COUNTRY, row) == SocketTable.ABSENT ? 0 : 1;
        }
        return known;
    }

    private int write(Places places, int rows, int addresses) {
        SocketTable.Builder table = table(rows, addresses);
        places.begin();
        places.write(table, rows);
        return known(table);
    }

    @Test
    void onceAnAddress() {
        Places places = new Places(names, new Texts(names, 7), 1000, 1000, 7);
        assertThat(write(places, 300, 100)).isEqualTo(150);
        assertThat(write(places, 300, 100)).isEqualTo(150);
        assertThat(asked).hasSize(100);
        assertThat(asked.values()).allMatch(times -> times == 1);
    }

    @Test
    void soManyASample() {
        Places places = new Places(names, new Texts(names, 7), 1000, 60, 7);
        assertThat(write(places, 100, 100)).isEqualTo(30);
        assertThat(write(places, 100, 100)).isEqualTo(50);
    }

    @Test
    void soManyAtAll() {
        Places places = new Places(names, new Texts(names, 7), 80, 1000, 7);
        assertThat(write(places, 100, 100)).isEqualTo(40);
        assertThat(asked).hasSize(80);
        assertThat(write(places, 20, 20)).isEqualTo(10);
    }

    /** The dictionary was begun anew: its numbers mean something else. */
    @Test
    void numbersOfAnotherDictionary() {
        Texts texts = new Texts(names, 7);
        Places places = new Places(names, texts, 1000, 1000, 7);
        write(places, 10, 10);
        texts.restart();
        texts.number(SafeText.of("other"));
        SocketTable.Builder table = table(2, 2);
        places.begin();
        places.write(table, 2);
        assertThat(texts.build().text(table.value(Column.COUNTRY, 1)).value()).isEqualTo("DE");
    }

    @Test
    void nothingWithoutDatabases() {
        Places places = new Places(Names.NONE, new Texts(Names.NONE, 7), 1000, 1000, 7);
        assertThat(write(places, 10, 10)).isZero();
    }
}
