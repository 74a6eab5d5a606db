package shawk.zk.proto;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.jute.BinaryInputArchive;
import org.apache.jute.BinaryOutputArchive;
import org.apache.jute.Record;
import org.apache.zookeeper.proto.ErrorResponse;
import org.apache.zookeeper.proto.MultiHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Records that ZooKeeper's own classes write are read field by field; what is believed, they can read too. */
final class ApacheTest {
    private static final int RECORDS = 200;
    private static final int MUTATIONS = 2_000;

    static Stream<Layout> layouts() {
        return Records.all().stream()
                .filter(layout -> !layout.name().startsWith("Multi"))
                .sorted(Comparator.comparing(Layout::name));
    }

    @ParameterizedTest
    @MethodSource("layouts")
    void everyFieldIsRead(Layout layout) {
        Random random = new Random(layout.name().hashCode());
        for (int i = 0; i < RECORDS; i++) {
            Record record = random(layout, random);
            byte[] bytes = write(record);
            assertThat(Fields.of(layout, bytes)).isEqualTo(text(layout, record));
            for (int to = 0; to < bytes.length; to++) {
                boolean older = layout.name().startsWith("Connect") && to == bytes.length - 1;
                assertThat(BodyWalker.fits(layout, bytes, 0, to)).isEqualTo(older);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("layouts")
    void whatFitsApacheCanReadToo(Layout layout) throws IOException {
        Random random = new Random(layout.name().length());
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] bytes = write(random(layout, random));
            for (int k = random.nextInt(4); k >= 0; k--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            boolean older = layout.name().startsWith("Connect");
            if (!older && BodyWalker.fits(layout, bytes, 0, bytes.length)) {
                ByteArrayInputStream in = new ByteArrayInputStream(bytes);
                make(layout).deserialize(new BinaryInputArchive(new DataInputStream(in)), "");
                assertThat(in.available()).isZero();
            }
        }
    }

    @Test
    void operationsOfAMulti() {
        int[] ops = {1, 2, 5, 13, 15, 19, 21, 4, 8};
        checkMulti("ops", "MultiRequest", ops, false);
    }

    @Test
    void resultsOfAMulti() {
        checkMulti("results", "MultiResponse", new int[] {1, 2, 5, 13, 15, 4, 8, -1}, true);
    }

    private static void checkMulti(String name, String record, int[] ops, boolean results) {
        Layout multi = Records.all().stream()
                .filter(layout -> layout.name().equals(record))
                .findFirst()
                .orElseThrow();
        Random random = new Random(14);
        for (int i = 0; i < RECORDS; i++) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            List<String> expected = new ArrayList<>();
            for (int left = random.nextInt(6); left > 0; left--) {
                int op = ops[random.nextInt(ops.length)];
                int error = op == -1 ? -1 - random.nextInt(125) : 0;
                bytes.writeBytes(write(new MultiHeader(op, false, results ? error : -1)));
                String text = "op=" + OpCodes.name(op);
                text += results ? " err=" + error + (error == 0 ? "" : " error=" + ErrorCodes.name(error)) : "";
                Layout layout = results ? Records.result(op) : Records.operation(op);
                if (op == -1) {
                    bytes.writeBytes(write(new ErrorResponse(error)));
                } else if (layout != null) {
                    Record part = random(layout, random);
                    bytes.writeBytes(write(part));
                    text += " " + text(layout, part);
                }
                expected.add("{" + text + "}");
            }
            bytes.writeBytes(write(new MultiHeader(-1, true, -1)));
            assertThat(Fields.of(multi, bytes.toByteArray()))
                    .isEqualTo(name + "=" + expected.size() + "[" + String.join(" ", expected) + "]");
        }
    }

    private static byte[] write(Record record) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            record.serialize(new BinaryOutputArchive(new DataOutputStream(bytes)), "");
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Record make(Layout layout) {
        String home = Map.of("Id", "data", "ACL", "data", "Stat", "data", "ClientInfo", "data")
                .getOrDefault(layout.name(), "proto");
        try {
            return (Record) Class.forName("org.apache.zookeeper." + home + "." + layout.name())
                    .getConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static Record random(Layout layout, Random random) {
        Record record = make(layout);
        for (Layout.Field field : layout.fields()) {
            Object value = value(field, random);
            String setter = "set" + Character.toUpperCase(field.name().charAt(0))
                    + field.name().substring(1);
            try {
                for (var method : record.getClass().getMethods()) {
                    if (method.getName().equals(setter)) {
                        method.invoke(record, value);
                    }
                }
            } catch (ReflectiveOperationException e) {
                throw new AssertionError(field.name(), e);
            }
        }
        return record;
    }

    private static Object value(Layout.Field field, Random random) {
        return switch (field.type()) {
            case INT -> random.nextInt();
            case LONG, ID -> random.nextInt(4) == 0 ? -1L : random.nextLong();
            case BOOL, OPTIONAL_BOOL -> random.nextBoolean();
            case BUFFER, SECRET -> {
                byte[] bytes = new byte[random.nextInt(20)];
                random.nextBytes(bytes);
                yield random.nextInt(8) == 0 ? null : bytes;
            }
            case STRING -> random.nextInt(8) == 0 ? null : "/" + "aß日".substring(random.nextInt(3));
            case RECORD -> random(field.record(), random);
            case VECTOR -> {
                List<Object> elements = new ArrayList<>();
                for (int i = random.nextInt(5); i > 0; i--) {
                    elements.add(value(field.element(), random));
                }
                yield random.nextInt(8) == 0 ? null : elements;
            }
            default -> throw new AssertionError(field.name());
        };
    }

    private static String text(Layout layout, Record record) {
        List<String> parts = new ArrayList<>();
        for (Layout.Field field : layout.fields()) {
            String getter = "get" + Character.toUpperCase(field.name().charAt(0))
                    + field.name().substring(1);
            try {
                Object value = record.getClass().getMethod(getter).invoke(record);
                parts.add(field.name() + "=" + text(field, value));
            } catch (ReflectiveOperationException e) {
                throw new AssertionError(getter, e);
            }
        }
        return String.join(" ", parts);
    }

    private static String text(Layout.Field field, Object value) {
        if (value instanceof Record record) {
            return "{" + text(field.record(), record) + "}";
        }
        if (field.type() == Layout.Type.VECTOR) {
            List<?> elements = value == null ? List.of() : (List<?>) value;
            return (value == null ? -1 : elements.size())
                    + "["
                    + String.join(
                            " ",
                            elements.stream()
                                    .map(element -> text(field.element(), element))
                                    .toList())
                    + "]";
        }
        if (value instanceof byte[] bytes) {
            return HexFormat.of().formatHex(bytes);
        }
        return String.valueOf(value);
    }
}
