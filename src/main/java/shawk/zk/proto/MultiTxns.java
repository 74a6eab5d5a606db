package shawk.zk.proto;

import org.jspecify.annotations.Nullable;

/** What the transaction of a multi holds: transactions without headers, each in a buffer. */
final class MultiTxns {
    /** Type and length of the buffer. */
    private static final int HEADER = 8;

    private MultiTxns() {}

    /** Where they end; {@link BodyWalker#NO} = they do not fit. */
    static int skip(byte[] bytes, int from, int to, boolean strict) {
        int count = Wire.int32(bytes, from);
        if (count < -1 || count > (to - from - 4) / HEADER) {
            return BodyWalker.NO;
        }
        int at = from + 4;
        for (int i = 0; i < count && at != BodyWalker.NO; i++) {
            at = skipOne(bytes, at, to, strict);
        }
        return at;
    }

    private static int skipOne(byte[] bytes, int at, int to, boolean strict) {
        if (to - at < HEADER) {
            return BodyWalker.NO;
        }
        int length = Wire.int32(bytes, at + 4);
        int from = at + HEADER;
        if (length < 0 || length > to - from) {
            return BodyWalker.NO;
        }
        Layout layout = layout(Wire.int32(bytes, at));
        boolean fits = layout == null || BodyWalker.skip(layout, bytes, from, from + length, strict) == from + length;
        return fits ? from + length : BodyWalker.NO;
    }

    /** Of a transaction in another one; null = what it holds is not read. A multi is never in a multi. */
    private static @Nullable Layout layout(int type) {
        return type == OpCodes.MULTI ? null : Txns.record(type);
    }

    /** Shows what fits. */
    static void show(String name, byte[] bytes, int from, int to, BodyVisitor visitor) {
        int count = Wire.int32(bytes, from);
        visitor.beginVector(name, count);
        int at = from + 4;
        for (int i = 0; i < count; i++) {
            int type = Wire.int32(bytes, at);
            int length = Wire.int32(bytes, at + 4);
            int record = at + HEADER;
            visitor.beginRecord("");
            Layout layout = layout(type);
            if (layout == null) {
                visitor.word("op", OpCodes.name(type));
                visitor.buffer("data", bytes, record, length);
            } else {
                BodyWalker.show(layout, bytes, record, Math.min(to, record + length), visitor);
            }
            visitor.endRecord();
            at = record + length;
        }
        visitor.endVector();
    }
}
