package shawk.view.zk;

import java.util.Arrays;
import shawk.zk.proto.BodyVisitor;
import shawk.zk.proto.BodyWalker;
import shawk.zk.proto.Message;

/**
 * The fields of a body by name, each as text in the manner of Python, as ZKTraffic prints them: {@code True},
 * {@code ['/a', '/b']}. Used by one thread.
 */
final class TextBody implements BodyVisitor {
    /** No value is longer than any list of so many. */
    private static final int MOST_ELEMENTS = 100;

    private final ByteOut texts = new ByteOut();
    private final boolean credentials;
    private String[] names = new String[16];
    private long[] numbers = new long[16];
    private int[] starts = new int[16];
    private int[] ends = new int[16];
    private boolean[] nested = new boolean[16];
    private int count;
    private int depth;
    private long elements;
    /** Of the list that is being read. */
    private int written;

    private boolean first;
    private boolean cut;

    TextBody(boolean credentials) {
        this.credentials = credentials;
    }

    /** Reads the body of {@code message}; where it has none there are no fields. */
    TextBody read(Message message) {
        texts.cut(0);
        count = 0;
        depth = 0;
        cut = message.isCut();
        if (!BodyWalker.walk(message, this)) {
            count = 0;
        }
        return this;
    }

    /** How many fields there are. */
    int count() {
        return count;
    }

    String name(int index) {
        return names[index];
    }

    /** Whether it is a record, which has fields of its own. */
    boolean isRecord(int index) {
        return nested[index];
    }

    /** The number, of a list how many elements it has; {@link Message#ABSENT} where there is no such field. */
    long number(String name) {
        int index = find(name);
        return index < 0 ? Message.ABSENT : numbers[index];
    }

    /** Writes the field of that name; {@code None} where there is none, dots where not all of the message was kept. */
    void write(ByteOut out, String name) {
        int index = find(name);
        if (index < 0) {
            out.ascii(cut ? "..." : "None");
        } else {
            write(out, index);
        }
    }

    void write(ByteOut out, int index) {
        out.part(texts, starts[index], ends[index]);
    }

    private int find(String name) {
        for (int i = 0; i < count; i++) {
            if (names[i].equals(name)) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public void beginRecord(String name) {
        begin(name, Message.ABSENT);
        shown("{");
        nested[count] = depth == 0;
        deeper();
    }

    @Override
    public void endRecord() {
        depth--;
        shown("}");
        end();
    }

    @Override
    public void beginVector(String name, int size) {
        begin(name, size);
        shown(size < 0 ? "None" : "[");
        nested[count] = false;
        if (depth == 0) {
            elements = size;
        }
        deeper();
    }

    @Override
    public void endVector() {
        depth--;
        if (depth == 0 && elements > MOST_ELEMENTS) {
            texts.ascii(", ...");
        }
        if (depth > 0 || elements >= 0) {
            shown("]");
        }
        end();
    }

    @Override
    public void number(String name, long value) {
        begin(name, value);
        if (isShown()) {
            texts.number(value);
        }
        end();
    }

    @Override
    public void truth(String name, boolean value) {
        begin(name, value ? 1 : 0);
        shown(value ? "True" : "False");
        end();
    }

    @Override
    public void id(String name, long value) {
        begin(name, value);
        if (isShown()) {
            texts.hex(value);
        }
        end();
    }

    @Override
    public void text(String name, byte[] bytes, int from, int length) {
        begin(name, Message.ABSENT);
        if (length < 0) {
            shown("None");
        } else if (isShown()) {
            quote().safe(bytes, from, length);
            quote();
        }
        end();
    }

    @Override
    public void buffer(String name, byte[] bytes, int from, int length) {
        begin(name, Message.ABSENT);
        if (length < 0) {
            shown("None");
        } else if (isShown()) {
            texts.ascii('<').number(length).ascii(length == 1 ? " byte>" : " bytes>");
        }
        end();
    }

    @Override
    public void secret(String name, String scheme, byte[] bytes, int from, int length) {
        begin(name, Message.ABSENT);
        if (length < 0) {
            shown("None");
        } else if (isShown() && credentials) {
            texts.safe(bytes, from, length);
        } else if (isShown()) {
            Secrets.text(texts, scheme, bytes, from, length);
        }
        end();
    }

    @Override
    public void word(String name, String constant) {
        begin(name, Message.ABSENT);
        shown(constant);
        end();
    }

    /** Texts of lists stand between quotes, those of the body itself do not. */
    private ByteOut quote() {
        return depth == 0 ? texts : texts.ascii('\'');
    }

    private void begin(String name, long number) {
        if (depth > 0) {
            if (isShown()) {
                texts.ascii(first ? "" : ", ").ascii(name).ascii(name.isEmpty() ? "" : "=");
            }
            first = false;
            return;
        }
        if (count + 1 >= names.length) {
            names = Arrays.copyOf(names, 2 * count);
            numbers = Arrays.copyOf(numbers, 2 * count);
            starts = Arrays.copyOf(starts, 2 * count);
            ends = Arrays.copyOf(ends, 2 * count);
            nested = Arrays.copyOf(nested, 2 * count);
        }
        names[count] = name;
        numbers[count] = number;
        starts[count] = texts.length();
        elements = 0;
        nested[count] = false;
    }

    private void end() {
        if (depth == 0) {
            ends[count++] = texts.length();
        } else if (depth == 1) {
            written++;
        }
        first = false;
    }

    private void deeper() {
        if (depth == 0) {
            written = 0;
        }
        depth++;
        first = true;
    }

    private boolean isShown() {
        return depth == 0 || written < MOST_ELEMENTS;
    }

    private void shown(String constant) {
        if (isShown()) {
            texts.ascii(constant);
        }
    }
}
