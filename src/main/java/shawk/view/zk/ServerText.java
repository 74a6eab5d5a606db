package shawk.view.zk;

import java.util.Locale;
import java.util.Map;
import shawk.model.SafeText;
import shawk.tcp.Connection;
import shawk.zk.proto.Kind;
import shawk.zk.proto.Message;
import shawk.zk.proto.MessageSink.Unanswered;

/**
 * What servers say to each other as ZKTraffic prints it, a block each with a field a line, or each on one line; what
 * clients say among it as lines. Used by one thread.
 */
final class ServerText implements MessageForm {
    private static final Map<String, String> CLASSES = Map.ofEntries(
            Map.entry("REQUEST", "RequestQP"),
            Map.entry("PROPOSAL", "ProposalQP"),
            Map.entry("ACK", "AckQP"),
            Map.entry("COMMIT", "CommitQP"),
            Map.entry("PING", "PingQP"),
            Map.entry("REVALIDATE", "RevalidateQP"),
            Map.entry("SYNC", "SyncQP"),
            Map.entry("INFORM", "InformQP"),
            Map.entry("COMMITANDACTIVATE", "CommitAndActivateQP"),
            Map.entry("NEWLEADER", "NewLeaderQP"),
            Map.entry("FOLLOWERINFO", "FollowerInfoQP"),
            Map.entry("UPTODATE", "UpToDateQP"),
            Map.entry("DIFF", "DiffQP"),
            Map.entry("TRUNC", "TruncQP"),
            Map.entry("SNAP", "SnapQP"),
            Map.entry("OBSERVERINFO", "ObserverInfoQP"),
            Map.entry("LEADERINFO", "LeaderInfoQP"),
            Map.entry("ACKEPOCH", "AckEpochQP"),
            Map.entry("INFORMANDACTIVATE", "InformAndActivateQP"),
            Map.entry("AUTH", "QuorumAuthPacket"),
            Map.entry("INITIAL", "Initial"),
            Map.entry("NOTIFICATION", "Notification"));

    private final ByteOut out;
    private final Output output;
    private final boolean oneLine;
    private final DayTime time;
    private final ServerFields fields;
    private final TextForm clients;
    private String indent = "";
    private boolean first;

    /** Each message on one line if {@code oneLine}. */
    ServerText(ByteOut out, Output output, boolean oneLine) {
        this.out = out;
        this.output = output;
        this.oneLine = oneLine;
        this.time = new DayTime(output.zone());
        this.fields = new ServerFields(output.credentials());
        this.clients = new TextForm(out, output);
    }

    @Override
    public boolean message(Message message) {
        if (message.kind != Kind.ZAB && message.kind != Kind.FLE && message.kind != Kind.NOTE) {
            return clients.message(message);
        }
        Connection connection = message.connection;
        String client = connection == null ? "" : connection.client();
        String server = connection == null ? "" : connection.server();
        String src = message.toServer ? client : server;
        if (output.colors()) {
            ClientColors.begin(out, src);
        }
        if (oneLine) {
            time.write(out, message.micros);
            out.ascii(' ');
        }
        write(message, src, message.toServer ? server : client);
        if (output.colors()) {
            ClientColors.end(out);
        }
        out.ascii('\n');
        if (message.kind == Kind.NOTE && output.bad() && message.to > message.from) {
            HexDump.write(out, message, output.credentials());
        }
        out.ascii(oneLine ? "" : "\n");
        return true;
    }

    @Override
    public void unanswered(Message request, Unanswered why, long micros) {
        clients.unanswered(request, why, micros);
    }

    private void write(Message message, String src, String dst) {
        switch (message.kind) {
            case ZAB -> packet(message, src, dst);
            case FLE -> election(message, src, dst);
            default -> {
                open("Note", "     ");
                stamp("timestamp", message.micros);
                field("src", src);
                field("dst", dst);
                field("text", SafeText.of(message.text).value());
                close();
            }
        }
    }

    /** Fields in the order of their names, as there. */
    private void packet(Message message, String src, String dst) {
        fields.read(message, true);
        Map<String, String> named = fields.first();
        named.put("dst", dst);
        named.put("length", Long.toString(message.size));
        named.put("src", src);
        named.put("timestr", "");
        if (message.zxid != Message.ABSENT) {
            named.put("zxid", message.zxid == -1 ? "-1" : "0x" + Long.toHexString(message.zxid));
        }
        open(CLASSES.getOrDefault(message.op, message.op), " ");
        named.forEach((name, value) -> {
            if (name.equals("timestr")) {
                stamp(name, message.micros);
            } else {
                field(name, value);
            }
        });
        rest();
        close();
    }

    private void election(Message message, String src, String dst) {
        fields.read(message, false);
        Map<String, String> told = fields.rest();
        open(CLASSES.getOrDefault(message.op, message.op), "     ");
        stamp("timestamp", message.micros);
        field("src", src);
        field("dst", dst);
        rename(told, "sid", "server_id");
        rename(told, "electionAddr", "election_addr");
        rename(told, "protocolVersion", "protocol_version");
        String state = told.remove("state");
        if (state != null) {
            field("state", state.toLowerCase(Locale.ROOT));
        }
        rename(told, "leader", "leader");
        rename(told, "zxid", "zxid");
        rename(told, "electionEpoch", "election_epoch");
        rename(told, "peerEpoch", "peer_epoch");
        rest();
        close();
    }

    private void rename(Map<String, String> told, String from, String to) {
        String value = told.remove(from);
        if (value != null) {
            field(to, value);
        }
    }

    private void rest() {
        fields.rest().forEach((name, value) -> {
            if (name.equals("config")) {
                config(value);
            } else {
                field(name, value);
            }
        });
    }

    private void config(String text) {
        String[] lines = ServerFields.lines(text);
        if (oneLine) {
            field("config", String.join("|", lines));
            return;
        }
        separate();
        out.ascii("config=");
        for (String line : lines) {
            out.ascii("\n          ").text(SafeText.of(line));
        }
    }

    private void open(String name, String by) {
        indent = by;
        first = true;
        out.ascii(name).ascii('(');
    }

    private void stamp(String name, long micros) {
        if (!oneLine) {
            separate();
            out.ascii(name).ascii('=');
            time.write(out, micros);
        }
    }

    /** What is harmless. */
    private void field(String name, String value) {
        separate();
        out.ascii(name).ascii('=').text(SafeText.of(value));
    }

    private void separate() {
        if (oneLine) {
            out.ascii(first ? "" : ", ");
        } else {
            out.ascii(first ? "\n" : ",\n").ascii(indent);
        }
        first = false;
    }

    private void close() {
        out.ascii(oneLine ? ")" : indent.length() == 1 ? ",\n)" : "\n)");
    }
}
