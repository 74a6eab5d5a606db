package shawk.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.util.Arrays;
import shawk.model.SafeText;
import shawk.nativelib.NativeException;
import shawk.nativelib.OwnProcess;
import shawk.source.pcap.PortRange;
import shawk.tcp.ByteLedger;
import shawk.view.http.StatsFeed;
import shawk.view.http.StatsServer;
import shawk.zk.proto.Dissector;
import shawk.zk.proto.Ports;
import shawk.zk.stats.Aggregator;
import shawk.zk.stats.Capture;
import shawk.zk.stats.StatsSnapshot;

/** {@code shawk zk stats}: counts on the thread that captures, and has a server tell what was counted. */
final class ZkStatsCommand {
    private static final long SECOND_NANOS = 1_000_000_000L;
    /** Counts that are older are no longer being counted. */
    private static final long STALE_NANOS = 10 * SECOND_NANOS;

    private static final int SIGTERM = 15;
    private static final long BEAT_NANOS = SECOND_NANOS / 2;

    private final ZkStatsSettings settings;
    private final ZkOpener opener;
    private final Notices notices;
    private final DebugLog log;
    private final ServiceManager manager;
    private final String version;
    private final Feed feed = new Feed();
    private boolean ready;
    private long publishedNanos;
    private long micros;
    private Capture capture = Capture.NONE;

    ZkStatsCommand(
            ZkStatsSettings settings,
            ZkOpener opener,
            Notices notices,
            DebugLog log,
            ServiceManager manager,
            String version) {
        this.settings = settings;
        this.opener = opener;
        this.notices = notices;
        this.log = log;
        this.manager = manager;
        this.version = version;
    }

    /** What the server tells. */
    private final class Feed implements StatsFeed {
        private volatile StatsSnapshot latest = Aggregator.empty();
        private volatile long nanos = System.nanoTime();
        private volatile boolean over;

        @Override
        public StatsSnapshot latest() {
            return latest;
        }

        @Override
        public boolean isAlive() {
            return over || System.nanoTime() - nanos < STALE_NANOS;
        }

        @Override
        public void failed(Throwable fault) {
            notices.say("an answer over HTTP failed: " + fault.getClass().getSimpleName()
                    + "; the others are given. Please report it, with what SHAWK_DEBUG=1 says");
            if (log.on()) {
                log.line(fault + " at " + Arrays.toString(fault.getStackTrace()));
            }
        }
    }

    /**
     * Runs until a signal ends it, or the time is over.
     *
     * @param out is told when it works, if somebody waits for that
     * @return the exit status
     */
    @SuppressWarnings("try") // the file is there for as long as the run
    int run(OutputStream out) throws Failure, IOException {
        settle();
        warnWhereOthersReach();
        long begin = settings.capture().live() ? System.currentTimeMillis() * 1_000 : Aggregator.FIRST_MESSAGE;
        Aggregator aggregator = new Aggregator(settings.stats(), begin, new SecureRandom().nextLong());
        CaptureSettings capture = settings.capture();
        Dissector dissector = new Dissector(capture.portSet(), new Ports(), new Ports(), capture.limits(), aggregator);
        try (StatsServer server = bind();
                PidFile pidFile = PidFile.write(settings.pidFile())) {
            Stops stops = new ZkRun(capture, opener, notices, log).run(dissector, (now, state) -> {
                micros = now;
                tick(aggregator, state);
                if (!ready) {
                    ready = true;
                    ready(server, out);
                }
                return true;
            });
            if (ready && !capture.live()) {
                serve(aggregator, stops);
            }
            manager.stopping();
            return status(stops);
        }
    }

    /** The file is at its end, and what is in it is told until somebody ends that. */
    private void serve(Aggregator aggregator, Stops stops) {
        feed.over = true;
        feed.latest = aggregator.snapshot(micros, capture.ended());
        while (!stops.stopped()) {
            stops.waitUntil(System.nanoTime() + BEAT_NANOS);
            manager.alive(System.nanoTime());
        }
    }

    /** Both ways of asking it to end are its orderly end. */
    private static int status(Stops stops) {
        int status = stops.status(true);
        return status == ExitStatus.SIGNAL + SIGTERM ? ExitStatus.OK : status;
    }

    private void settle() throws Failure {
        try {
            if (settings.niceness() > 0) {
                OwnProcess.nice(settings.niceness());
            }
            if (!settings.cpus().isEmpty()) {
                OwnProcess.pin(settings.cpus().stream().mapToInt(cpu -> cpu).toArray());
            }
        } catch (NativeException e) {
            throw Failure.missing(Failure.plain(e.getMessage()) + "; --niceness takes a larger number than the one that"
                    + " there is, --set-cpu-affinity processors that this host has and allows");
        }
    }

    private void warnWhereOthersReach() {
        InetAddress address = settings.server().address();
        if (!address.isLoopbackAddress() && settings.server().token() == null) {
            notices.say("whoever reaches this host may read paths and addresses at port "
                    + settings.server().port() + "; --token-file FILE asks for a token");
        }
    }

    private StatsServer bind() throws Failure {
        StatsServer.Settings server = settings.server();
        String where = Failure.plain(server.address().getHostAddress()) + " port " + server.port();
        try {
            return StatsServer.bind(server, feed, version);
        } catch (BindException e) {
            boolean used = String.valueOf(e.getMessage()).contains("in use");
            throw Failure.missing(
                    used
                            ? where + " is in use by another program; end that one, or name another port by --http-port"
                            : where + " cannot be had: " + Failure.plain(e.getMessage())
                                    + "; name an address of this host by --http-address, or another port by"
                                    + " --http-port");
        } catch (IOException e) {
            throw Failure.missing(where + " cannot be had: " + Failure.plain(e.getMessage())
                    + "; name an address of this host by --http-address");
        }
    }

    private void ready(StatsServer server, OutputStream out) throws IOException {
        server.start();
        if (Background.isDetached()) {
            Background.ready(out, server.url());
        } else {
            notices.say("serving " + server.url());
        }
        manager.ready();
        manager.status("serving " + server.url());
    }

    /** Publishes once a second. */
    private void tick(Aggregator aggregator, ZkRun.State state) {
        long nanos = System.nanoTime();
        boolean file = !settings.capture().live();
        if (!ready || file || nanos - publishedNanos >= SECOND_NANOS) {
            // The counts of a file are those at its end, which only the last of these calls sees.
            capture = capture(state);
        }
        if (!ready || nanos - publishedNanos >= SECOND_NANOS) {
            publishedNanos = nanos;
            feed.latest = aggregator.snapshot(micros, capture);
            feed.nanos = nanos;
            manager.alive(nanos);
        }
    }

    private Capture capture(ZkRun.State state) {
        ByteLedger bytes = state.streams().ledger();
        return new Capture(
                source(),
                false,
                state.dropped(),
                bytes.in,
                bytes.decoded,
                bytes.ignored,
                bytes.malformed,
                bytes.evicted,
                bytes.gap);
    }

    private SafeText source() {
        CaptureSettings capture = settings.capture();
        String offline = capture.offline();
        if (offline != null) {
            return SafeText.of(offline);
        }
        StringBuilder ports = new StringBuilder();
        for (PortRange range : capture.ports()) {
            ports.append(ports.isEmpty() ? "" : ",").append(range.from());
            ports.append(range.from() == range.to() ? "" : "-" + range.to());
        }
        return SafeText.of("interface " + capture.iface() + ", ports " + ports);
    }
}
