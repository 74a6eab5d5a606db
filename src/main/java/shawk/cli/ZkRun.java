package shawk.cli;

import java.io.IOException;
import shawk.tcp.Conversations;
import shawk.tcp.PacketBatch;
import shawk.tcp.Packets;
import shawk.tcp.PacketsException;
import shawk.tcp.StreamLimits;
import shawk.tcp.Streams;
import shawk.zk.proto.Dissector;

/**
 * One run of a ZooKeeper tool: packets to streams, streams to messages, until the file ends, a signal comes, the time
 * is over or there is enough. All of it happens on the thread that calls {@link #run}, what it is told of too.
 */
final class ZkRun {
    private static final int WAIT_MILLIS = 50;

    private final CaptureSettings settings;
    private final ZkOpener opener;
    private final Notices notices;
    private final DebugLog log;
    private final Stops stops = new Stops(Thread.currentThread());
    private boolean listens = true;
    private long now;

    /** What is done between packets. */
    @FunctionalInterface
    interface Work {
        /**
         * Called after each batch of packets, and twenty times a second where none come.
         *
         * @param micros the time, in microseconds since the epoch: live that of the clock, else of the last packet
         * @param run what the packets have come to
         * @return whether more is wanted
         */
        boolean tick(long micros, State run) throws IOException;
    }

    /** What the packets have come to. */
    record State(Packets packets, Streams streams) {
        /** Packets that the kernel had no room for. */
        long dropped() {
            return packets.dropped();
        }
    }

    ZkRun(CaptureSettings settings, ZkOpener opener, Notices notices, DebugLog log) {
        this.settings = settings;
        this.opener = opener;
        this.notices = notices;
        this.log = log;
    }

    /** Leaves signals to whoever has them: {@link #stop} ends the run. */
    ZkRun aside() {
        listens = false;
        return this;
    }

    /** Ends the run in good order; any thread. */
    void stop() {
        stops.cancel();
    }

    /** The same, for a dissector, which also looks at requests that wait for too long. */
    Stops run(Dissector dissector, Work work) throws Failure, IOException {
        return run((Conversations) dissector, (micros, state) -> {
            dissector.expire(micros);
            return work.tick(micros, state);
        });
    }

    /**
     * Runs, and says on standard error what was lost.
     *
     * @return what ended it, for the exit status
     */
    Stops run(Conversations conversations, Work work) throws Failure, IOException {
        Conversations wanted =
                settings.clientPort() == 0 ? conversations : new OneClientPort(conversations, settings.clientPort());
        try (Packets packets = opener.open(settings, notices)) {
            if (listens) {
                stops.listen();
            }
            if (listens && settings.live() && StandardStreams.isTerminal(StandardStreams.ERR)) {
                notices.say("listening on " + settings.iface() + ", " + settings.connections() + "; Ctrl-C ends it");
            }
            long most = settings.limits().maxMessage();
            Streams streams = new Streams(wanted, StreamLimits.of(settings.maxBuffer(), (int) most));
            State state = new State(packets, streams);
            Failure failure = null;
            try {
                loop(state, work);
            } catch (PacketsException e) {
                failure = Failure.missing(String.valueOf(e.getMessage()));
            }
            streams.finish(now);
            work.tick(now, state);
            new ZkLosses(notices, settings, log).say(state);
            if (failure != null) {
                throw failure;
            }
        }
        return stops;
    }

    private void loop(State state, Work work) throws PacketsException, IOException {
        PacketBatch batch = new PacketBatch();
        long end = settings.durationMicros() == 0 ? Long.MAX_VALUE : 0;
        if (settings.live() && end == 0) {
            end = clock() + settings.durationMicros();
        }
        while (!stops.stopped()) {
            Packets.Outcome outcome = state.packets.next(batch, WAIT_MILLIS);
            if (outcome == Packets.Outcome.PACKETS) {
                if (!settings.live() && end == 0) {
                    end = batch.micros[0] + settings.durationMicros();
                }
                take(batch, state.streams, end);
            }
            now = settings.live() ? clock() : now;
            state.streams.tick(now);
            boolean more = work.tick(now, state);
            if (!more || now >= end || outcome == Packets.Outcome.END) {
                return;
            }
        }
    }

    /** Takes what was captured before {@code end}. */
    private void take(PacketBatch batch, Streams streams, long end) {
        for (int i = 0; i < batch.count; i++) {
            if (batch.micros[i] >= end) {
                now = Math.max(now, end);
                return;
            }
            now = Math.max(now, batch.micros[i]);
            streams.take(
                    batch.bytes, batch.offset[i], batch.captured[i], batch.wire[i], batch.link[i], batch.micros[i]);
        }
    }

    private static long clock() {
        return System.currentTimeMillis() * 1_000;
    }
}
