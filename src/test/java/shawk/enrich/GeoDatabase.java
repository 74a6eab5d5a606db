package shawk.enrich;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import shawk.model.Address;

/** Writes a small database in the MaxMind DB format, version 2.0: records of 24 bits, a tree of IPv6 addresses. */
final class GeoDatabase {
    private static final int BITS = 128;

    private final List<int[]> nodes = new ArrayList<>(List.of(new int[2]));
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();

    /** {@code address/prefix}; IPv4 stands at {@code ::a.b.c.d}, as in real ones. */
    GeoDatabase network(String network, Map<String, Object> record) {
        String[] parts = network.split("/");
        Address address = Objects.requireNonNull(Address.parse(parts[0]));
        int length = Integer.parseInt(parts[1]) + (address.isV4() ? 96 : 0);
        long low = address.isV4() ? address.low() & 0xffff_ffffL : address.low();
        int node = 0;
        for (int bit = 0; bit < length - 1; bit++) {
            int side = bit(address.high(), low, bit);
            if (nodes.get(node)[side] == 0) {
                nodes.get(node)[side] = nodes.size();
                nodes.add(new int[2]);
            }
            node = nodes.get(node)[side];
        }
        // A negative number is a place in the data, to be moved behind the nodes.
        nodes.get(node)[bit(address.high(), low, length - 1)] = -1 - data.size();
        value(data, record);
        return this;
    }

    private static int bit(long high, long low, int bit) {
        return (int) ((bit < 64 ? high : low) >>> BITS / 2 - 1 - bit % 64) & 1;
    }

    Path write(Path file) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int[] node : nodes) {
            for (int child : node) {
                int record = child == 0 ? nodes.size() : child > 0 ? child : nodes.size() + 16 - 1 - child;
                out.writeBytes(new byte[] {(byte) (record >> 16), (byte) (record >> 8), (byte) record});
            }
        }
        out.writeBytes(new byte[16]);
        out.writeBytes(data.toByteArray());
        out.writeBytes("\u00ab\u00cd\u00efMaxMind.com".getBytes(StandardCharsets.ISO_8859_1));
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("node_count", (long) nodes.size());
        metadata.put("record_size", 24);
        metadata.put("ip_version", 6);
        metadata.put("database_type", "Test");
        metadata.put("languages", List.of());
        metadata.put("binary_format_major_version", 2);
        metadata.put("binary_format_minor_version", 0);
        metadata.put("build_epoch", 1L);
        metadata.put("description", Map.of());
        value(out, metadata);
        return Files.write(file, out.toByteArray());
    }

    private static void value(ByteArrayOutputStream out, Object value) {
        if (value instanceof String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            control(out, 2, bytes.length);
            out.writeBytes(bytes);
        } else if (value instanceof Integer number) {
            control(out, 6, 4);
            out.writeBytes(ByteBuffer.allocate(4).putInt(number).array());
        } else if (value instanceof Long number) {
            control(out, 9, 8);
            out.writeBytes(ByteBuffer.allocate(8).putLong(number).array());
        } else if (value instanceof Map<?, ?> map) {
            control(out, 7, map.size());
            map.forEach((key, each) -> {
                value(out, key);
                value(out, each);
            });
        } else if (value instanceof List<?> list) {
            control(out, 11, list.size());
            list.forEach(each -> value(out, each));
        } else {
            throw new IllegalArgumentException(String.valueOf(value));
        }
    }

    private static void control(ByteArrayOutputStream out, int type, int size) {
        int first = type > 7 ? 0 : type << 5;
        if (size >= 285) {
            throw new IllegalArgumentException(size + " bytes");
        }
        out.write(first | Math.min(size, 29));
        if (type > 7) {
            out.write(type - 7);
        }
        if (size >= 29) {
            out.write(size - 29);
        }
    }
}
