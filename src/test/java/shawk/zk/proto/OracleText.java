package shawk.zk.proto;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import shawk.tcp.Connection;

/** Writes packets of servers as the reference decode of the captures has them. */
final class OracleText implements MessageSink, BodyVisitor {
    private static final int LENGTH_AT = 12;

    final List<String> lines = new ArrayList<>();
    private final long startMicros;
    private final StringBuilder body = new StringBuilder();
    private final StringBuilder authinfo = new StringBuilder();
    private final Deque<String> ends = new ArrayDeque<>();
    private final Deque<String> vectors = new ArrayDeque<>();
    private StringBuilder out = body;
    private String op = "";

    OracleText(long startMicros) {
        this.startMicros = startMicros;
    }

    @Override
    public void message(Message message) {
        Connection connection = Objects.requireNonNull(message.connection);
        String from = message.toServer ? connection.client() : connection.server();
        String to = message.toServer ? connection.server() : connection.client();
        String head = String.format(
                Locale.ROOT,
                "%10.6f %s>%s %s ",
                (message.micros - startMicros) / 1e6,
                from,
                to,
                connection.serverPort() / 100 % 10 == 8 && connection.serverPort() < 3000 ? "ZAB" : "FLE");
        lines.add(head
                + switch (message.kind) {
                    case ZAB -> zab(message);
                    case FLE -> fle(message);
                    default ->
                        message.text.replaceFirst(
                                "^snapshot of (\\d+) bytes$", "SNAPDATA $1 bytes up to and including the signature");
                });
    }

    private String zab(Message message) {
        int length = Wire.int32(message.bytes, message.from + LENGTH_AT);
        walk(message);
        return message.op + " zxid=0x" + Long.toHexString(message.zxid) + " size=" + message.size + " data="
                + (length < 0 ? "null" : length + "B") + " authinfo=" + authinfo + (body.length() > 0 ? " " : "")
                + body;
    }

    private String fle(Message message) {
        walk(message);
        String fields = body.toString()
                .replace("protocolVersion=", "version=")
                .replace("electionAddr=", "addr=")
                .replace('\n', '|');
        return message.op + (message.op.equals("INITIAL") ? " " : " len=" + message.size + " ") + fields;
    }

    private void walk(Message message) {
        body.setLength(0);
        authinfo.setLength(0);
        op = message.op;
        out = body;
        if (!BodyWalker.walk(message, this)) {
            body.append("NO BODY");
        }
    }

    private StringBuilder field(String name) {
        char last = out.length() == 0 ? '[' : out.charAt(out.length() - 1);
        if (last != '[' && name.isEmpty() && "paths2Delete".equals(vectors.peek())) {
            out.append(',');
        } else if (last != '[' && last != '{' && !out.toString().endsWith("; ")) {
            out.append(' ');
        }
        return name.isEmpty() ? out : out.append(name).append('=');
    }

    @Override
    public void beginRecord(String name) {
        if (out == authinfo) {
            out.append(out.length() > 1 ? ", " : "");
            ends.push("");
        } else if (name.equals("txn") || name.equals("request") || name.isEmpty() && isMulti()) {
            ends.push(name.isEmpty() ? "; " : "");
        } else if (name.equals("hdr") || name.equals("digest")) {
            field("").append(name).append('{');
            ends.push("}");
        } else if (name.isEmpty() && op.equals("PING")) {
            ends.push(" ");
        } else {
            field(name).append('{');
            ends.push("}");
        }
    }

    private boolean isMulti() {
        return "txns".equals(vectors.peek()) || "ops".equals(vectors.peek());
    }

    @Override
    public void endRecord() {
        out.append(ends.pop());
    }

    @Override
    public void beginVector(String name, int count) {
        if (name.equals("authinfo")) {
            out = authinfo;
            out.append(count < 0 ? "null" : "[");
        } else if (name.equals("sessions")) {
            field(name).append('{');
        } else if (name.equals("txns") || name.equals("ops")) {
            field("").append(count).append(' ').append(name).append(" [");
        } else {
            field(name).append(count).append('[');
        }
        vectors.push(name);
    }

    @Override
    public void endVector() {
        String name = vectors.pop();
        if (name.equals("ops")) {
            out.setLength(out.length() - 2);
        }
        if (!(name.equals("authinfo") && out.toString().equals("null"))) {
            out.append(name.equals("sessions") ? '}' : ']');
        }
    }

    @Override
    public void number(String name, long value) {
        if (name.equals("type") && op.equals("REQUEST") || op.equals("REQUEST") && name.equals("timeOut")) {
            return;
        }
        if (op.equals("PING")) {
            out.append('=').append(value);
        } else if (name.equals("designatedLeader")) {
            field("suggestedLeader").append(value);
        } else if (name.equals("protocolVersion") && op.equals("LEADERINFO")) {
            field(name).append("0x").append(Long.toHexString(value));
        } else {
            field(name).append(value);
        }
    }

    @Override
    public void truth(String name, boolean value) {
        field(name).append(value);
    }

    @Override
    public void id(String name, long value) {
        if (op.equals("PING")) {
            out.append("0x").append(Long.toHexString(value));
        } else if (name.equals("configVersion") || name.equals("curConfigId")) {
            field(name).append(value);
        } else {
            field(name.equals("sessionId") ? "session" : name).append("0x").append(Long.toHexString(value));
        }
    }

    @Override
    public void text(String name, byte[] bytes, int from, int length) {
        String text = length < 0 ? "null" : new String(bytes, from, length, StandardCharsets.UTF_8);
        if (out == authinfo) {
            out.append(name.equals("id") ? ",'" : "'").append(text);
        } else {
            field(name).append(op.equals("NEWLEADER") ? text.replace('\n', '|') : text);
        }
    }

    @Override
    public void buffer(String name, byte[] bytes, int from, int length) {
        String text = length < 0 ? "null" : new String(bytes, from, length, StandardCharsets.UTF_8);
        boolean plain = length < 0 || length <= 40 && text.chars().allMatch(c -> c >= ' ' && c < 127);
        field(name).append(length < 0 ? "null" : plain ? '"' + text + '"' : length + "B");
    }

    @Override
    public void secret(String name, String scheme, byte[] bytes, int from, int length) {
        field(name).append("secret of ").append(length);
    }

    @Override
    public void word(String name, String constant) {
        if (name.equals("op")) {
            field("").append(constant);
            if (op.equals("REQUEST") && constant.equals("createSession")) {
                out.append(" ?");
            } else if (op.equals("REQUEST") && constant.equals("closeSession")) {
                out.append(' ');
            }
        } else {
            field(name).append(constant);
        }
    }

    @Override
    public void unanswered(Message request, Unanswered why, long micros) {
        throw new AssertionError("servers ask nothing");
    }
}
