package shawk.zk.tally;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import shawk.zk.proto.Message;
import shawk.zk.proto.Vote;

/**
 * Who led after which rounds, out of the notifications of one ensemble. An election is settled when more than half of
 * those who vote agree, and no better vote comes for as long as servers wait for one; a server that looks for a leader
 * when there is one finds it when more than half, its leader among them, say who it is. What a server sends again over
 * a new connection, its last notification, begins nothing. Used by one thread.
 */
public final class Elections {
    /** How long servers wait for a better vote: {@code FastLeaderElection.finalizeWait}. */
    private static final long SETTLED_MICROS = 200_000;

    private static final int MOST_SERVERS = 1_024;
    private static final int MOST_ROUNDS = 1_024;

    private final Consumer<Election> done;
    private final Voters voters = new Voters();

    /** What those who looked for a leader said last, in what has been settled. */
    private final Map<Long, Vote> last = new HashMap<>();

    private @Nullable Running running;

    /** Tells {@code done} of each election when it is settled. */
    public Elections(Consumer<Election> done) {
        this.done = done;
    }

    /** What has been said since somebody began to look for a leader. */
    private static final class Running {
        final long beginMicros;
        final Map<Long, Vote> looking = new HashMap<>();
        final Map<Long, Vote> settled = new HashMap<>();
        final Set<Long> rounds = new TreeSet<>();
        long notifications;
        long lastMicros;
        long leader = Message.ABSENT;
        long zxid = Message.ABSENT;
        long decidedMicros;
        Election.Outcome outcome = Election.Outcome.UNDECIDED;

        Running(long beginMicros) {
            this.beginMicros = beginMicros;
        }
    }

    /** Takes a message; those that are not of an election are passed over. */
    public void message(Message message) {
        tick(message.micros);
        voters.learn(message);
        Vote vote = Vote.of(message);
        if (vote == null) {
            return;
        }
        long sid = voters.sender(message);
        if (vote.state() == Vote.State.LOOKING) {
            looking(sid, vote, message.micros);
        } else if (running != null) {
            running.notifications++;
            running.lastMicros = message.micros;
            if (sid != Message.ABSENT && running.settled.size() < MOST_SERVERS) {
                running.settled.put(sid, vote);
            }
            decide(running, message.micros);
        }
    }

    private void looking(long sid, Vote vote, long micros) {
        Vote before = last.get(sid);
        Running now = running;
        if (vote.equals(before) || now == null && !begins(sid, vote, before)) {
            return;
        }
        if (now == null) {
            now = new Running(micros);
            running = now;
        }
        now.notifications++;
        now.lastMicros = micros;
        if (now.rounds.size() < MOST_ROUNDS) {
            now.rounds.add(vote.round());
        }
        Vote given = now.looking.get(sid);
        boolean counts = given == null
                || vote.round() > given.round()
                || vote.round() == given.round() && (vote.isBetter(given) || isNobody(given));
        if (sid != Message.ABSENT && counts && now.looking.size() < MOST_SERVERS) {
            now.looking.put(sid, vote);
        }
        decide(now, micros);
    }

    /** Whether it is the first vote of a server: for itself, or in a round that it has not been in. */
    private static boolean begins(long sid, Vote vote, @Nullable Vote before) {
        return before == null || vote.leader() == sid || isNobody(vote) || vote.round() > before.round();
    }

    private static boolean isNobody(Vote vote) {
        return vote.leader() == Long.MIN_VALUE;
    }

    private void decide(Running now, long micros) {
        long leader = told(now);
        Election.Outcome outcome = Election.Outcome.JOINED;
        Vote elected = elected(now);
        if (elected != null && (leader == Message.ABSENT || leader == elected.leader())) {
            leader = elected.leader();
            outcome = Election.Outcome.ELECTED;
            now.zxid = elected.zxid();
        } else {
            Vote settled = now.settled.get(leader);
            now.zxid = settled == null ? now.zxid : settled.zxid();
        }
        if (leader == Message.ABSENT) {
            now.outcome = Election.Outcome.UNDECIDED;
            now.leader = leader;
        } else if (now.leader != leader) {
            now.leader = leader;
            now.outcome = outcome;
            now.decidedMicros = micros;
        }
    }

    /** Whom more than half of those who vote, all looking for a leader, want; null = nobody. */
    private @Nullable Vote elected(Running now) {
        int quorum = voters.quorum(now.looking.size());
        for (Map.Entry<Long, Vote> candidate : now.looking.entrySet()) {
            Vote wanted = candidate.getValue();
            int votes = 0;
            for (Map.Entry<Long, Vote> each : now.looking.entrySet()) {
                boolean same = each.getValue().leader() == wanted.leader()
                        && each.getValue().round() == wanted.round();
                votes += same && voters.votes(each.getKey()) ? 1 : 0;
            }
            if (votes >= quorum && !isNobody(wanted)) {
                return wanted;
            }
        }
        return null;
    }

    /** Who says that it leads, and more than half of those who vote say so too; absent = nobody. */
    private long told(Running now) {
        int quorum = voters.quorum(0);
        for (Map.Entry<Long, Vote> each : now.settled.entrySet()) {
            long leader = each.getKey();
            if (each.getValue().state() == Vote.State.LEADING && each.getValue().leader() == leader) {
                long same = now.settled.entrySet().stream()
                        .filter(other -> other.getValue().leader() == leader && voters.votes(other.getKey()))
                        .count();
                if (same >= quorum) {
                    return leader;
                }
            }
        }
        return Message.ABSENT;
    }

    /** Time has passed: what has been quiet for long enough is settled. */
    public void tick(long micros) {
        Running now = running;
        if (now != null
                && now.outcome != Election.Outcome.UNDECIDED
                && micros - Math.max(now.decidedMicros, quietSince(now)) >= SETTLED_MICROS) {
            close(now);
        }
    }

    /** Who found its leader may send votes that were waiting; who elected one sends none. */
    private static long quietSince(Running now) {
        return now.outcome == Election.Outcome.JOINED ? now.lastMicros : now.decidedMicros;
    }

    /** No more messages come. */
    public void end() {
        if (running != null) {
            close(running);
        }
    }

    private void close(Running now) {
        running = null;
        boolean decided = now.outcome != Election.Outcome.UNDECIDED;
        TreeMap<Long, Long> votes = new TreeMap<>();
        now.looking.forEach((sid, vote) -> votes.put(sid, vote.leader()));
        if (last.size() < MOST_SERVERS) {
            last.putAll(now.looking);
        }
        List<Long> rounds = new ArrayList<>(now.rounds);
        done.accept(new Election(
                now.beginMicros,
                decided ? now.decidedMicros : now.lastMicros,
                now.outcome,
                now.leader,
                rounds,
                votes,
                decided ? now.zxid : Message.ABSENT,
                now.notifications));
    }

    /** Who has been seen to look for a leader. */
    public Set<Long> servers() {
        return new HashSet<>(last.keySet());
    }
}
