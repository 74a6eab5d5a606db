package shawk.zk.proto;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Messages as the reference decodes of the captures have them. */
public final class ReferenceText implements BodyVisitor {
    /** Elements of a vector that are shown. */
    private static final int MOST = 8;

    private static final int LONGEST = 64;

    /** A record or vector that is being shown. */
    private record Part(String name, boolean ops, int count, List<String> parts) {}

    private final Deque<Part> open = new ArrayDeque<>();

    private ReferenceText() {
        open.push(new Part("", false, 0, new ArrayList<>()));
    }

    /** Without time and number of the packet. */
    public static String of(Message message) {
        var connection = message.connection;
        String ends = connection == null
                ? ""
                : message.toServer
                        ? connection.client() + ">" + connection.server()
                        : connection.server() + ">" + connection.client();
        return ends
                + switch (message.kind) {
                    case FOUR_LETTER ->
                        message.toServer ? " 4LW " + message.op : " 4LWREPLY " + message.size + " bytes";
                    case NOTE -> " NOTE " + message.text;
                    case EVENT -> " EVT" + header(message) + " " + body(message);
                    default ->
                        (message.kind == Kind.REQUEST ? " REQ" : " REP") + header(message) + " " + message.op + " "
                                + body(message);
                };
    }

    private static String header(Message message) {
        return " len=" + message.size
                + (message.xid == Message.ABSENT ? "" : " xid=" + message.xid)
                + (message.zxid == Message.ABSENT ? "" : " zxid=" + hex(message.zxid))
                + (message.kind != Kind.REPLY || message.error == Message.ABSENT ? "" : " err=" + message.error);
    }

    private static String body(Message message) {
        ReferenceText text = new ReferenceText();
        BodyWalker.walk(message, text);
        return String.join(" ", text.open.getLast().parts());
    }

    private static String hex(long value) {
        return value == -1 ? "-1" : "0x" + Long.toHexString(value);
    }

    private void add(String name, String value) {
        open.getFirst().parts().add(name.isEmpty() ? value : name + "=" + value);
    }

    @Override
    public void beginRecord(String name) {
        open.push(new Part(name, false, 0, new ArrayList<>()));
    }

    @Override
    public void endRecord() {
        Part record = open.pop();
        if (!open.getFirst().ops()) {
            add(record.name(), "{" + String.join(" ", record.parts()) + "}");
            return;
        }
        boolean empty = record.parts().size() == 2 && record.parts().get(1).startsWith("err=");
        boolean error = record.parts().get(0).equals("error");
        add("", String.join(" ", record.parts()) + (error ? " " + record.parts().get(1) : empty ? " " : ""));
    }

    @Override
    public void beginVector(String name, int count) {
        boolean ops = name.equals("ops") || name.equals("results");
        open.push(new Part(name, ops, count, new ArrayList<>()));
    }

    @Override
    public void endVector() {
        Part vector = open.pop();
        List<String> parts = vector.parts();
        if (vector.ops()) {
            add("", vector.count() + " " + vector.name() + " [" + String.join("; ", parts) + "]");
        } else {
            String shown = String.join(",", parts.subList(0, Math.min(MOST, parts.size())));
            add(vector.name(), vector.count() + "[" + shown + (parts.size() > MOST ? ",..." : "") + "]");
        }
    }

    @Override
    public void number(String name, long value) {
        add(name, Long.toString(value));
    }

    @Override
    public void truth(String name, boolean value) {
        if (!name.equals("readOnly")) {
            add(name, Boolean.toString(value));
        }
    }

    @Override
    public void id(String name, long value) {
        add(name, hex(value));
    }

    @Override
    public void text(String name, byte[] bytes, int from, int length) {
        add(name, length < 0 ? "null" : string(bytes, from, length));
    }

    @Override
    public void buffer(String name, byte[] bytes, int from, int length) {
        add(name, quoted(bytes, from, length));
    }

    @Override
    public void secret(String name, String scheme, byte[] bytes, int from, int length) {
        add(name, name.equals("passwd") ? length + "B" : quoted(bytes, from, length));
    }

    @Override
    public void word(String name, String constant) {
        if (name.equals("op")) {
            add("", constant);
        }
    }

    private static String string(byte[] bytes, int from, int length) {
        return new String(bytes, from, length, StandardCharsets.UTF_8);
    }

    private static String quoted(byte[] bytes, int from, int length) {
        if (length < 0) {
            return "null";
        }
        for (int i = from; i < from + length; i++) {
            if (bytes[i] < ' ' || bytes[i] > '~') {
                return length + "B";
            }
        }
        return length > LONGEST ? length + "B" : '"' + string(bytes, from, length) + '"';
    }
}
