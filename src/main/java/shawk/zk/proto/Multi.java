package shawk.zk.proto;

import org.jspecify.annotations.Nullable;

/**
 * What a multi holds: a header of type, whether that is all, and error in front of each operation or result, and a last
 * header without one.
 */
final class Multi {
    /** Bytes of a header. */
    static final int HEADER = 9;

    private static final int DONE_AT = 4;
    private static final int ERROR_AT = 5;

    private Multi() {}

    /** Where it ends; {@link BodyWalker#NO} = it does not fit. */
    static int skip(boolean results, byte[] bytes, int from, int to, boolean strict) {
        int at = from;
        while (to - at >= HEADER) {
            byte done = bytes[at + DONE_AT];
            if (done != 0) {
                return strict && !isLast(bytes, at) ? BodyWalker.NO : at + HEADER;
            }
            at = skipOne(results, bytes, at, to, strict);
            if (at == BodyWalker.NO) {
                return BodyWalker.NO;
            }
        }
        return BodyWalker.NO;
    }

    private static boolean isLast(byte[] bytes, int at) {
        return Wire.int32(bytes, at) == -1 && bytes[at + DONE_AT] == 1 && Wire.int32(bytes, at + ERROR_AT) == -1;
    }

    private static int skipOne(boolean results, byte[] bytes, int at, int to, boolean strict) {
        int op = Wire.int32(bytes, at);
        if (results ? !Records.isResult(op) : Records.operation(op) == null) {
            return BodyWalker.NO;
        }
        Layout layout = layout(results, op, bytes, at);
        return layout == null ? at + HEADER : BodyWalker.skip(layout, bytes, at + HEADER, to, strict);
    }

    /** ClickHouse Keeper leaves out what a part of a multiRead would have had, and says the error in the header. */
    private static @Nullable Layout layout(boolean results, int op, byte[] bytes, int at) {
        if (!results) {
            return Records.operation(op);
        }
        boolean failed = op != OpCodes.ERROR && Wire.int32(bytes, at + ERROR_AT) != 0;
        return failed ? null : Records.result(op);
    }

    /** Whether there is an operation in it that has a name, and what it holds is not read. */
    static boolean isForeign(boolean results, byte[] bytes, int from, int to) {
        int at = from;
        while (at != BodyWalker.NO && to - at >= HEADER && bytes[at + DONE_AT] == 0) {
            if (OpCodes.isForeign(Wire.int32(bytes, at))) {
                return true;
            }
            at = skipOne(results, bytes, at, to, false);
        }
        return false;
    }

    /** Shows what fits, and says where it ends. */
    static int show(String name, boolean results, byte[] bytes, int from, int to, BodyVisitor visitor) {
        visitor.beginVector(name, count(results, bytes, from, to));
        int at = from;
        while (bytes[at + DONE_AT] == 0) {
            visitor.beginRecord("");
            at = showOne(results, bytes, at, to, visitor);
            visitor.endRecord();
        }
        visitor.endVector();
        return at + HEADER;
    }

    private static int count(boolean results, byte[] bytes, int from, int to) {
        int count = 0;
        for (int at = from; bytes[at + DONE_AT] == 0; count++) {
            at = skipOne(results, bytes, at, to, false);
        }
        return count;
    }

    private static int showOne(boolean results, byte[] bytes, int at, int to, BodyVisitor visitor) {
        int op = Wire.int32(bytes, at);
        visitor.word("op", OpCodes.name(op));
        if (results) {
            int error = op == OpCodes.ERROR ? Wire.int32(bytes, at + HEADER) : Wire.int32(bytes, at + ERROR_AT);
            visitor.number("err", error);
            if (error != ErrorCodes.OK) {
                visitor.word("error", ErrorCodes.name(error));
            }
        }
        Layout layout = op == OpCodes.ERROR ? null : layout(results, op, bytes, at);
        if (layout != null) {
            return BodyWalker.show(layout, bytes, at + HEADER, to, visitor);
        }
        return op == OpCodes.ERROR ? at + HEADER + 4 : at + HEADER;
    }
}
