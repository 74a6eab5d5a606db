package shawk.enrich;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shawk.model.Address;
import shawk.model.Names;
import shawk.model.Place;
import shawk.support.HostileNames;

/** Places out of databases that are made here. */
final class GeoFileTest {
    @TempDir
    private Path folder;

    private Path countries() throws IOException {
        return new GeoDatabase()
                .network("192.0.2.0/24", Map.of("country", Map.of("iso_code", "DE", "geoname_id", 1)))
                .network("198.51.100.0/24", Map.of("registered_country", Map.of("iso_code", "FR")))
                .network("2001:db8::/32", Map.of("country_code", "JP"))
                .network("203.0.113.0/25", Map.of("country", "US", "asn", "AS64501", "as_name", "Both"))
                .network("203.0.113.128/25", Map.of("country", Map.of("iso_code", "\u001b[2J\n")))
                .write(folder.resolve("country.mmdb"));
    }

    private Path systems() throws IOException {
        return new GeoDatabase()
                .network(
                        "192.0.2.0/25",
                        Map.of("autonomous_system_number", 64500, "autonomous_system_organization", "Example"))
                .network("198.51.100.0/24", Map.of("traits", Map.of("autonomous_system_number", 64502)))
                .network("203.0.113.0/24", Map.of("autonomous_system_number", 1))
                .write(folder.resolve("asn.mmdb"));
    }

    private static void check(Names names, String address, String expected) {
        Address at = Objects.requireNonNull(Address.parse(address));
        Place place = names.place(at.high(), at.low());
        assertThat(place.country() + "|" + place.asn()).as(address).isEqualTo(expected);
    }

    @Test
    void twoFilesTellTogether() throws IOException {
        Names names = GeoFile.open(countries(), GeoFile.open(systems(), Names.NONE));
        check(names, "192.0.2.1", "DE|AS64500 Example");
        check(names, "192.0.2.200", "DE|");
        check(names, "198.51.100.1", "FR|AS64502");
        check(names, "2001:db8::7", "JP|");
        check(names, "203.0.113.1", "US|AS64501 Both");
        check(names, "203.0.113.200", "\\x1b[2J\\x0a|AS1");
        check(names, "10.0.0.1", "|");
        check(names, "::1", "|");
        assertThat(names.hasPlaces()).isTrue();
        assertThat(Names.NONE.hasPlaces()).isFalse();
    }

    private void checkBad(Path file, String expected) {
        assertThatThrownBy(() -> GeoFile.open(file, Names.NONE))
                .isInstanceOf(IOException.class)
                .hasMessage(expected);
    }

    @Test
    void filesThatAreNone() throws IOException {
        checkBad(folder.resolve("none"), "there is no such file");
        checkBad(folder, "it is no plain file of at most 512 MiB");
        checkBad(Files.writeString(folder.resolve("text"), "x"), "it is no database in the MaxMind DB format");
        checkBad(Files.write(folder.resolve("empty"), new byte[0]), "it is no database in the MaxMind DB format");
    }

    /** Whatever a damaged file says: a place, or none; or it is refused. */
    @Test
    void damagedFiles() throws IOException {
        byte[] good = Files.readAllBytes(countries());
        Random random = new Random(11);
        Path file = folder.resolve("damaged");
        for (int i = 0; i < 300; i++) {
            byte[] bytes = good.clone();
            for (int k = 0; k < 4; k++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            Files.write(file, bytes);
            Names names;
            try {
                names = GeoFile.open(file, Names.NONE);
            } catch (IOException e) {
                continue;
            }
            Address at = Address.ofV4(0xc000_0201);
            Place place = names.place(at.high(), at.low());
            assertThat(HostileNames.harmIn(place.country().value())).isEqualTo(-1);
        }
    }
}
