package shawk.view.zk;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import shawk.model.RawText;

/** Messages as they are on the wire. */
final class Frames {
    private Frames() {}

    /** One, with its length: the fields, which are ints, longs as Long, texts as RawText or String, booleans. */
    static byte[] of(Object... fields) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(body);
        for (Object field : fields) {
            if (field instanceof Integer number) {
                out.writeInt(number);
            } else if (field instanceof Long number) {
                out.writeLong(number);
            } else if (field instanceof Boolean truth) {
                out.writeBoolean(truth);
            } else {
                byte[] text = field instanceof RawText raw
                        ? raw.toBytes()
                        : field.toString().getBytes(StandardCharsets.UTF_8);
                out.writeInt(text.length);
                out.write(text);
            }
        }
        ByteArrayOutputStream framed = new ByteArrayOutputStream();
        new DataOutputStream(framed).writeInt(body.size());
        body.writeTo(framed);
        return framed.toByteArray();
    }
}
