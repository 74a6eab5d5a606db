package shawk.view.zk;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import shawk.model.SafeText;
import shawk.zk.proto.BodyVisitor;
import shawk.zk.proto.BodyWalker;
import shawk.zk.proto.Credentials;
import shawk.zk.proto.Message;

/**
 * The fields of a packet between servers as text: those that ZKTraffic has by its names, others behind them by those of
 * {@code zookeeper.jute}. Used by one thread.
 */
final class ServerFields implements BodyVisitor {
    /** Names of fields, and what ZKTraffic calls them; empty = what they say is said by another one. */
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("sessionId", "session_id"),
            Map.entry("clientId", "client_id"),
            Map.entry("cxid", "cxid"),
            Map.entry("zxid", "txn_zxid"),
            Map.entry("time", "txn_time"),
            Map.entry("type", ""),
            Map.entry("timeout", "timeout"),
            Map.entry("valid", "valid"),
            Map.entry("designatedLeader", "suggested_leader_id"),
            Map.entry("serverid", "sid"),
            Map.entry("protocolVersion", "protocol_version"),
            Map.entry("configVersion", "config_version"),
            Map.entry("epoch", "epoch"),
            Map.entry("status", "status"),
            Map.entry("magic", ""));

    private final boolean credentials;
    private final Map<String, String> first = new TreeMap<>();
    private final Map<String, String> rest = new LinkedHashMap<>();
    private final StringBuilder nested = new StringBuilder();
    private boolean zab;
    private int depth;
    private boolean isNull;

    /** Bit d: what is open at depth d is a list that is null. */
    private long nulls;

    private String name = "";

    ServerFields(boolean credentials) {
        this.credentials = credentials;
    }

    /** Reads the body of {@code message}, of a packet of ZAB if {@code packets}. */
    void read(Message message, boolean packets) {
        first.clear();
        rest.clear();
        nested.setLength(0);
        zab = packets;
        depth = 0;
        BodyWalker.walk(message, this);
    }

    /** Those that ZKTraffic has, to which others may be added: ordered by name. */
    Map<String, String> first() {
        return first;
    }

    /** The others, in their order; the configuration has several lines. */
    Map<String, String> rest() {
        return rest;
    }

    @Override
    public void beginRecord(String record) {
        if (depth == 0 && record.equals("hdr")) {
            return;
        }
        open(record);
        nested.append('{');
        depth++;
    }

    @Override
    public void endRecord() {
        if (depth == 0) {
            return;
        }
        nested.append('}');
        close();
    }

    @Override
    public void beginVector(String vector, int count) {
        open(vector);
        isNull = depth == 0 && count < 0;
        nested.append(count < 0 ? "None" : "[");
        nulls = count < 0 ? nulls | 1L << depth : nulls & ~(1L << depth);
        depth++;
    }

    @Override
    public void endVector() {
        nested.append((nulls >>> depth - 1 & 1) == 0 ? "]" : "");
        close();
    }

    /** What begins at the top has a text of its own. */
    private void open(String part) {
        if (depth == 0) {
            name = part;
            nested.setLength(0);
            isNull = false;
            return;
        }
        char last = nested.charAt(nested.length() - 1);
        nested.append(last == '{' || last == '[' ? "" : ", ");
        if (!part.isEmpty()) {
            nested.append(part).append('=');
        }
    }

    private void close() {
        depth--;
        if (depth == 0 && !isNull && nested.length() > "{}".length()) {
            rest.put(name, nested.toString());
        }
    }

    private void value(String field, String text) {
        if (depth > 0) {
            open(field);
            nested.append(text);
            return;
        }
        String known = zab ? NAMES.get(field) : null;
        if (known == null) {
            rest.put(field, text);
        } else if (!known.isEmpty()) {
            first.put(known, text);
        }
    }

    @Override
    public void number(String field, long value) {
        value(field, Long.toString(value));
    }

    @Override
    public void truth(String field, boolean value) {
        value(field, value ? "True" : "False");
    }

    @Override
    public void id(String field, long value) {
        boolean decimal = depth == 0 && field.equals("zxid");
        value(field, decimal || value == -1 ? Long.toString(value) : "0x" + Long.toHexString(value));
    }

    @Override
    public void text(String field, byte[] bytes, int from, int length) {
        if (length < 0) {
            value(field, "None");
        } else if (depth == 0 && field.equals("config")) {
            rest.put(field, new String(bytes, from, length, StandardCharsets.UTF_8));
        } else {
            value(field, ByteOut.safeText(bytes, from, length).value());
        }
    }

    @Override
    public void buffer(String field, byte[] bytes, int from, int length) {
        value(field, length < 0 ? "None" : length == 1 ? "<1 byte>" : "<" + length + " bytes>");
    }

    @Override
    public void secret(String field, String scheme, byte[] bytes, int from, int length) {
        if (length < 0) {
            value(field, "None");
            return;
        }
        int shown = credentials ? length : Credentials.shown(scheme, bytes, from, length);
        value(field, ByteOut.safeText(bytes, from, shown).value() + (credentials ? "" : "***"));
    }

    @Override
    public void word(String field, String constant) {
        if (field.equals("op") && depth <= 1) {
            first.put(depth == 0 ? "req_type" : "txn_type", constant);
        } else {
            value(field, constant);
        }
    }

    /** Lines of a configuration, each harmless. */
    static String[] lines(String config) {
        String[] lines = config.split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            lines[i] = SafeText.of(lines[i]).value();
        }
        return lines;
    }
}
