package shawk.zk.proto;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** All that a visitor is shown, in a row: {@code path=/a acl=1[{perms=31 id={…}}]}. */
final class Fields implements BodyVisitor {
    private final StringBuilder text = new StringBuilder();

    private Fields() {}

    /** Of a record; empty where it does not fit. */
    static String of(Layout layout, byte[] bytes) {
        Fields fields = new Fields();
        BodyWalker.walk(layout, bytes, 0, bytes.length, fields);
        return fields.text.toString();
    }

    /** Of a message's body. */
    static String of(Message message) {
        Fields fields = new Fields();
        BodyWalker.walk(message, fields);
        return fields.text.toString();
    }

    private StringBuilder name(String name) {
        int last = text.length() - 1;
        if (last >= 0 && text.charAt(last) != '{' && text.charAt(last) != '[') {
            text.append(' ');
        }
        return name.isEmpty() ? text : text.append(name).append('=');
    }

    @Override
    public void beginRecord(String name) {
        name(name).append('{');
    }

    @Override
    public void endRecord() {
        text.append('}');
    }

    @Override
    public void beginVector(String name, int count) {
        name(name).append(count).append('[');
    }

    @Override
    public void endVector() {
        text.append(']');
    }

    @Override
    public void number(String name, long value) {
        name(name).append(value);
    }

    @Override
    public void truth(String name, boolean value) {
        name(name).append(value);
    }

    @Override
    public void id(String name, long value) {
        name(name).append(value);
    }

    @Override
    public void text(String name, byte[] bytes, int from, int length) {
        name(name).append(length < 0 ? "null" : new String(bytes, from, length, StandardCharsets.UTF_8));
    }

    @Override
    public void buffer(String name, byte[] bytes, int from, int length) {
        name(name).append(length < 0 ? "null" : HexFormat.of().formatHex(bytes, from, from + length));
    }

    @Override
    public void secret(String name, String scheme, byte[] bytes, int from, int length) {
        buffer(name, bytes, from, length);
    }

    @Override
    public void word(String name, String constant) {
        name(name).append(constant);
    }
}
