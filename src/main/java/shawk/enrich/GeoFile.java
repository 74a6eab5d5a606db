package shawk.enrich;

import com.maxmind.db.CHMCache;
import com.maxmind.db.Reader;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import shawk.model.Address;
import shawk.model.Names;
import shawk.model.PeerNames;
import shawk.model.Place;
import shawk.model.Protocol;
import shawk.model.SafeText;

/**
 * Countries and autonomous systems out of a user's own database in the MaxMind DB format, read into memory once: a file
 * that is replaced later does no harm. What it does not tell, other names tell. What it says of an address without a
 * place, or in a form that nobody knows, is nothing. Thread-safe.
 */
public final class GeoFile implements Names {
    /** Bytes of the file. */
    static final long BYTES_MAX = 512L << 20;

    private static final int NAME_MAX = 256;

    private final Reader reader;
    private final Names others;

    private GeoFile(Reader reader, Names others) {
        this.reader = reader;
        this.others = others;
    }

    /**
     * Reads {@code file}.
     *
     * @param others users, services, and the places that are not in the file
     * @throws IOException with what is wrong with the file, in one line
     */
    public static GeoFile open(Path file, Names others) throws IOException {
        return new GeoFile(open(file), others);
    }

    private static Reader open(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new IOException("there is no such file");
        }
        if (!Files.isRegularFile(file) || Files.size(file) > BYTES_MAX) {
            throw new IOException("it is no plain file of at most " + (BYTES_MAX >> 20) + " MiB");
        }
        if (!Files.isReadable(file)) {
            throw new IOException("it may not be read");
        }
        try {
            return new Reader(file.toFile(), Reader.FileMode.MEMORY, new CHMCache());
        } catch (IOException | RuntimeException e) {
            throw new IOException("it is no database in the MaxMind DB format", e);
        }
    }

    @Override
    public SafeText user(long uid) {
        return others.user(uid);
    }

    @Override
    public SafeText service(Protocol protocol, int port) {
        return others.service(protocol, port);
    }

    @Override
    public PeerNames peers() {
        return others.peers();
    }

    @Override
    public boolean hasPlaces() {
        return true;
    }

    @Override
    public Place place(long high, long low) {
        Map<?, ?> found = find(high, low);
        String country = parseCountry(found);
        String system = parseSystem(found);
        if (!country.isEmpty() && !system.isEmpty()) {
            return new Place(SafeText.of(country), SafeText.of(system));
        }
        Place other = others.place(high, low);
        return new Place(
                country.isEmpty() ? other.country() : SafeText.of(country),
                system.isEmpty() ? other.asn() : SafeText.of(system));
    }

    private Map<?, ?> find(long high, long low) {
        try {
            Map<?, ?> found = reader.get(address(high, low), Map.class);
            return found == null ? Map.of() : found;
        } catch (IOException | RuntimeException | StackOverflowError e) {
            // A damaged place in the file, or a database of the other family.
            return Map.of();
        }
    }

    private static InetAddress address(long high, long low) throws IOException {
        byte[] bytes = Address.isV4(high, low)
                ? ByteBuffer.allocate(4).putInt((int) low).array()
                : ByteBuffer.allocate(16).putLong(high).putLong(low).array();
        return InetAddress.getByAddress(bytes);
    }

    /** As the databases of MaxMind, DB-IP and IPinfo write it. */
    static String parseCountry(Map<?, ?> record) {
        for (String key : List.of("country", "registered_country")) {
            String code = record.get(key) instanceof Map<?, ?> country ? text(country.get("iso_code")) : "";
            if (!code.isEmpty()) {
                return code;
            }
        }
        String code = text(record.get("country_code"));
        return code.isEmpty() ? text(record.get("country")) : code;
    }

    /** The same of an autonomous system: {@code AS64500 Example}. */
    static String parseSystem(Map<?, ?> record) {
        Map<?, ?> from = record.get("traits") instanceof Map<?, ?> traits ? traits : record;
        String number = text(from.get("autonomous_system_number"));
        String name = text(from.get("autonomous_system_organization"));
        if (number.isEmpty()) {
            number = text(from.get("asn"));
            name = text(from.get("as_name"));
        }
        if (number.isEmpty()) {
            return name;
        }
        String full = number.startsWith("AS") ? number : "AS" + number;
        return name.isEmpty() ? full : full + " " + name;
    }

    private static String text(@Nullable Object value) {
        String text = value instanceof String || value instanceof Number ? value.toString() : "";
        return text.length() <= NAME_MAX ? text : "";
    }
}
