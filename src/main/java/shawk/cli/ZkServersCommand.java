package shawk.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import shawk.tcp.Conversations;
import shawk.tcp.PacketBatch;
import shawk.tcp.Packets;
import shawk.tcp.PacketsException;
import shawk.tcp.StreamLimits;
import shawk.tcp.Streams;
import shawk.view.zk.ByteOut;
import shawk.view.zk.CommitForm;
import shawk.view.zk.ElectionForm;
import shawk.view.zk.MessagePrinter;
import shawk.zk.omni.OmniConversations;
import shawk.zk.proto.Dissector;
import shawk.zk.proto.Message;
import shawk.zk.proto.MessageSink;
import shawk.zk.proto.Ports;
import shawk.zk.tally.CommitTimes;
import shawk.zk.tally.Elections;

/** {@code shawk zk zab}, {@code fle} and {@code omni}: what servers say to each other, or what it comes to. */
final class ZkServersCommand {
    private static final int WAIT_MILLIS = 50;

    private final ZkServersSettings settings;
    private final ZkOpener opener;
    private final Notices notices;
    private final DebugLog log;
    private final ByteOut bytes = new ByteOut();
    private long written;

    ZkServersCommand(ZkServersSettings settings, ZkOpener opener, Notices notices, DebugLog log) {
        this.settings = settings;
        this.opener = opener;
        this.notices = notices;
        this.log = log;
    }

    /**
     * Runs until there is enough, the file ends or a signal comes.
     *
     * @return the exit status
     */
    int run(OutputStream out) throws Failure, IOException {
        if (settings.addedUp()) {
            return settings.command() == Command.ZK_ZAB ? timing(out) : outcome(out);
        }
        return print(out);
    }

    private long most() {
        return settings.count() == 0 ? Long.MAX_VALUE : settings.count();
    }

    private int print(OutputStream out) throws Failure, IOException {
        MessagePrinter printer =
                MessagePrinter.ofServers(settings.output(), settings.oneLine(), bytes, settings.filter(), most());
        boolean omni = settings.command() == Command.ZK_OMNI;
        LearnedNotes learned = new LearnedNotes();
        if (omni) {
            learn(learned);
        }
        printer.begin();
        try {
            OmniConversations all = omni(learned.before(printer));
            Conversations conversations = omni ? all : dissector(printer);
            Stops stops = zkRun().run(conversations, (micros, state) -> {
                all.expire(micros);
                bytes.flush(out);
                return !printer.isFull();
            });
            learned.tell(printer, Long.MAX_VALUE);
            return status(stops);
        } finally {
            printer.end();
            bytes.flush(out);
        }
    }

    private Dissector dissector(MessageSink sink) {
        Ports ports = settings.capture().portSet();
        boolean zab = settings.command() == Command.ZK_ZAB;
        Ports none = new Ports();
        return new Dissector(
                none, zab ? ports : none, zab ? none : ports, settings.capture().limits(), sink);
    }

    private OmniConversations omni(MessageSink sink) {
        CaptureSettings capture = settings.capture();
        return new OmniConversations(settings.roles(), capture.maxBuffer() / 4, capture.limits(), sink);
    }

    private int timing(OutputStream out) throws Failure, IOException {
        CommitForm form = new CommitForm(bytes, settings.output());
        CommitTimes times = new CommitTimes(most(), form::write);
        form.begin();
        try {
            return addUp(out, times::message, times::tick, times::isFull);
        } finally {
            times.end();
            form.end(times);
            bytes.flush(out);
        }
    }

    private int outcome(OutputStream out) throws Failure, IOException {
        ElectionForm form = new ElectionForm(bytes, settings.output());
        Elections elections = new Elections(election -> {
            if (written++ < most()) {
                form.write(election);
            }
        });
        form.begin();
        try {
            return addUp(out, elections::message, elections::tick, () -> written >= most());
        } finally {
            elections.end();
            form.end();
            bytes.flush(out);
        }
    }

    /** Where messages go that are added up. */
    @FunctionalInterface
    private interface Taker {
        void message(Message message);
    }

    /** Whom time passes for. */
    @FunctionalInterface
    private interface Ticker {
        void tick(long micros);
    }

    private int addUp(OutputStream out, Taker taker, Ticker ticker, BooleanSupplier enough)
            throws Failure, IOException {
        MessageSink sink = new MessageSink() {
            @Override
            public void message(Message message) {
                taker.message(message);
            }

            @Override
            public void unanswered(Message request, Unanswered why, long micros) {
                // Servers wait for no reply.
            }
        };
        Stops stops = zkRun().run((Conversations) dissector(sink), (micros, state) -> {
            ticker.tick(micros);
            bytes.flush(out);
            return !enough.getAsBoolean();
        });
        return status(stops);
    }

    private int status(Stops stops) {
        return stops.status(settings.capture().live() && settings.count() == 0);
    }

    private ZkRun zkRun() {
        return new ZkRun(settings.capture(), opener, notices, log);
    }

    /** A file is read twice: the first time only for what its servers say of their ports. */
    private void learn(LearnedNotes learned) throws Failure {
        CaptureSettings capture = settings.capture();
        String file = capture.offline();
        if (file == null || file.equals("-") || !Files.isRegularFile(Path.of(file))) {
            return;
        }
        Streams streams = new Streams(
                omni(learned),
                StreamLimits.of(capture.maxBuffer(), capture.limits().maxMessage()));
        try (Packets packets = opener.open(capture, notices)) {
            PacketBatch batch = new PacketBatch();
            Packets.Outcome outcome = packets.next(batch, WAIT_MILLIS);
            while (outcome != Packets.Outcome.END) {
                if (outcome == Packets.Outcome.PACKETS) {
                    streams.take(batch);
                }
                outcome = packets.next(batch, WAIT_MILLIS);
            }
        } catch (PacketsException e) {
            log.line("first look at " + file + " ended: " + e.getMessage());
        }
    }
}
