package shawk.zk.proto;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads records by their layouts. Depth of recursion is that of layouts, never of input; a length or count that is not
 * there is found out before anything is done with it. Without state; usable by any thread.
 */
public final class BodyWalker {
    /** The record does not fit. */
    static final int NO = -1;

    private static final int NULL = -1;

    private BodyWalker() {}

    /** Whether a record begins at {@code from} and ends exactly at {@code to}. Allocates nothing. */
    public static boolean fits(Layout layout, byte[] bytes, int from, int to) {
        return skip(layout, bytes, from, to, false) == to;
    }

    /** Where the record that begins at {@code from} ends; {@link #NO} = it does not fit in front of {@code to}. */
    static int end(Layout layout, byte[] bytes, int from, int to) {
        return skip(layout, bytes, from, to, false);
    }

    /**
     * Shows the fields of a message's body; the body itself is no record that begins and ends.
     *
     * @return whether there is a body
     */
    public static boolean walk(Message message, BodyVisitor visitor) {
        Layout layout = message.body;
        return layout != null && walk(layout, message.bytes, message.bodyFrom, message.to, visitor);
    }

    /**
     * Shows the fields of a record.
     *
     * @return whether it fits; if not, nothing was shown
     */
    public static boolean walk(Layout layout, byte[] bytes, int from, int to, BodyVisitor visitor) {
        if (!fits(layout, bytes, from, to)) {
            return false;
        }
        show(layout, bytes, from, to, visitor);
        return true;
    }

    /**
     * Where a record ends.
     *
     * @param strict whether values have to look as a program would send them: needed where nobody knows whether it is a
     *     record at all
     * @return {@link #NO} = it does not fit in front of {@code to}
     */
    static int skip(Layout layout, byte[] bytes, int from, int to, boolean strict) {
        if (to - from < layout.least()) {
            return NO;
        }
        if (layout.fixed() >= 0 && !strict) {
            return from + layout.fixed();
        }
        int at = from;
        for (Layout.Field field : layout.fields()) {
            at = skip(field, bytes, at, to, strict);
            if (at == NO) {
                return NO;
            }
        }
        return at;
    }

    private static int skip(Layout.Field field, byte[] bytes, int at, int to, boolean strict) {
        int left = to - at;
        if (left < field.least()) {
            return NO;
        }
        return switch (field.type()) {
            case INT -> at + 4;
            case LONG, ID -> at + 8;
            case BOOL -> strict && (bytes[at] & ~1) != 0 ? NO : at + 1;
            case OPTIONAL_BOOL -> left == 0 ? at : strict && (bytes[at] & ~1) != 0 ? NO : at + 1;
            case BUFFER, SECRET -> skipBytes(bytes, at, to);
            case STRING -> {
                int end = skipBytes(bytes, at, to);
                yield end != NO && strict && !isText(bytes, at + 4, end) ? NO : end;
            }
            case RECORD -> skip(record(field), bytes, at, to, strict);
            case VECTOR -> skipVector(field, bytes, at, to, strict);
            case OPERATIONS -> Multi.skip(false, bytes, at, to, strict);
            case RESULTS -> Multi.skip(true, bytes, at, to, strict);
            case FILL -> skipFill(field, bytes, at, to, strict);
            case TXNS -> MultiTxns.skip(bytes, at, to, strict);
            case WORD -> at;
            case REST -> to;
        };
    }

    private static int skipFill(Layout.Field field, byte[] bytes, int from, int to, boolean strict) {
        int end = skipBytes(bytes, from, to);
        Layout.Field element = element(field);
        int at = from + 4;
        while (end != NO && at < end) {
            at = skip(element, bytes, at, end, strict);
            if (at == NO) {
                return NO;
            }
        }
        return end;
    }

    private static int skipBytes(byte[] bytes, int at, int to) {
        int length = Wire.int32(bytes, at);
        if (length == NULL) {
            return at + 4;
        }
        return length < 0 || length > to - at - 4 ? NO : at + 4 + length;
    }

    private static int skipVector(Layout.Field field, byte[] bytes, int from, int to, boolean strict) {
        int count = Wire.int32(bytes, from);
        if (count == NULL) {
            return from + 4;
        }
        Layout.Field element = element(field);
        if (count < 0 || count > (to - from - 4) / Math.max(1, element.least())) {
            return NO;
        }
        int at = from + 4;
        for (int i = 0; i < count && at != NO; i++) {
            at = skip(element, bytes, at, to, strict);
        }
        return at;
    }

    /** Whether there are no control characters: nobody names anything that way. */
    private static boolean isText(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] >= 0 && bytes[i] < ' ' && bytes[i] != '\n' && bytes[i] != '\t' && bytes[i] != '\r') {
                return false;
            }
        }
        return true;
    }

    /** Shows a record that fits, and says where it ends. */
    static int show(Layout layout, byte[] bytes, int from, int to, BodyVisitor visitor) {
        int at = from;
        int textAt = -1;
        for (Layout.Field field : layout.fields()) {
            if (field.type() == Layout.Type.STRING) {
                textAt = at;
            }
            at = field.type() == Layout.Type.SECRET
                    ? showSecret(field.name(), text(bytes, textAt), bytes, at, visitor)
                    : show(field, bytes, at, to, visitor);
        }
        return at;
    }

    private static int show(Layout.Field field, byte[] bytes, int at, int to, BodyVisitor visitor) {
        switch (field.type()) {
            case INT -> visitor.number(field.name(), Wire.int32(bytes, at));
            case LONG -> visitor.number(field.name(), Wire.int64(bytes, at));
            case ID -> visitor.id(field.name(), Wire.int64(bytes, at));
            case BOOL -> visitor.truth(field.name(), bytes[at] != 0);
            case OPTIONAL_BOOL -> {
                if (at < to) {
                    visitor.truth(field.name(), bytes[at] != 0);
                }
            }
            case BUFFER -> visitor.buffer(field.name(), bytes, at + 4, Wire.int32(bytes, at));
            case STRING -> visitor.text(field.name(), bytes, at + 4, Wire.int32(bytes, at));
            case SECRET -> showSecret(field.name(), "", bytes, at, visitor);
            case RECORD -> {
                visitor.beginRecord(field.name());
                int end = show(record(field), bytes, at, to, visitor);
                visitor.endRecord();
                return end;
            }
            case VECTOR -> {
                return showVector(field, bytes, at, to, visitor);
            }
            case OPERATIONS -> {
                return Multi.show(field.name(), false, bytes, at, to, visitor);
            }
            case RESULTS -> {
                return Multi.show(field.name(), true, bytes, at, to, visitor);
            }
            case FILL -> showFill(field, bytes, at, visitor);
            case TXNS -> MultiTxns.show(field.name(), bytes, at, to, visitor);
            case WORD -> visitor.word(field.name(), record(field).name());
            case REST -> visitor.buffer(field.name(), bytes, at, to - at);
        }
        return skip(field, bytes, at, to, false);
    }

    private static void showFill(Layout.Field field, byte[] bytes, int from, BodyVisitor visitor) {
        int length = Wire.int32(bytes, from);
        Layout.Field element = element(field);
        int end = from + 4 + Math.max(0, length);
        int count = 0;
        for (int at = from + 4; at < end; at = skip(element, bytes, at, end, false)) {
            count++;
        }
        visitor.beginVector(field.name(), length < 0 ? NULL : count);
        for (int at = from + 4; at < end; ) {
            at = show(element, bytes, at, end, visitor);
        }
        visitor.endVector();
    }

    private static int showVector(Layout.Field field, byte[] bytes, int from, int to, BodyVisitor visitor) {
        int count = Wire.int32(bytes, from);
        Layout.Field element = element(field);
        int at = from + 4;
        visitor.beginVector(field.name(), count);
        for (int i = 0; i < count; i++) {
            at = show(element, bytes, at, to, visitor);
        }
        visitor.endVector();
        return at;
    }

    private static int showSecret(String name, String scheme, byte[] bytes, int at, BodyVisitor visitor) {
        int length = Wire.int32(bytes, at);
        visitor.secret(name, scheme, bytes, at + 4, length);
        return at + 4 + Math.max(0, length);
    }

    private static String text(byte[] bytes, int at) {
        int length = at < 0 ? 0 : Wire.int32(bytes, at);
        return length <= 0 ? "" : new String(bytes, at + 4, length, StandardCharsets.UTF_8);
    }

    private static Layout record(Layout.Field field) {
        return present(field.record());
    }

    private static Layout.Field element(Layout.Field field) {
        return present(field.element());
    }

    private static <T> T present(@Nullable T value) {
        if (value == null) {
            throw new IllegalArgumentException("a layout without its parts");
        }
        return value;
    }
}
