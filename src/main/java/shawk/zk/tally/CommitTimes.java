package shawk.zk.tally;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import shawk.tcp.Connection;
import shawk.zk.proto.Kind;
import shawk.zk.proto.Message;
import shawk.zk.proto.ZabPackets;

/**
 * How long it takes from a proposal to the acks of followers and to its commit, of each zxid and of each follower. What
 * a learner is sent before it is up to date is no proposal that anybody waits for. Used by one thread.
 */
public final class CommitTimes {
    private static final int MOST_OPEN = 16_384;
    private static final int MOST_LEARNERS = 1_024;
    private static final int MOST_PATH = 4_096;
    private static final int DIGITS = 3;

    /** After that nobody waits for what is missing. */
    private static final long LATE_MICROS = 10_000_000;

    /** An observer is informed after the followers were told to commit. */
    private static final long INFORM_MICROS = 50_000;

    private final long most;
    private final Consumer<Commit> done;
    private final Map<Key, Open> open = new LinkedHashMap<>();
    private final Deque<Key> complete = new ArrayDeque<>();
    private final Map<Connection, Learner> learners = new LinkedHashMap<>(64, 0.75f, true);
    private final SortedMap<String, Times> times = new TreeMap<>();
    private final Latencies commits = new Latencies(DIGITS);
    private long told;

    /**
     * Tells {@code done} of each proposal when nothing more is expected of it, and adds up just these.
     *
     * @param most proposals; those that come to their end after as many are left out
     */
    public CommitTimes(long most, Consumer<Commit> done) {
        this.most = most;
        this.done = done;
    }

    /** @param leader address and port */
    private record Key(String leader, long zxid) {}

    /**
     * What a follower took, in microseconds.
     *
     * @param acks from a proposal to its ack
     * @param commits from a proposal to its commit
     */
    public record Times(Latencies acks, Latencies commits) {}

    private static final class Learner {
        String name;
        boolean upToDate = true;

        Learner(String name) {
            this.name = name;
        }
    }

    private static final class Sent {
        final Learner learner;
        final long micros;
        long ack = Message.ABSENT;
        long commit = Message.ABSENT;

        Sent(Learner learner, long micros) {
            this.learner = learner;
            this.micros = micros;
        }
    }

    private static final class Open {
        final long micros;
        final String operation;
        final byte[] path;
        final List<Sent> sent = new ArrayList<>();
        long commit = Message.ABSENT;
        long inform = Message.ABSENT;
        long completeMicros = Message.ABSENT;

        Open(long micros, String operation, byte[] path) {
            this.micros = micros;
            this.operation = operation;
            this.path = path;
        }

        boolean isComplete() {
            return commit != Message.ABSENT
                    && sent.stream().allMatch(each -> each.ack != Message.ABSENT && each.commit != Message.ABSENT);
        }
    }

    /** Takes a message; those that are not of ZAB are passed over. */
    public void message(Message message) {
        tick(message.micros);
        Connection connection = message.connection;
        if (connection == null || message.kind != Kind.ZAB) {
            return;
        }
        Learner learner = learner(connection);
        Key key = new Key(connection.server(), message.zxid);
        switch (message.op) {
            case "FOLLOWERINFO", "OBSERVERINFO" -> {
                learner.upToDate = false;
                learner.name = message.sid == Message.ABSENT ? connection.client() : Long.toString(message.sid);
            }
            case "UPTODATE" -> learner.upToDate = true;
            case "PROPOSAL" -> proposed(key, learner, message);
            case "ACK" -> acknowledged(key, learner, message.micros);
            case "COMMIT", "COMMITANDACTIVATE" -> committed(key, learner, message.micros);
            case "INFORM", "INFORMANDACTIVATE" -> informed(key, message.micros);
            default -> {
                // Nothing that a commit waits for.
            }
        }
    }

    private Learner learner(Connection connection) {
        Learner learner = learners.get(connection);
        if (learner == null) {
            learner = new Learner(connection.client());
            learners.put(connection, learner);
            if (learners.size() > MOST_LEARNERS) {
                learners.remove(learners.keySet().iterator().next());
            }
        }
        return learner;
    }

    private void proposed(Key key, Learner learner, Message message) {
        if (!learner.upToDate) {
            return;
        }
        Open entry = open.get(key);
        if (entry == null) {
            entry = new Open(message.micros, ZabPackets.operation(message), path(message));
            open.put(key, entry);
            if (open.size() > MOST_OPEN) {
                finish(open.keySet().iterator().next());
            }
        }
        if (entry.sent.size() < MOST_LEARNERS && find(entry, learner) == null) {
            entry.sent.add(new Sent(learner, message.micros));
        }
    }

    private static byte[] path(Message message) {
        int length = Math.min(MOST_PATH, message.pathLength);
        return message.pathFrom < 0
                ? new byte[0]
                : Arrays.copyOfRange(message.bytes, message.pathFrom, message.pathFrom + length);
    }

    private static @Nullable Sent find(Open entry, Learner learner) {
        for (Sent each : entry.sent) {
            if (each.learner == learner) {
                return each;
            }
        }
        return null;
    }

    private void acknowledged(Key key, Learner learner, long micros) {
        Open entry = open.get(key);
        Sent sent = entry == null ? null : find(entry, learner);
        if (sent != null && sent.ack == Message.ABSENT) {
            sent.ack = micros - sent.micros;
            finishIfComplete(key, micros);
        }
    }

    private void committed(Key key, Learner learner, long micros) {
        Open entry = open.get(key);
        if (entry == null) {
            return;
        }
        if (entry.commit == Message.ABSENT) {
            entry.commit = micros - entry.micros;
        }
        Sent sent = find(entry, learner);
        if (sent != null && sent.commit == Message.ABSENT) {
            sent.commit = micros - sent.micros;
        }
        finishIfComplete(key, micros);
    }

    private void informed(Key key, long micros) {
        Open entry = open.get(key);
        if (entry != null && entry.inform == Message.ABSENT) {
            entry.inform = micros - entry.micros;
        }
    }

    private Times times(Learner learner) {
        if (times.size() >= MOST_LEARNERS && !times.containsKey(learner.name)) {
            return new Times(new Latencies(1), new Latencies(1));
        }
        return times.computeIfAbsent(learner.name, name -> new Times(new Latencies(DIGITS), new Latencies(DIGITS)));
    }

    /** Observers are told last, so it waits for them a little. */
    private void finishIfComplete(Key key, long micros) {
        Open entry = open.get(key);
        if (entry != null && entry.completeMicros == Message.ABSENT && entry.isComplete()) {
            entry.completeMicros = micros;
            complete.add(key);
        }
    }

    private void finish(Key key) {
        Open entry = open.remove(key);
        if (entry == null || isFull()) {
            return;
        }
        told++;
        addUp(entry);
        List<Commit.Part> parts = entry.sent.stream()
                .map(sent -> new Commit.Part(sent.learner.name, sent.ack, sent.commit))
                .toList();
        done.accept(new Commit(
                entry.micros, key.zxid, key.leader, entry.operation, entry.path, entry.commit, entry.inform, parts));
    }

    private void addUp(Open entry) {
        add(commits, entry.commit);
        for (Sent sent : entry.sent) {
            Times each = times(sent.learner);
            add(each.acks, sent.ack);
            add(each.commits, sent.commit);
        }
    }

    private static void add(Latencies latencies, long micros) {
        if (micros != Message.ABSENT) {
            latencies.add(micros);
        }
    }

    /** Whether as many have been told as are wanted. */
    public boolean isFull() {
        return told >= most;
    }

    /** Time has passed: nobody waits any longer for what is late. */
    public void tick(long micros) {
        while (!complete.isEmpty()) {
            Open first = open.get(complete.element());
            if (first != null && micros - first.completeMicros < INFORM_MICROS) {
                break;
            }
            finish(complete.remove());
        }
        while (!open.isEmpty()) {
            Map.Entry<Key, Open> eldest = open.entrySet().iterator().next();
            if (micros - eldest.getValue().micros < LATE_MICROS) {
                return;
            }
            finish(eldest.getKey());
        }
    }

    /** No more messages come. */
    public void end() {
        while (!open.isEmpty()) {
            finish(open.keySet().iterator().next());
        }
    }

    /** What each follower took, by its name. */
    public SortedMap<String, Times> times() {
        return times;
    }

    /** From proposals to their first commits. */
    public Latencies commits() {
        return commits;
    }
}
