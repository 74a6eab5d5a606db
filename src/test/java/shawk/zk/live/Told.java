package shawk.zk.live;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.Watcher.Event.EventType;
import org.apache.zookeeper.ZooDefs.Perms;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Id;
import org.apache.zookeeper.data.Stat;
import shawk.support.PrivateNetwork;

/** A session of the real client: what it asked, what it was told, and which events reached it. */
final class Told {
    /** A call of the client's that says what its reply must have held. */
    interface Call {
        String answer(ZooKeeper client) throws Exception;
    }

    private static final Set<EventType> SENT = EnumSet.of(
            EventType.NodeCreated, EventType.NodeDeleted, EventType.NodeDataChanged, EventType.NodeChildrenChanged);
    static final List<ACL> OPEN = Collections.singletonList(new ACL(Perms.ALL, new Id("world", "anyone")));

    private static final int PATIENCE_MILLIS = 30_000;

    final List<String> asked = new ArrayList<>();
    final List<String> answered = new ArrayList<>();
    private final List<String> events = Collections.synchronizedList(new ArrayList<>());
    private final ZooKeeper client;

    Told(PrivateNetwork network, int port) throws Exception {
        CountDownLatch connected = new CountDownLatch(1);
        client = network.inside(() -> new ZooKeeper("127.0.0.1:" + port, 30_000, event -> connected.countDown()));
        if (!connected.await(60, TimeUnit.SECONDS)) {
            throw new AssertionError("no session");
        }
        asked.add("connect protocolVersion=0 lastZxidSeen=0x0 timeOut=30000 sessionId=0x0 passwd=16B");
        answered.add("connect protocolVersion=0 timeOut=" + client.getSessionTimeout() + " sessionId=0x"
                + Long.toHexString(client.getSessionId()) + " passwd=16B");
    }

    ZooKeeper client() {
        return client;
    }

    /** {@code request}: its name and record; what {@code call} returns is the reply's record. */
    Told ask(String request, Call call) throws Exception {
        String op = request.split(" ")[0];
        asked.add(request);
        try {
            String answer = call.answer(client);
            answered.add("err=0 " + op + (answer.isEmpty() ? "" : " " + answer));
        } catch (KeeperException e) {
            answered.add("err=" + e.code().intValue() + " " + op);
        }
        return this;
    }

    /** Events are kept, but for those that the client itself makes: of its connection, and of watches removed. */
    Watcher watcher() {
        return event -> {
            if (SENT.contains(event.getType())) {
                events.add(text(event));
            }
        };
    }

    private static String text(WatchedEvent event) {
        return "type=" + event.getType().getIntValue() + " state="
                + event.getState().getIntValue() + " path=" + event.getPath();
    }

    List<String> events() {
        synchronized (events) {
            return List.copyOf(events);
        }
    }

    static String text(Stat stat) {
        return "stat={czxid=" + hex(stat.getCzxid()) + " mzxid=" + hex(stat.getMzxid()) + " ctime=" + stat.getCtime()
                + " mtime=" + stat.getMtime() + " version=" + stat.getVersion() + " cversion=" + stat.getCversion()
                + " aversion=" + stat.getAversion() + " ephemeralOwner=" + hex(stat.getEphemeralOwner())
                + " dataLength=" + stat.getDataLength() + " numChildren=" + stat.getNumChildren() + " pzxid="
                + hex(stat.getPzxid()) + "}";
    }

    static String text(byte[] data) {
        return "data=\"" + new String(data, StandardCharsets.US_ASCII) + '"';
    }

    static String text(String name, List<String> children) {
        return name + "=" + children.size() + "[" + String.join(",", children) + "]";
    }

    static String acl(List<ACL> acl) {
        return "acl=" + acl.size()
                + acl.stream()
                        .map(each -> "{perms=" + each.getPerms() + " id={scheme="
                                + each.getId().getScheme() + " id="
                                + each.getId().getId() + "}}")
                        .collect(Collectors.joining(",", "[", "]"));
    }

    static String hex(long value) {
        return "0x" + Long.toHexString(value);
    }

    void close() throws InterruptedException {
        asked.add("closeSession");
        if (!client.close(PATIENCE_MILLIS)) {
            throw new AssertionError("the client does not end");
        }
        answered.add("err=0 closeSession");
    }
}
